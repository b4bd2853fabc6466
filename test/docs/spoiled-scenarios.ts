/** A scenario that is right. */
export const SOUND = `title: A story
device: { use: surface-laptop-se, with: { tpm.kind: discrete } }
tenant: { use: contoso-school, with: { name: Contoso } }
network: school-wifi
person: { use: alice, with: { region: Canada } }
events:
  - when: { state: deviceSetup.apps }
    wifi: off
    for: 2m
expect: { outcome: desktop, within: 2h }
`

/** A kind of fault: lines of {@link SOUND} that are others. */
export interface Spoiled {
  what: string
  was: string | RegExp
  is: string
  /** Why JSON Schema cannot say it. Left out: an editor finds it too. */
  unsaid?: string
}

const FILES = 'which files there are is a matter of folders; an editor completes the names'
const CHECKED_LATER = 'a path in a key is not followed by JSON Schema'
const PATTERN = 'beside a page it may be a pattern of states, which may be any text'
const ELSEWHERE = 'JSON Schema does not compare one place of a file with another'

const EXPECT = 'expect: { outcome: desktop, within: 2h }\n'
const EVENT = /events:[\s\S]*?2m\n/
const event = (text: string) => `events:\n  - ${text}\n`
const at = (lines: string) => `network: { wifi: [{ ssid: School${lines} }] }`

