import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { causeOf } from '../../src/journal/cause/cause-of.ts'
import { causeLines, toldLines, whyLines } from '../../src/journal/cause/lines.ts'
import { eventRules } from '../../src/scenario/event-entries.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { checked, unwritten } from '../../src/scenario/override.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { scenarioSchema } from '../../src/scenario/schema/scenario.ts'
import { type Change, played } from '../simulation/played.ts'

const shipped = namesOf('scenario').flatMap(loadScenarios)
const HAPPY = 'surface-wifi-happy-path'

const sentenceIn = (journal: readonly JournalEntry[]): string => causeOf(journal)?.sentence ?? 'none'

const playShipped = async (scenario: Scenario) =>
  runScenario(scenario, { seed: scenario.seed ?? 1, transport: 'direct' })

const BAD = ['failed', 'unanswered', 'stuck']

describe('of each shipped scenario', () => {
  /** Scenarios by what their causes say. */
  const bySentence = new Map<string, string[]>()

  test.each(shipped.map((one) => [one.id, one] as const))(
    '%s has its cause, which does not come of what was expected',
    async (_, scenario) => {
      const wanted = scenario.expect!
      const { journal } = await playShipped(scenario)
      const cause = causeOf(journal)
      if (cause) bySentence.set(cause.sentence, [...(bySentence.get(cause.sentence) ?? []), scenario.id])
      // Without its expectation a reader has the same.
      const blind = journal.map((entry) =>
        entry.kind === 'run' ? { ...entry, spec: { ...entry.spec, expect: null } } : entry,
      )
      expect(causeOf(blind)).toEqual(cause)
      if (![wanted.outcome].flat().every((one) => BAD.includes(one))) return
      expect(wanted.cause).toBeTruthy()
      expect(cause).toMatchObject({ sentence: expect.stringContaining(wanted.cause!), end: 'ended' })
      // What is behind it: an event of the scenario, or a fact with its file and line.
      if (!cause!.injected) expect(cause!.fact?.place).toMatch(/\.yaml:\d+$/)
    },
  )

  /** The same trouble, repaired in one of two scenarios, or met by two ways. */
  const SAME = [
    ['account-disabled', 'account-disabled-then-free'],
    ['account-locked', 'account-locked-then-free'],
    [
      'conditional-access-back-at-school',
      'conditional-access-blocks',
      'conditional-access-excluded',
      'conditional-access-outside',
    ],
    ['conditional-access-second-proof', 'multifactor-no-method', 'security-key', 'temporary-access-pass'],
    ['dependency-fails-then-installs', 'dependency-not-there'],
    ['device-limit', 'device-limit-reached'],
    ['device-preparation-app-fails', 'device-preparation-skipped'],
    ['disk-full-during-apps', 'disk-full-then-free'],
    ['enrolment-allowed-while-the-page-waits', 'windows-enrolment-blocked'],
    ['existing-device-refused', 'licence-comes-while-the-page-waits', 'user-without-licence'],
    ['existing-device-wrong-tenant', 'registered-by-another-school'],
    ['image-of-an-enrolled-device', 'image-of-an-enrolled-device-reset'],
    ['joining-allowed-while-the-page-waits', 'joining-not-allowed'],
    ['password-reset-while-signing-in', 'temporary-access-pass-wrong', 'wrong-password'],
    ['pre-provisioning-allowed-late', 'pre-provisioning-not-allowed'],
    ['pre-provisioning-record-deleted', 'pre-provisioning-twice', 'pre-provisioning-unblocked'],
    ['self-deploying-blocked-after-reset', 'self-deploying-blocked-after-wipe', 'self-deploying-unblocked'],
  ]

  test('no two different causes give the same sentence', () => {
    expect(bySentence.size).toBeGreaterThan(40)
    const shared = [...bySentence.values()].filter(({ length }) => length > 1)
    const named = shared.map((names) => names.sort()).sort(([one], [other]) => one!.localeCompare(other!))
    expect(named).toEqual(SAME)
  })
})

/** The happy path with events, as a file states them. */
async function disturbed(events: unknown[], change: Partial<Scenario> = {}): Promise<readonly JournalEntry[]> {
  const [scenario] = loadScenarios(HAPPY)
  const file = { title: 'T', device: 'd', tenant: 't', events, expect: { outcome: 'desktop' } }
  const parsed = checked(scenarioSchema, file, unwritten('test'))
  const { journal } = await runScenario(
    { ...scenario!, expect: null, events: eventRules(parsed.events), ...change },
    { seed: 1, transport: 'direct' },
  )
  return journal
}

