import { expect, test } from 'vitest'
import type { HttpResponse } from '../../src/domain/http.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { outcomeText } from '../../src/journal/outcome.ts'
import { journalText } from '../../src/journal/writer.ts'
import type { Transport } from '../../src/ports/http.ts'
import { playSealed, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { call, file } from '../cli/call.ts'

const [happy] = loadScenarios('surface-wifi-happy-path')
const encoder = new TextEncoder()

/** The happy path against services that are spoiled, with these limits. */
const play = (wrap: (transport: Transport) => Transport, limits: Partial<Scenario['limits']> = {}) =>
  runScenario(
    { ...happy!, expect: null, limits: { ...happy!.limits, ...limits } },
    { seed: 1, transport: 'direct', wrap },
  )

/** Each answer of the management server is this instead. */
const managed =
  (answer: (text: string, sessions: number, isFirst: boolean) => string) =>
  (transport: Transport): Transport => {
    let sessions = 0
    return async (request, peer, signal): Promise<HttpResponse> => {
      const response = await transport(request, peer, signal)
      if (!request.url.includes('/devicemanagement/')) return response
      const isFirst = new TextDecoder().decode(request.body).includes('<MsgID>1</MsgID>')
      if (isFirst) sessions++
      return { ...response, body: encoder.encode(answer(new TextDecoder().decode(response.body), sessions, isFirst)) }
    }
  }

const startsOf = (journal: readonly JournalEntry[]): number =>
  journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length

const REL_7 = `title: a device that loses its power each time it starts
device: surface-laptop-se
tenant: contoso-school
network: { ethernet: true }
events: [{ when: { state: powerOn.showingLogo }, power: cut, times: 1000000000 }]
`

test('a device that loses its power each time it starts is stuck after 50 starts, and soon', async () => {
  const path = file('rel-7.yaml', `${REL_7}expect: { outcome: stuck }\n`)
  const began = performance.now()
  const ended = await call('run', path, '--transport', 'direct')
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('a limit that the scenario states, and the words of the outcome', async () => {
  const path = file('few.yaml', `${REL_7}limits: { starts: 3 }\nexpect: { outcome: desktop }\n`)
  const { code, stdout } = await call('run', path, '--transport', 'direct')
  expect(code).toBe(1)
  expect(stdout).toContain('; more than 3 starts: a restart loop')
})

const reboot =
  '<Exec><CmdID>900</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/Reboot/RebootNow</LocURI></Target></Item></Exec>'
const replace = (id: number, uri: string, value: number): string =>
  `<Replace><CmdID>${id}</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/EnrollmentStatusTracking/Setup/Apps/${uri}</LocURI></Target>` +
  `<Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>${value}</Data></Item></Replace>`

test.each([
  ['orders a restart in each session', () => reboot],
  [
    'has one more app each time, which needs a restart',
    (session: number) =>
      replace(900, `Tracking/Other/App${session}/InstallationState`, 3) +
      replace(901, `Tracking/Other/App${session}/RebootRequired`, 3),
  ],
])('a server that %s: stuck, a restart loop, a small journal', async (_, commands) => {
  const { outcome, journal } = await play(
    managed((text, sessions, isFirst) =>
      isFirst ? text.replace(/<Final ?\/>/, `${commands(sessions)}<Final/>`) : text,
    ),
  )
  expect(outcome).toMatchObject({ kind: 'stuck', reason: 'more than 50 starts: a restart loop' })
  expect(startsOf(journal)).toBe(51)
  expect(journalText(journal).length).toBeLessThan(5_000_000)
})

test('a server that orders ever more in a session: stuck, a session loop', async () => {
  let orders = 0
  const order = () =>
    `<Get><CmdID>900</CmdID><Item><Target><LocURI>./DevDetail/N${orders++}</LocURI></Target></Item></Get>`
  const { outcome, journal } = await play(
    managed((text) => text.replace(/<Final ?\/>/, order)),
    { requests: 2_000 },
  )
  expect(outcome).toMatchObject({
    kind: 'stuck',
    reason: expect.stringMatching(
      /^more than 2,000 requests, 1,9\d\d requests for "OMA-DM session message": a session loop$/,
    ),
  })
  expect(journal.filter(({ kind }) => kind === 'request')).toHaveLength(2_001)
})

test('a server that asks for the next message for ever: a session ends when nothing is ordered', async () => {
  const alert = '<Alert><CmdID>900</CmdID><Data>1222</Data></Alert>'
  const { outcome, journal } = await play(managed((text) => text.replace(/<Final ?\/>/, alert)))
  expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
  const ends = journal.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  expect(new Set(ends)).toEqual(new Set(['held']))
  expect(journal.filter(({ kind }) => kind === 'request').length).toBeLessThan(200)
})

test('a probe of the network that gets 130 kB for ever: stuck, growth', async () => {
  const body = encoder.encode('x'.repeat(130_000))
  const { outcome, journal } = await play(
    (transport) => async (request, peer, signal) =>
      request.url.includes('connecttest') ? { status: 503, headers: {}, body } : transport(request, peer, signal),
    { journalBytes: 3_000_000 },
  )
  expect(outcome).toMatchObject({
    kind: 'stuck',
    reason: expect.stringMatching(/^a journal of more than 3,000,000 bytes, \d+ requests for ".*": growth$/),
  })
  expect(journalText(journal).length).toBeLessThan(4_000_000)
})

test.each(['abc', '1e308', '9007199254740991'])(
  'a service that declares a length of %s: the run ends',
  async (length) => {
    const { outcome, durationMs } = await play((transport) => async (request, peer, signal) => {
      const response = await transport(request, peer, signal)
      return { ...response, headers: { ...response.headers, 'oobe-sim-declared-length': length } }
    })
    expect(['unanswered', 'failed', 'stuck']).toContain(outcome.kind)
    expect(Number.isFinite(durationMs)).toBe(true)
  },
)

test('entries and device time have their limits too', async () => {
  const reasonOf = async (limits: Partial<Scenario['limits']>) => {
    const { outcome } = await play((transport) => transport, limits)
    return outcome.kind === 'stuck' ? outcome.reason : outcomeText(outcome)
  }
  expect(await reasonOf({ entries: 100 })).toBe('more than 100 journal entries: growth')
  expect(await reasonOf({ deviceTimeMs: 90_000 })).toBe('more than 1:30 of device time')
})

test('a run that takes too much of this machine ends as infrastructure, and its journal says nothing of it', async () => {
  const sealed = specOf(happy!, 1)
  await expect(playSealed(sealed, { transport: 'direct', processorMsMax: 0 })).rejects.toMatchObject({
    name: 'InfrastructureError',
    code: 'ERR_PROCESSOR_TIME',
  })
  expect(JSON.stringify(sealed.spec)).not.toContain('processor')
})

test('a spec of an older journal, without these limits, has the usual ones', async () => {
  const { spec, vault } = specOf({ ...happy!, events: loadEvents() }, 1)
  const { outcome } = await playSealed(
    { spec: { ...spec, limits: { stuckAfterMs: spec.limits.stuckAfterMs } as typeof spec.limits }, vault },
    { transport: 'direct' },
  )
  expect(outcome).toMatchObject({ kind: 'stuck', reason: 'more than 50 starts: a restart loop' })
})

/** A cut at each start. */
function loadEvents(): Scenario['events'] {
  const [scenario] = loadScenarios(file('rel-7.yaml', `${REL_7}expect: { outcome: stuck }\n`))
  return scenario!.events
}
