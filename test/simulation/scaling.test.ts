import { expect, test } from 'vitest'
import type { Transport } from '../../src/ports/http.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { boundOf, growth } from '../growth.ts'
import { type Change, played } from './played.ts'

const DEVICE = './Device/Vendor/MSFT'
const [scenario] = loadScenarios('win32-apps')
const { apps: shipped } = scenario!.tenant

/** The first boot with so many apps of one kind, which the page waits for. */
async function withApps(kind: 'win32' | 'msi', count: number, exitCode = 0): Promise<string> {
  const apps = Array.from({ length: count }, (_, index) => ({
    ...shipped.find((one) => one.kind === kind)!,
    id: `3b8a5c1e-0f42-4d6b-8e97-${String(index).padStart(12, '0')}`,
    scope: 'device' as const,
    exitCode,
  }))
  const { outcome, journal } = await played('win32-apps', {
    page: { timeoutMinutes: 1440 },
    tenant: { apps },
  })
  expect(outcome.kind).toBe('desktop')
  const written = JSON.stringify(journal)
  expect(written).toContain(`${count} of ${count} installed`)
  return written
}

/** The first boot with so many commands more in one message of the session that device setup watches. */
async function withCommands(command: (index: number) => string, count: number, maxMsgSize = ''): Promise<void> {
  const commands = Array.from({ length: count }, (_, index) => command(index)).join('')
  let isSent = false
  const wrap: Change['wrap'] = (transport: Transport) => async (request, peer, signal) => {
    const response = await transport(request, peer, signal)
    const isSecond = new TextDecoder().decode(request.body).includes('<SessionID>2</SessionID>')
    if (isSent || !isSecond || !request.url.includes('/devicemanagement/')) return response
    isSent = true
    const text = new TextDecoder()
      .decode(response.body)
      .replace('</SyncHdr>', `${maxMsgSize}</SyncHdr>`)
      .replace(/<Final ?\/>/, `${commands}<Final/>`)
    return { ...response, body: new TextEncoder().encode(text) }
  }
  const { journal } = await played('win32-apps', { wrap, page: { timeoutMinutes: 30 } })
  const done = journal.filter((entry) => entry.kind === 'csp' && /\/(Other|Area)\//.test(entry.uri))
  expect(done.length).toBe(count)
}

const replace = (uri: string, value: number) => (index: number) =>
  `<Replace><CmdID>${100_000 + index}</CmdID><Item><Target><LocURI>${DEVICE}/${uri.replace('{}', String(index))}</LocURI></Target>` +
  `<Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>${value}</Data></Item></Replace>`

const TRACKED = 'EnrollmentStatusTracking/Setup/Apps/Tracking/Other/App{}/InstallationState'

test.each(['win32', 'msi'] as const)(
  '400 %s apps cost in proportion to what 100 cost',
  async (kind) => {
    const bound = boundOf(4)
    const factor = await growth(
      () => withApps(kind, 100),
      () => withApps(kind, 400),
      bound,
    )
    expect(factor).toBeLessThanOrEqual(bound)
  },
  300_000,
)

test('an agent with 1,000 apps costs in proportion to what one with 200 costs', async () => {
  const bound = boundOf(5)
  const factor = await growth(
    () => withApps('win32', 200),
    () => withApps('win32', 1_000),
    bound,
  )
  expect(factor).toBeLessThanOrEqual(bound)
}, 300_000)

test('the journal of 200 apps that need a restart is at most five times as long as that of 50', async () => {
  const [fewer, more] = [await withApps('win32', 50, 3010), await withApps('win32', 200, 3010)]
  expect(more.length / fewer.length).toBeLessThanOrEqual(5)
})

test.each([
  ['nodes of apps that are installed', replace(TRACKED, 3), ''],
  ['nodes of apps that failed', replace(TRACKED, 4), ''],
  ['policies', replace('Policy/Config/Area/P{}', 1), ''],
  [
    'policies, answered in messages of limited length',
    replace('Policy/Config/Area/P{}', 1),
    '<Meta><MaxMsgSize xmlns="syncml:metinf">500000</MaxMsgSize></Meta>',
  ],
])(
  '5,000 %s in one message cost in proportion to what 1,250 cost',
  async (_, command, maxMsgSize) => {
    const bound = boundOf(4)
    const run = (count: number) => () => withCommands(command, count, maxMsgSize)
    expect(await growth(run(1_250), run(5_000), bound)).toBeLessThanOrEqual(bound)
  },
  300_000,
)