const on = (request: string, effect: object) => [{ when: { request }, ...effect, times: 999 }]
const DOWN = [
  ['500', { answer: { status: 500 } }],
  ['hang', { hang: true }],
  ['drop', { drop: true }],
  ['corrupt', { corrupt: true }],
] as const
const REQUESTS = [
  '*discovery.svc*',
  '*policy.svc*',
  '*Enrollment.svc*',
  '*EnrollmentServer/device*',
  '*profiles/lookup*',
  '*/content/*',
]

describe('of a fault', () => {
  const sentences = new Set<string>()

  test.each(REQUESTS.flatMap((request) => DOWN.map(([name, effect]) => [request, name, effect] as const)))(
    'at %s: %s has its own sentence, which names the event',
    async (request, _, effect) => {
      const sentence = sentenceIn(await disturbed(on(request, effect)))
      expect(sentence).toContain('an event did this: ')
      expect(sentences).not.toContain(sentence)
      sentences.add(sentence)
    },
  )

  test.each<[string, unknown[], RegExp]>([
    [
      'a filter that answers the management channel',
      on('POST *devicemanagement/sync*', {
        answer: { status: 200, body: '<html>Blocked by the school filter</html>' },
      }),
      /^the device was never managed: (\d+) of \1 management sessions failed, by the server's answer: .* an event did this: request \d+ is answered with 200/,
    ],
    [
      'a network that goes down for good',
      [{ when: { state: 'deviceSetup.apps' }, network: 'down' }],
      /^the time limit of the page \(60 minutes\) ended Device setup, which waited for .*; the last management session failed: .* an event did this: network down$/,
    ],
    [
      'a package that cannot be downloaded for the management extension',
      on('*/content/8f2b6f4a*', { answer: { status: 404 } }),
      /^the policy provider "Sidecar" was not ready within its limit of 15 minutes: .* its download \(request \d+\) ended with 404; an event did this/,
    ],
    [
      'an administrator who wipes the device',
      [{ when: { state: 'deviceSetup.apps' }, administrator: { device: 'wipe' } }],
      /^the device was reset at \d+:\d+, and then there is no answer for the page region/,
    ],
  ])('%s', async (_, events, sentence) => {
    expect(sentenceIn(await disturbed(events))).toMatch(sentence)
  })

  test('a host that the network blocks is the fact behind it, with its line', async () => {
    const [scenario] = loadScenarios(HAPPY)
    const places = { ...scenario!.places, 'a.yaml': { 'network.blockedHosts.0': 7 } }
    const environment = { ...scenario!.environment, blockedHosts: ['enrollment.manage.microsoft.com'] }
    const cause = causeOf(await disturbed([], { environment, places }))
    expect(cause).toMatchObject({
      fact: { fact: 'network.blockedHosts.0', place: 'a.yaml:7' },
      exchange: { operation: 'MS-MDE2 Discover', trouble: '0x80072efd' },
    })
  })
})

describe('of facts', () => {
  const factOf = async (name: string) => causeOf((await playShipped(loadScenarios(name)[0]!)).journal)?.fact

  test.each<[string, string, string]>([
    ['win32-app-fails', 'tenant.apps.0.exitCode', '- { id: 3b8a5c1e'],
    ['wifi-wrong-key', 'person.network.0.key', 'learn-anywhre'],
    ['windows-hello-pin-rules', 'person.hello.5.pin', '4829157abcdef'],
    ['kiosk-configuration-refused', 'tenant.policies.0', 'policy: AssignedAccess/Configuration'],
    ['captive-portal-at-the-sign-in', 'network.wifi.0.captivePortal', 'ssid: Contoso-Guests'],
    ['inspection-of-management', 'network.inspect', 'inspect: {'],
    ['clock-of-a-dead-battery', 'clockSkewMs', 'clockSkew: -1700d'],
    ['registered-by-another-school', 'tenant.devicesElsewhere.0', 'devicesElsewhere: [surface-laptop-se]'],
    ['pre-provisioning-virtual-machine', 'device.tpm.certificate', 'certificate: none'],
    ['second-user-without-licence', 'tenant.users.2.licensed', 'carla@contoso.example'],
    ['self-deploying-blocked-after-reset', 'tenant.deploymentProfiles.1.mode', 'library'],
    ['terms-of-use-declined', 'tenant.enrollment.termsOfUse', 'termsOfUse:'],
  ])('%s: %s is behind it, and its line is the one that says it', async (name, fact, line) => {
    const found = await factOf(name)
    expect(found?.fact).toBe(fact)
    const [file, at] = found!.place!.split(':')
    expect(readFileSync(file!, 'utf8').split('\n')[Number(at) - 1]).toContain(line)
  })

  test('what the page says is its own sentence, and not that of the server', async () => {
    const cause = causeOf((await playShipped(loadScenarios('windows-enrolment-blocked')[0]!)).journal)!
    expect(cause.page!.text).toBe(
      'This feature is not supported. Contact your system administrator with the error code 0x80180014.',
    )
    expect(cause.sentence).toContain('Windows devices may not enrol')
  })
})

