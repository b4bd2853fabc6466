import { expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { against, changed, type Played, type Playing, type Seen, textOf } from './foreign-server.ts'

/** The Enrollment Status Page and the schedule of sessions, as a server of other making orders them. */
type Run = Played & { log: Seen[] }
const MINUTE_MS = 60_000
const RESTARTED: Playing = { scenario: 'reboot-during-device-setup' }
const ARRIVED = { kind: 'desktop', managed: true }

const screens = ({ result }: Run): { at: number; screen: Screen }[] =>
  result.journal.flatMap((entry) =>
    entry.kind === 'screen' && 'screen' in entry ? [{ at: entry.at, screen: entry.screen }] : [],
  )
/** Virtual times at which sessions began. */
const began = ({ result }: Run): number[] =>
  result.journal.flatMap((entry) =>
    entry.kind === 'request' && /^OMA-DM session \d+ message 1$/.test(entry.operation) ? [entry.at] : [],
  )
const of = ({ log }: Run, event: string): Seen[] => log.filter((seen) => seen.event === event)
const boots = ({ result }: Run): number =>
  Math.max(...result.journal.flatMap((entry) => (entry.kind === 'power' ? [entry.boot] : [])))
/** What a step of the page said, one after the other. */
const said = (run: Run, category: string, step: string): string[] =>
  screens(run)
    .flatMap(({ screen }) => screen.progress?.categories?.find(({ id }) => id === category)?.steps ?? [])
    .flatMap(({ id, status }) => (id === step ? [status] : []))
    .filter((status, index, all) => status !== all[index - 1])

test.each([
  ['both', 2],
  ['device', 1],
  ['none', 0],
])('a server that asks for the page for %s gets it in %i phases [point 52: foreign server]', async (page, phases) => {
  const run = await against([`page=${page}`])
  expect(run.result.outcome).toMatchObject(ARRIVED)
  const skipped = run.result.journal.filter(
    (entry) => entry.kind === 'screen' && 'skipped' in entry && entry.skipped === 'enrollmentStatus',
  )
  expect(skipped).toHaveLength(2 - phases)
})

test.each([
  ['1', ['reset']],
  ['3', ['reset', 'tryAgain']],
  ['5', ['reset', 'continueAnyway']],
])(
  'the limit is in minutes, the buttons are those of BlockInStatusPage %s, the text the server’s [point 52: foreign server]',
  async (block, buttons) => {
    const run = await against(['finish=no', 'minutes=20', `block=${block}`, 'text=Ask <Mr Fern>'])
    expect(run.result.outcome).toMatchObject({
      page: 'enrollmentStatusFailure',
      code: '0x800705b4',
      text: 'Ask <Mr Fern>',
    })
    const { at, screen } = screens(run).at(-1)!
    expect(screen.controls.map(({ id }) => id)).toEqual(['collectLogs', ...buttons])
    const shownAt = screens(run).find((one) => one.screen.page === 'enrollmentStatus')!.at
    // Counted from what the first session brought, and that takes the better part of a minute.
    expect(Math.floor((at - shownAt) / MINUTE_MS)).toBe(20)
  },
)

test.each([
  ['its own limit', ['limit=3'], 3],
  ['15 minutes', [], 15],
])(
  'an agent that is never ready ends device preparation after %s [point 53: foreign server]',
  async (_, habits, minutes) => {
    const run = await against(['ready=no', ...habits])
    expect(run.result.outcome).toMatchObject({ kind: 'failed', page: 'enrollmentStatusFailure', code: '0x800705b4' })
    const orderedAt = run.result.journal.find(
      (entry) => entry.kind === 'csp' && entry.uri.endsWith('Hedgerow%20Agent/InstallationState'),
    )!.at
    expect((screens(run).at(-1)!.at - orderedAt) / MINUTE_MS).toBeCloseTo(minutes, 0)
  },
)

test.each<[string, boolean, object]>([
  ['until the limit', true, { page: 'enrollmentStatusFailure', code: '0x800705b4' }],
  ['without a limit, as some devices did', false, { kind: 'stuck', waitingFor: 'Setting up for work or school' }],
])(
  'an agent whose list never comes is waited for %s [point 53: foreign server]',
  async (_, identifyingTimesOut, outcome) => {
    const run = await against(['tracked=unlisted', 'minutes=20'], undefined, { behaviour: { identifyingTimesOut } })
    expect(run.result.outcome).toMatchObject(outcome)
    expect(said(run, 'deviceSetup', 'apps').at(-1)).toBe('Identifying')
  },
)

test('an app of an agent is waited for, from its list to its end [points 53, 55: foreign server]', async () => {
  const run = await against(['tracked=installed'])
  expect(run.result.outcome).toMatchObject(ARRIVED)
  const apps = said(run, 'deviceSetup', 'apps')
  expect(apps).toEqual(['Identifying', '3 of 4 installed', '4 of 4 installed'])
  expect(boots(run)).toBe(2)
})

test('an app of an agent that fails ends the page [point 55: foreign server]', async () => {
  const run = await against(['tracked=failed'])
  expect(run.result.outcome).toMatchObject({ page: 'enrollmentStatusFailure', code: '0x80004005' })
})

test('where a device waits for Sidecar by its name, an agent of another name is not enough [point 54: foreign server]', async () => {
  const playing: Playing = { behaviour: { waitsForSidecar: true } }
  const other = await against(['tracked=installed'], undefined, playing)
  expect(other.result.outcome).toMatchObject({ page: 'enrollmentStatusFailure', code: '0x800705b4' })
  expect(said(other, 'deviceSetup', 'apps').at(-1)).toBe('Identifying')
  const named = await against(['tracked=installed', 'agent=Sidecar'], undefined, playing)
  expect(named.result.outcome).toMatchObject(ARRIVED)
})

test.each([
  ['two policies', 'restart=yes'],
  ['an app', 'tracked=restart'],
])(
  '%s wanting a restart: it comes at the end of device setup, and a second sign-in follows [points 31, 55, 57, 58: foreign server]',
  async (_, habit) => {
    const run = await against([habit], undefined, RESTARTED)
    const other = await against([], undefined, RESTARTED)
    expect([run.result.outcome, other.result.outcome]).toMatchObject([ARRIVED, ARRIVED])
    expect(boots(run)).toBe(boots(other) + 1)
    const asksAgain = (one: Run) =>
      screens(one).some(
        ({ screen }) => screen.page === 'welcome' && screen.controls.some(({ id }) => id === 'password'),
      )
    expect([asksAgain(run), asksAgain(other)]).toEqual([true, false])
    // It is known by new session ids, and is the same machine.
    expect(of(run, 'refused')).toEqual([])
    expect(of(run, 'hardware')).toHaveLength(2)
  },
)

test('hardware hash, serial number, TPM and status are of one machine, as Python reads them [point 58: foreign server]', async () => {
  const run = await against([])
  expect(of(run, 'hardware')).toMatchObject([{ serial: 'SIM-SLSE-000001' }, { serial: 'SIM-SLSE-000001' }])
})

test.each<[string, RegExp, string, RegExp]>([
  [
    'another serial number',
    /SIM-SLSE-000001</,
    'SIM-SLSE-000002<',
    /^serial number SIM-SLSE-000002, and SIM-SLSE-000001/,
  ],
  ['another vendor of its TPM', />INTC</, '>IFX<', /^a TPM of IFX, and TPM-Version:2.0/],
  ['a hash that is a bit another', /(T0G1A[^<]{50}[^<]*?)[^B<]/, '$1B', /^the checksum is wrong$/],
])('%s is not of this machine [point 58: foreign server]', async (_, from, to, text) => {
  const run = await against([], (request) =>
    request.url.includes('/care/sync') && from.test(textOf(request)) ? changed(request, from, to) : request,
  )
  expect(of(run, 'refused')[0]).toMatchObject({ where: 'care', text: expect.stringMatching(text) })
})

test('lists are split at U+F000, and the counts of packages are not believed [point 51: foreign server]', async () => {
  const run = await against([])
  expect(said(run, 'deviceSetup', 'securityPolicies').at(-1)).toBe('4 of 4 applied')
  expect(said(run, 'deviceSetup', 'networkConnections').at(-1)).toBe('1 of 1 added')
  expect(said(run, 'deviceSetup', 'apps').at(-1)).toBe('3 of 3 installed')
  const { csp } = run.run.device
  const list = csp.read(
    './Device/Vendor/MSFT/DMClient/Provider/Hedgerow%20Device%20Care/FirstSyncStatus/ExpectedMSIAppPackages',
  )
  expect(list!.split('\uf000').map((entry) => entry.split(';')[1])).toEqual(['7', '8', '9'])
})

test.each<[string, number, number[], string]>([
  ['2/1 3/2 0/5', 8, [2, 2, 2, 5, 5, 5], '40m'],
  ['0/3 0/0 0/0', 6, [3, 3, 3, 3, 3], '40m'],
  // Nothing without an end: Windows adds a day.
  ['1/1 0/0 0/0', 8, [1440], '26h'],
])(
  'a schedule of %s counts at once, after %i sessions too [point 47: foreign server]',
  async (poll, from, minutes, staysAtHello) => {
    const run = await against([`poll=${poll}`, 'hello=on'], undefined, { staysAtHello })
    expect(run.result.outcome).toMatchObject(ARRIVED)
    const gaps = began(run).map((at, index, all) => Math.round((at - (all[index - 1] ?? at)) / MINUTE_MS))
    expect(gaps.slice(from, from + minutes.length)).toEqual(minutes)
  },
)

test('a push begins a session with 1200, and a device may ignore it [point 48: foreign server]', async () => {
  const pushed = (behaviour: Playing['behaviour'] = {}): Promise<Run> =>
    against(['poll=1/1 0/0 0/0', 'hello=on'], undefined, {
      behaviour,
      staysAtHello: '20m',
      began: ({ timeline, device }) => void timeline.schedule(10 * MINUTE_MS, () => device.receivePush()),
    })
  const begun = (run: Run) => of(run, 'package1').map((seen) => seen.begun)
  const run = await pushed()
  expect(begun(run).filter((code) => code === '1200')).toHaveLength(1)
  expect(began(run)).toContain(10 * MINUTE_MS)
  expect(begun(await pushed({ heedsPush: false }))).not.toContain('1200')
})

test.each([
  ['both', 2],
  ['device', 0],
])(
  'a second person has account setup again where the page is for %s: %i times in all [point 60: foreign server]',
  async (page, times) => {
    const run = await against(['enrollee=password', `page=${page}`], undefined, { scenario: 'second-user' })
    expect(run.result.outcome).toMatchObject(ARRIVED)
    expect(of(run, 'refused')).toEqual([])
    // Each is another one to the server, and what is ordered for one is not there for the other.
    expect(of(run, 'person').map(({ upn }) => upn)).toEqual(['alice@contoso.example', 'ben@contoso.example'])
    const ordered = run.log.filter(({ uri }) => uri === './User/Vendor/MSFT/Policy/Config/Education/DefaultPrinterName')
    expect(ordered).toMatchObject([
      { command: 'Add', code: 200 },
      { command: 'Add', code: 200 },
    ])
    const finished = screens(run).filter(({ screen }) =>
      screen.progress?.categories?.some(({ id, state }) => id === 'accountSetup' && state === 'succeeded'),
    )
    expect(finished).toHaveLength(times)
  },
)