export const SPOILED: readonly Spoiled[] = [
  // Keys.
  { what: 'a key with a letter too few', was: 'title:', is: 'titl:' },
  { what: 'a key that is not there', was: 'title: A story', is: 'title: A story\ncolour: green' },
  { what: 'no title', was: 'title: A story\n', is: '' },
  { what: 'no expectation', was: EXPECT, is: '' },
  { what: 'a key of an event that is not there', was: 'wifi: off', is: 'wfi: off' },
  { what: 'a page that is not there', was: 'region: Canada', is: 'regoin: Canada' },
  { what: 'a page of a person written out', was: /person: .*/, is: 'person: { signin: {} }' },
  { what: 'a fact of a device that is not there', was: 'tpm.kind: discrete', is: 'tmp: { kind: discrete }' },
  { what: 'a fact within a fact', was: 'tpm.kind: discrete', is: 'tpm: { knd: discrete }' },
  { what: 'a fact of a school that is not there', was: 'name: Contoso', is: 'nane: Contoso' },
  {
    what: 'a fact of a network that is not there',
    was: 'network: school-wifi',
    is: 'network: { use: school-wifi, with: { latncy: 5ms } }',
  },
  { what: 'a reference without its name', was: 'use: surface-laptop-se, ', is: '' },
  {
    what: 'a path of a fact that is not there',
    was: 'tpm.kind: discrete',
    is: 'tpm.knd: discrete',
    unsaid: CHECKED_LATER,
  },
  { what: 'a path in a scenario that extends none', was: EXPECT, is: `${EXPECT}expect.boots: 2\n` },
  // Values.
  { what: 'a number for a text', was: 'title: A story', is: 'title: 5' },
  { what: 'an empty text', was: 'title: A story', is: "title: ''" },
  { what: 'a word for a number', was: 'title: A story', is: 'title: A story\nseed: seven' },
  { what: 'a negative seed', was: 'title: A story', is: 'title: A story\nseed: -1' },
  { what: 'a seed with a fraction', was: 'title: A story', is: 'title: A story\nseed: 1.5' },
  { what: 'a duration without its unit', was: 'within: 2h', is: "within: '2'" },
  { what: 'a duration of another unit', was: 'for: 2m', is: 'for: 2min' },
  { what: 'no time at all', was: 'for: 2m', is: 'for: 0s' },
  { what: 'a number for a duration', was: 'within: 2h', is: 'within: 120' },
  { what: 'a duration that goes back', was: 'for: 2m', is: 'for: -2m' },
  { what: 'a skew that is no duration', was: 'title: A story', is: 'title: A story\nclockSkew: behind' },
  {
    what: 'more than a hundred years',
    was: 'within: 2h',
    is: 'within: 40000d',
    unsaid: 'JSON Schema compares numbers, and a duration is a text',
  },
  { what: 'a start that is no time', was: 'title: A story', is: 'title: A story\nstartsAt: tomorrow' },
  {
    what: 'a day that is not there',
    was: 'title: A story',
    is: "title: A story\nstartsAt: '2026-02-31T08:00:00Z'",
    unsaid: 'a pattern does not know the calendar',
  },
  { what: 'an outcome that is not there', was: 'outcome: desktop', is: 'outcome: dektop' },
  { what: 'a page in never that is not there', was: 'within: 2h', is: 'never: [signin]', unsaid: PATTERN },
  { what: 'a text for a list', was: 'within: 2h', is: 'pages: signIn' },
  { what: 'a list for a text', was: 'title: A story', is: 'title: [A, story]' },
  { what: 'a tag with a comma', was: 'title: A story', is: "title: A story\ntags: ['a,b']" },
  { what: 'a fact of a device with a wrong value', was: 'tpm.kind: discrete', is: 'tpm: { kind: software }' },
  { what: 'a fact of a network with a wrong value', was: 'network: school-wifi', is: at(', bars: 9') },
  { what: 'a limit of none', was: 'title: A story', is: 'title: A story\nlimits: { starts: 0 }' },
  { what: 'a number for an answer', was: 'region: Canada', is: 'welcome: { password: 1234 }' },
  {
    what: 'a host with its scheme',
    was: 'network: school-wifi',
    is: "network: { blockedHosts: ['https://a.example'] }",
  },
  { what: 'a port that is none', was: EVENT, is: event('{ when: { at: 5m }, port: 70000 }') },
  { what: 'keys that Windows does not know', was: EVENT, is: event('{ when: { page: region }, keys: Shift+F11 }') },
  { what: 'a wait that is no duration', was: 'region: Canada', is: 'region: { wait: long }' },
  // What goes together.
  { what: 'an event without a condition', was: '{ state: deviceSetup.apps }', is: '{}' },
  {
    what: 'an event with two conditions',
    was: '{ state: deviceSetup.apps }',
    is: '{ state: deviceSetup.apps, page: region }',
  },
  { what: 'an event without an effect', was: '    wifi: off\n    for: 2m\n', is: '' },
  { what: 'an event with two effects', was: 'wifi: off', is: 'wifi: off\n    cable: out' },
  { what: 'for with what does not last', was: 'wifi: off', is: 'push: true' },
  { what: 'times with a moment', was: EVENT, is: event('{ when: { at: 5m }, wifi: off, times: 2 }') },
  {
    what: 'later with a request',
    was: EVENT,
    is: event('{ when: { request: "POST *sync*" }, later: 2m, drop: true }'),
  },
  {
    what: 'two actions of an administrator',
    was: EVENT,
    is: event('{ when: { page: signIn }, administrator: { deregister: true, allowNextEnrollment: true } }'),
  },
  {
    what: 'an action without its change',
    was: EVENT,
    is: event('{ when: { page: signIn }, administrator: { account: { user: a@b.example } } }'),
  },
  {
    what: 'a command of the server without its node',
    was: EVENT,
    is: event('{ when: { page: enrollmentStatus }, server: { command: Get } }'),
  },
  {
    what: 'data of no command',
    was: EVENT,
    is: event('{ when: { page: enrollmentStatus }, server: { silent: 2m, data: x } }'),
  },
  { what: 'a slow line that says nothing', was: EVENT, is: event('{ when: { page: signIn }, slow: {} }') },
  {
    what: 'an enterprise network with a key',
    was: 'network: school-wifi',
    is: at(', security: wpa2-enterprise, key: learn'),
  },
  { what: 'a user of a network with a key', was: 'network: school-wifi', is: at(', user: { name: a, password: b }') },
  { what: 'todo and knownIssue', was: 'title: A story', is: 'title: A story\ntodo: later\nknownIssue: "#1"' },
  { what: 'a matrix of no value', was: EXPECT, is: `${EXPECT}matrix: { clockSkew: [] }\n` },
  { what: 'an empty entry of include', was: EXPECT, is: `${EXPECT}matrix: { clockSkew: [1m], include: [{}] }\n` },
  { what: 'no device of several', was: EXPECT, is: 'devices: []\n' },
  {
    what: 'devices, and an expectation of all',
    was: EXPECT,
    is: `${EXPECT}devices: [{ name: a, ${EXPECT.trim()} }]\n`,
  },
  { what: 'a device of several without a name', was: /events:[\s\S]*/, is: `devices: [{ ${EXPECT.trim()} }]\n` },
  { what: 'a device of several without an expectation', was: /events:[\s\S]*/, is: 'devices: [{ name: a }]\n' },
  {
    what: 'two devices of one name',
    was: /events:[\s\S]*/,
    is: `devices: [{ name: a, ${EXPECT.trim()} }, { name: a, ${EXPECT.trim()} }]\n`,
    unsaid: ELSEWHERE,
  },
  // Names.
  { what: 'a state that is not there', was: 'deviceSetup.apps', is: 'deviceSetup.aps' },
  { what: 'a state without its machine', was: 'deviceSetup.apps', is: 'apps' },
  { what: 'a device that is not there', was: 'use: surface-laptop-se', is: 'use: surface-laptop-s', unsaid: FILES },
  { what: 'a person that is not there', was: 'use: alice', is: 'use: alise', unsaid: FILES },
  {
    what: 'a scenario to extend that is not there',
    was: 'title: A story',
    is: 'extends: surface-wifi-hapy-path',
    unsaid: FILES,
  },
  {
    what: 'an event after one that is not there',
    was: '{ state: deviceSetup.apps }',
    is: '{ after: licence }',
    unsaid: ELSEWHERE,
  },
  {
    what: 'a fact of a matrix that is not there',
    was: EXPECT,
    is: `${EXPECT}matrix: { clokSkew: [1m] }\n`,
    unsaid: 'the keys of a matrix are paths',
  },
  {
    what: 'exclude of no case',
    was: EXPECT,
    is: `${EXPECT}matrix: { clockSkew: [1m], exclude: [{ clockSkew: 2m }] }\n`,
    unsaid: ELSEWHERE,
  },
]