describe('of apps', () => {
  const [, second] = [0, 1].map((index) => loadScenarios('win32-apps')[0]!.tenant.apps[index]!.name)

  test.each<[string, Change, object, string]>([
    [
      'an exit code',
      { apps: [{ kind: 'win32', exitCode: 1603 }] },
      { app: { kind: 'win32', exitCode: 1603 }, fact: { fact: 'tenant.apps.0.exitCode' } },
      'exit code 1603, 0x80070643',
    ],
    [
      'an app that is not detected',
      { apps: [{ kind: 'win32', isDetected: false }] },
      { app: { kind: 'win32', exitCode: 0 }, fact: { fact: 'tenant.apps.0.isDetected' } },
      'exit code 0, and not detected afterwards',
    ],
    [
      'an app that is open when the time limit ends',
      { apps: [{ kind: 'win32' }, { kind: 'win32', installSeconds: 7200 }] },
      { app: { name: second }, fact: { fact: 'tenant.apps.1.installSeconds' }, step: { status: '1 of 2 installed' } },
      `"${second}": its installation was not over; Apps (1 of 2 installed)`,
    ],
  ])('%s is named, with the app', async (_, { apps = [], ...change }, cause, sentence) => {
    const [scenario] = loadScenarios('win32-apps')
    const tenant = { apps: apps.map((one, index) => ({ ...scenario!.tenant.apps[index]!, ...one })) }
    const { journal } = await played('win32-apps', { ...change, tenant })
    expect(causeOf(journal)).toMatchObject(cause)
    expect(sentenceIn(journal)).toContain(sentence)
  })

  test('what followed is what was not installed any more', async () => {
    const [scenario] = loadScenarios('win32-app-fails')
    const cause = causeOf((await playShipped(scenario!)).journal)!
    expect(cause.followed[0]).toBe('"PaperCut" was not installed')
    expect(cause.page!.text).toContain('contact your support person')
  })
})

describe('of any journal', () => {
  test('a run in which nothing failed has none', async () => {
    const { journal } = await played(HAPPY)
    expect(causeOf(journal)).toBeUndefined()
    expect(whyLines(journal)).toEqual([])
  })

  test('nothing, and what is no journal, have none', () => {
    expect(causeOf([])).toBeUndefined()
    expect(causeOf([{ at: 0, seq: 0, kind: 'power', event: 'on', boot: 1 }])).toBeUndefined()
  })

  test('a journal that is torn at any entry can be read', async () => {
    const { journal } = await playShipped(loadScenarios('server-never-finishes')[0]!)
    for (let length = 1; length < journal.length; length += 7) {
      const cause = causeOf(journal.slice(0, length))
      if (cause) expect(causeLines(cause).join('').length).toBeGreaterThan(0)
    }
  })

  test('a name from outside is inert in it', async () => {
    const { journal } = await played('win32-app-fails', { apps: [{ name: 'Evil\u001b[2J\u202eexe' }] })
    const text = causeLines(causeOf(journal)!).join('\n')
    expect(text).toContain('Evil␛[2J')
    expect(text).not.toMatch(/[\u001b\u202e]/)
  })

  test('a code is explained where a table is given', async () => {
    const { journal } = await playShipped(loadScenarios('user-without-licence')[0]!)
    const explain = (code: string) => ({ why: `why ${code}`, help: 'help' })
    expect(causeOf(journal)).not.toHaveProperty('explained')
    expect(causeOf(journal, { explain })).toMatchObject({ explained: { why: 'why 0x80180018' } })
  })
})

test('a person who looks at one run sees its cause also when it ended so as expected; a report has none', async () => {
  const { journal } = await playShipped(loadScenarios('win32-app-fails')[0]!)
  expect(whyLines(journal)).toEqual([])
  expect(toldLines(journal, 'my-run')).toEqual([
    'the Win32 app "Safe Exam Browser" failed: exit code 1603, 0x80070643, at 6:40',
    'behind it: the app has exitCode 1603 (scenarios/apps/win32-app-fails.yaml:9)',
    'next: oobe explain 1603, or oobe diagnose my-run',
  ])
})
