import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { MATCHER_KINDS } from '../../../src/domain/expectation-matchers.ts'
import type { Expected } from '../../../src/domain/expectations.ts'
import type { Seen } from '../../../src/scenario/expect/define-expectation.ts'
import { EXPECTATIONS, expectedSchema, missesOf } from '../../../src/scenario/expect/expectations.ts'
import { takenWays } from '../../../src/scenario/expect/known.ts'
import { runScenario } from '../../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../../src/scenario/scenario.ts'

let seen: Seen

beforeAll(async () => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const outage = {
    when: { kind: 'state', machine: 'deviceSetup', state: 'apps' },
    does: { kind: 'wifi', value: 'off' },
    name: 'outage',
    forMs: 120_000,
    times: 1,
    from: 1,
  } as const
  const result = await runScenario({ ...scenario!, events: [outage] }, { seed: 1, transport: 'direct' })
  expect(result.failures).toEqual([])
  seen = { ...result, takenWays: () => takenWays(result.journal) }
})

const misses = (said: Expected): string[] => missesOf(v.parse(expectedSchema, said), seen)

/** Of each kind: what holds, and what does not with what there was instead. */
const CASES: Record<keyof typeof EXPECTATIONS, { holds: Expected[]; misses: [Expected, RegExp][] }> = {
  end: {
    holds: [
      { outcome: 'desktop' },
      { outcome: ['kiosk', 'desktop'], account: 'standard', managed: true, within: '1h' },
    ],
    misses: [
      [{ outcome: 'failed' }, /^expected the outcome failed, got desktop \(standard user, managed, Autopilot\)$/],
      [{ outcome: ['kiosk', 'failed'] }, /^expected the outcome kiosk or failed, got desktop /],
      [{ within: '10m' }, /^expected it within 10:00, took 37:\d\d$/],
      [{ account: 'administrator' }, /^expected account administrator, got standard$/],
      [{ code: '0x1' }, /^expected the code 0x1, got none$/],
    ],
  },
  cause: {
    holds: [],
    misses: [[{ cause: 'no licence' }, /^expected the cause "no licence", found /]],
  },
  follow: {
    holds: [
      { pages: ['network', 'signIn', 'desktop'] },
      { follow: ['region', 'network.connecting', ['kiosk', 'signIn'], 'deviceSetup.apps', 'desktop'] },
      { follow: ['enrollment*', 'enrollment*', 'desktop'] },
      { follow: { exactly: ['powerOn', '**', '{welcome,kiosk}', 'enrollmentStatus', 'firstLogon', 'desktop'] } },
      {
        follow: {
          exactly: ['deviceSetup.identifying', 'deviceSetup.apps', 'deviceSetup.identifying', 'deviceSetup.succeeded'],
        },
      },
    ],
    misses: [
      [{ pages: ['network', 'hello'] }, /^expected the pages network → hello; hello is missing in powerOn → region /],
      [
        { follow: ['desktop', ['region', 'keyboard']] },
        /^expected the order desktop → region or keyboard; region or keyboard is missing in /,
      ],
      [{ follow: ['deviceSetup.app'] as never }, /; nearest: "deviceSetup\.apps", /],
      [
        { follow: { exactly: ['powerOn', 'region', 'network', '**'] } },
        /; network was due, and keyboard came, in powerOn → region → keyboard /,
      ],
      [{ follow: { exactly: ['**', 'welcome'] } }, /; the end was due, and enrollmentStatus came, /],
      [{ follow: { exactly: ['**', 'desktop', 'kiosk'] } }, /; kiosk was due, and the end came, /],
    ],
  },
  never: {
    holds: [{ never: ['enrollmentStatusFailure', 'deviceSetup.fail*'] }],
    misses: [
      [{ never: ['welcome'] }, /^expected never to see the page welcome; it came after \d\d:\d\d$/],
      [{ never: ['deviceSetup.app*'] }, /^expected never to see the state deviceSetup\.app\*; it came after 3:4\d$/],
    ],
  },
  reach: {
    holds: [
      { reach: ['desktop', 'network.connecting', 'deviceSetup.*', { to: 'region', within: '4s' }] },
      {
        reach: [
          { to: 'network.connecting', times: 1 },
          { to: 'powerOn', times: { atLeast: 3, atMost: 3 } },
        ],
      },
      { reach: [{ to: 'privacy', times: 0 }] },
    ],
    misses: [
      [{ reach: ['stuck'] }, /^expected the run to reach stuck; it never did; nearest: /],
      [{ reach: ['network.askingForName'] }, /; it never did; nearest: "network\.askingForKey", /],
      [
        { reach: [{ to: 'region', within: '3999ms' }] },
        /^expected the run to reach region within 4\.0s; it did after 4\.0s$/,
      ],
      [
        { reach: [{ to: 'powerOn', times: 2 }] },
        /^expected the run to reach powerOn 2 times; it did 3 times, first after 0\.0s$/,
      ],
    ],
  },
  take: {
    holds: [
      { take: ['network.askingForKey: user.connect [hasKey] → connecting'] },
      { take: ['network.askingForKey -> connecting' as never, 'network.*: user.connect → *'] },
      { take: [{ way: 'network.connecting → outOfRange' as never, times: 0 }] },
    ],
    misses: [
      [
        { take: ['network.askingForKey: user.cancel → choosing'] },
        /^expected the transition network\.askingForKey: user\.cancel → choosing; it was not taken; nearest: "network\.askingForKey: user\.connect \[hasKey\] → connecting"$/,
      ],
      [{ take: [{ way: 'network.* → connecting', times: 2 }] }, /; it was once$/],
    ],
  },
  show: {
    holds: [
      { show: [{ page: 'network', text: 'Contoso-Students', control: 'Next' }] },
      { show: [{ wording: 'secondKeyboard.title' }, { page: 'signIn', without: ['Change account', 'Skip'] }] },
      { show: [{ text: 'Apps: * of * installed' }, { page: 'privacy', times: 0 }] },
      { show: [{ page: 'network', control: 'Next', enabled: true }] },
    ],
    misses: [
      [
        { show: [{ page: 'network', text: 'Contoso-Studints' }] },
        /^expected the page network with the text "Contoso-Studints" to be shown; nearest: "Contoso-Students", /,
      ],
      [{ show: [{ page: 'network', control: 'Nxt' }] }, /; nearest: "Next", /],
      [
        { show: [{ page: 'network', control: 'Back', enabled: false }] },
        /the disabled control "Back" to be shown; it was enabled$/,
      ],
      [
        { show: [{ page: 'signIn', without: ['Next', 'Contoso'] }] },
        /without "Next", "Contoso" to be shown; the page signIn has "Next", "Contoso"$/,
      ],
      [{ show: [{ page: 'privacy' }] }, /^expected the page privacy to be shown; nearest: /],
      [{ show: [{ wording: 'hello.intro' }] }, /^expected a page with the text hello\.intro to be shown; nearest: /],
      [
        { show: [{ page: 'desktop', times: 0 }] },
        /^expected the page desktop to be shown never; one screen is like that$/,
      ],
    ],
  },
  skip: {
    holds: [{ skip: ['language', { page: 'licenseTerms', why: 'SkipEula' }] }],
    misses: [
      [{ skip: ['desktop'] }, /^expected the page desktop to be skipped; it was shown; nearest: /],
      [
        { skip: [{ page: 'licenseTerms', why: 'policy' }] },
        /; it was skipped for "CloudAssignedOobeConfig bit 16 \(SkipEula\): /,
      ],
    ],
  },
  spend: {
    holds: [
      {
        spend: [
          { in: 'region', atLeast: '2s', atMost: '2s' },
          { in: 'deviceSetup.apps', atLeast: '2m' },
        ],
      },
    ],
    misses: [
      [{ spend: [{ in: 'region', atMost: '1s' }] }, /^expected at most 1\.0s in region; it was 2\.0s$/],
      [{ spend: [{ in: 'privacy', atLeast: '1s' }] }, /; the run never came there; nearest: /],
    ],
  },
  requested: {
    holds: [
      { requested: ['MS-MDE2 Discover', { operation: 'OMA-DM session', times: { atLeast: 10 } }] },
      {
        requested: [
          {
            operation: 'MS-MDE2 Discover',
            fields: { EmailAddress: 'alice@contoso.example' },
            method: 'POST',
            status: 200,
            times: 1,
          },
        ],
      },
      { requested: [{ operation: 'Autopilot lookup', answer: { DeploymentProfileName: 'Classroom *' } }] },
      { requested: [{ operation: 'Entra login', fields: { login: 'alice@contoso.example' } }] },
      { requested: [{ operation: 'OIDC authorize', fields: { response_type: 'code' }, url: 'https://login*' }] },
      { requested: [{ operation: 'MS-MDE2 Enroll', times: 0 }] },
    ],
    misses: [
      [{ requested: ['MS-MDE2 Discovery'] }, /^expected the request MS-MDE2 Discovery; nearest: "MS-MDE2 Discover", /],
      [
        { requested: [{ operation: 'MS-MDE2 Discover', fields: { EmailAddress: 'bob@*' } }] },
        /; it was made, but EmailAddress is "alice@contoso\.example"$/,
      ],
      [
        { requested: [{ operation: 'MS-MDE2 Discover', fields: { EmialAddress: 'a' } }] },
        /it has no EmialAddress: nearest: "Envelope\.Body\.Discover\.request\.EmailAddress", /,
      ],
      [
        { requested: [{ operation: 'MS-MDE2 Disc*', times: 0 }] },
        /^expected the request MS-MDE2 Disc\* never; it was made once$/,
      ],
      [
        { requested: [{ operation: 'content download', status: 404 }] },
        /^expected .* answered with 404; it was made, but it was answered with 200$/,
      ],
    ],
  },
  answered: {
    holds: [{ csp: [{ command: 'Replace', uri: '/FirstSyncStatus/BlockInStatusPage', status: 200 }] }],
    misses: [
      [
        { csp: [{ command: 'Replace', uri: '/FirstSyncStatus/BlockInStatusPage', status: 405 }] },
        / is answered with 405, got 200$/,
      ],
      [
        { csp: [{ command: 'Add', uri: '/FirstSyncStatus/BlockInStatusPage', status: 200 }] },
        /; nearest: "Replace \.\/Device\/.*BlockInStatusPage"/,
      ],
    ],
  },
  node: {
    holds: [
      { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSyncFailure', value: 60, by: 'server' }] },
      { node: [{ uri: './Device/Vendor/MSFT/DMClient/Provider/MS DM Server/UPN', value: 'alice@*' }] },
      { node: [{ uri: 'Nothing/There', exists: false }] },
    ],
    misses: [
      [
        { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSyncFailure', value: 61 }] },
        /with the value "61"; .*TimeOutUntilSyncFailure is "60", written by the server$/,
      ],
      [
        { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSync' }] },
        /; nearest: "\S+FirstSyncStatus\/TimeOutUntilSyncFailure", /,
      ],
      [
        { node: [{ uri: 'DMClient/Provider/*/UPN', exists: false }] },
        /^expected no node .*; .* is "alice@contoso\.example", written by the device/,
      ],
    ],
  },
  logged: {
    holds: [
      { logged: ['mdmEnrollSucceeded', { id: 703, data: { name: 'Classroom laptops' }, times: 3 }] },
      {
        logged: [
          { event: 'mdmEnroll*', level: 'information', channel: 'DeviceManagement' },
          { event: 'statusPageFailed', times: 0 },
        ],
      },
    ],
    misses: [
      [
        { logged: ['autoEnrollFailed'] },
        /^expected the event autoEnrollFailed to be logged; nearest: "autoEnrollSucceeded", /,
      ],
      [
        { logged: [{ id: 703, data: { name: 'Staff' } }] },
        /^expected the event with the id 703 with name "Staff" to be logged; it was logged, but name is "Classroom laptops"$/,
      ],
      [{ logged: [{ text: 'Enrolled into MDM' }] }, /; nearest: "MDM Enroll: Succeeded", /],
      [{ logged: [{ event: 'mdmEnrollSucceeded', times: 2 }] }, / to be logged 2 times; it was logged once$/],
    ],
  },
  app: {
    holds: [
      { apps: { 'Safe Exam Browser': 'installed' } },
      {
        apps: {
          '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501': {
            states: ['waiting', 'downloaded', 'installed'],
            exitCode: 0,
            attempts: 1,
          },
        },
      },
    ],
    misses: [
      [{ apps: { 'Safe Exam Browser': 'failed' } }, /^expected the app Safe Exam Browser failed, got installed$/],
      [{ apps: { 'Safe Exam': 'installed' } }, /^expected the app Safe Exam installed; nearest: "Safe Exam Browser", /],
      [
        { apps: { 'Safe Exam Browser': { states: ['installed', 'waiting'] } } },
        /installed → waiting, got downloading → waiting → /,
      ],
    ],
  },
  profile: {
    holds: [
      { profile: 'Classroom laptops' },
      { profile: { name: 'Class*', from: 'service', settings: { CloudAssignedDeviceName: 'CLS-*' } } },
    ],
    misses: [
      [
        { profile: 'Staff laptops' },
        /^expected the Autopilot profile "Staff laptops", got "Classroom laptops" from the service$/,
      ],
      [{ profile: false }, /^expected no Autopilot profile, got "Classroom laptops" from the service$/],
      [
        { profile: { name: '*', settings: { CloudAssignedDeviceName: 'LAB' } } },
        /; CloudAssignedDeviceName is "CLS-%SERIAL%"$/,
      ],
    ],
  },
  sessions: {
    holds: [{ sessions: [{ result: 'held', startedBy: 'schedule', times: { atLeast: 5 } }, { result: 'failed' }] }],
    misses: [
      [
        { sessions: 1 },
        /^expected a management session held once; it was \d+ times: \d+ held \(schedule\), \d+ failed with 0x80072ee7 \(schedule\)$/,
      ],
    ],
  },
  happened: {
    holds: [{ happened: ['outage', { event: 'outage', times: 1 }] }],
    misses: [[{ happened: ['outrage'] }, /^expected the event "outrage" to happen; it never did; nearest: "outage"$/]],
  },
  boots: {
    holds: [{ boots: 3 }, { boots: { atLeast: 2 } }],
    misses: [
      [{ boots: 2 }, /^expected 2 starts, got 3$/],
      [{ boots: { atMost: 1 } }, /^expected starts at most once, got 3$/],
    ],
  },
  deviceName: {
    holds: [{ deviceName: 'CLS-*' }],
    misses: [[{ deviceName: 'LAB-*' }, /^expected the device name LAB-\*, got DESKTOP-\w+ → CLS-\w+$/]],
  },
  recorded: {
    holds: [
      {
        recorded: [
          { kind: 'network', with: { via: 'none', radio: false } },
          { kind: 'power', with: { event: 'cut' }, times: 0 },
        ],
      },
    ],
    misses: [
      [
        { recorded: [{ kind: 'network', with: { via: 'carrier' } }] },
        /; there are \d+ of that kind, but via is "none"$/,
      ],
      [{ recorded: [{ kind: 'power', with: { event: 'on' }, times: 1 }] }, /; there are 3$/],
    ],
  },
}

describe.each(Object.entries(CASES))('%s', (_, { holds, misses: wrong }) => {
  test.each(holds.map((said) => [JSON.stringify(said), said] as const))('%s holds', (_text, said) => {
    expect(misses(said)).toEqual([])
    // And what holds is told where it should not.
    const [first] = misses({ not: said })
    expect(first).toMatch(/^did not expect /)
  })

  test.each(wrong.map(([said, message]) => [JSON.stringify(said), said, message] as const))(
    '%s is missed',
    (_text, said, message) => {
      expect(misses(said)).toEqual([expect.stringMatching(message)])
      expect(misses({ not: said })).toEqual([])
    },
  )
})

test('each kind has one matcher, and each matcher its kind', () => {
  expect(Object.values(MATCHER_KINDS).toSorted()).toEqual(Object.keys(EXPECTATIONS).toSorted())
  for (const [kind, { matcher }] of Object.entries(EXPECTATIONS)) expect(MATCHER_KINDS[matcher]).toBe(kind)
})

test('all misses are told, none hides another', () => {
  expect(misses({ outcome: 'kiosk', boots: 9, deviceName: 'x', reach: ['privacy', 'hello'] })).toHaveLength(5)
})

test('one of several ways is enough; where none holds, each says why', () => {
  expect(misses({ anyOf: [{ boots: 9 }, { boots: 3, deviceName: 'CLS-*' }] })).toEqual([])
  expect(misses({ anyOf: [{ boots: 9 }, { boots: 3, deviceName: 'x', account: 'administrator' }] })).toEqual([
    expect.stringMatching(
      /^expected one of 2: 1\. 9 starts, got 3; 2\. account administrator, got standard; and the device name x, got /,
    ),
  ])
})

test.each<[string, unknown]>([
  ['an empty list', { reach: [] }],
  ['an empty group', { not: {} }],
  ['no way at all', { anyOf: [] }],
  ['a group in a group', { not: { not: { boots: 1 } } }],
  ['limits that exclude each other', { boots: { atLeast: 3, atMost: 2 } }],
  ['limits without one', { boots: {} }],
  ['a time without limits', { spend: [{ in: 'region' }] }],
  ['a screen of nothing', { show: [{}] }],
  ['enabled without a control', { show: [{ page: 'region', enabled: true }] }],
  ['an event of nothing', { logged: [{ times: 2 }] }],
  ['a node that is not there, with a value', { node: [{ uri: 'a', exists: false, value: 1 }] }],
  ['no transition', { take: ['network.connecting'] }],
  ['a page that there is not', { never: ['welcom'] }],
  ['no duration', { within: 'soon' }],
])('%s is refused', (_, said) => {
  expect(v.safeParse(expectedSchema, said).success).toBe(false)
})
