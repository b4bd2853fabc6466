import { expect, test } from 'vitest'
import type { Transport } from '../../src/ports/http.ts'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const MINUTE = 60_000

interface Begun {
  at: number
  alert: string
}

/** Sessions of a device whose page waits for a server that never finishes: nothing but the schedule starts one. */
async function sessionsOf({ heedsPush = true, pushAtMs = 0, fromServer = (text: string) => text } = {}) {
  const [scenario] = loadScenarios('server-never-finishes')
  const { tenant, device } = scenario!
  const begun: Begun[] = []
  const wrap =
    (transport: Transport): Transport =>
    async (request, peer, signal) => {
      if (!request.url.includes('/devicemanagement/')) return transport(request, peer, signal)
      const { header, commands } = decodeSyncML(request.body)
      const [first] = commands
      if (header.msgId === '1' && first?.kind === 'Alert') {
        begun.push({ at: run.timeline.now, alert: first.data ?? '' })
      }
      const response = await transport(request, peer, signal)
      const text = fromServer(new TextDecoder().decode(response.body))
      return { ...response, body: new TextEncoder().encode(text) }
    }
  const { run, release } = await prepareRun(
    {
      ...scenario!,
      expect: null,
      device: { ...device, behaviour: { ...device.behaviour, heedsPush } },
      person: { ...scenario!.person, enrollmentStatusFailure: [] },
      tenant: { ...tenant, statusPages: tenant.statusPages.map((page) => ({ ...page, timeoutMinutes: 90 })) },
    },
    { seed: 1, transport: 'direct', wrap },
  )
  if (pushAtMs > 0) run.timeline.schedule(pushAtMs, () => run.apply({ kind: 'push' }, 'terminal'))
  try {
    await run.play()
  } finally {
    release()
  }
  return begun
}

/** Whole minutes between sessions, once the apps are installed. */
const gaps = (sessions: Begun[]): number[] =>
  sessions
    .filter(({ at }) => at > 15 * MINUTE)
    .flatMap(({ at }, index, all) => (index === 0 ? [] : [Math.round((at - all[index - 1]!.at) / MINUTE)]))

test('sessions come every 15 minutes where the server says nothing [point 47]', async () => {
  const sessions = await sessionsOf()
  expect(new Set(gaps(sessions))).toEqual(new Set([15]))
  expect(new Set(sessions.map(({ alert }) => alert))).toEqual(new Set(['1201']))
})

test('and by the schedule of the server from the session on that brings it [point 47]', async () => {
  const node = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/Poll'
  const command = (id: number, name: string, value: number) =>
    `<Replace><CmdID>${id}</CmdID><Item><Target><LocURI>${node}/${name}</LocURI></Target>` +
    `<Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>${value}</Data></Item></Replace>`
  const poll = command(901, 'NumberOfFirstRetries', 0) + command(902, 'IntervalForFirstSetOfRetries', 7)
  const fromServer = (text: string) =>
    text.includes('ExpectedPolicies') ? text.replace('<Final', `${poll}<Final`) : text
  expect(new Set(gaps(await sessionsOf({ fromServer })))).toEqual(new Set([7]))
})

test.each([
  ['starts a session with 1200', true, ['1200']],
  ['is nothing to a device that ignores it', false, []],
])('a push %s [point 48]', async (_, heedsPush, alerts) => {
  const pushAtMs = 47 * MINUTE
  const sessions = await sessionsOf({ heedsPush, pushAtMs })
  const after = sessions.filter(({ at }) => at >= pushAtMs && at < pushAtMs + MINUTE)
  expect(after.map(({ alert }) => alert)).toEqual(alerts)
})
