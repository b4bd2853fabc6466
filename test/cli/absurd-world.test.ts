import { describe, expect, test } from 'vitest'
import { call, file } from './call.ts'

const ID = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503'
const APP = `id: ${ID}, name: PaperCut, publisher: P, version: "22.0.6"`

const scenario = (tenant: string, events = '') => `title: An absurd world
device: surface-laptop-se
tenant: ${tenant}
network: { wifi: [{ ssid: Contoso-Students, key: learn-anywhere }] }
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: { wifi: Contoso-Students, key: learn-anywhere }
  signIn: { email: alice@contoso.example, password: correct-horse }
  welcome: { password: correct-horse }
${events}expect: { outcome: desktop }
`
const school = (facts: string) => scenario(`{ use: contoso-school, with: { ${facts} } }`)
const withEvent = (effect: string, when = 'at: 1m') =>
  scenario('contoso-school', `events:\n  - when: { ${when} }\n    ${effect}\n`)
const page = (facts: string) => `statusPages: [{ id: s, name: S, ${facts}, assignedTo: [classroom-devices] }]`

/** The first message, without the path of the file; code 2, and nothing was played. */
async function refusalOf(text: string): Promise<string> {
  const path = file('absurd.yaml', text)
  const { code, stdout, stderr } = await call('run', path, '--transport', 'direct')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  return stderr.split('\n')[0]!.replace(path, '')
}

describe('an absurd status page', { timeout: 20_000 }, () => {
  test.each<[string, string, string]>([
    ['without time', page('timeoutMinutes: 0'), ':3:88: tenant.with: statusPages.0.timeoutMinutes: must be at least 1'],
    [
      'with less than no time',
      page('timeoutMinutes: -5'),
      ':3:88: tenant.with: statusPages.0.timeoutMinutes: must be at least 1',
    ],
    [
      'with a provider twice',
      'management: { policyProviders: [{ name: ConfigMgr, installationState: 3 }, { name: configmgr }] }',
      '"configmgr" is here twice',
    ],
    [
      'with the management extension twice',
      'management: { policyProviders: [{ name: Sidecar, installationState: 3 }] }',
      '"Sidecar" is the management extension: say hasAgent: false, too',
    ],
    ['that waits for an app that is not there', page(`blockingApps: [${ID.replace('503', '5ff')}]`), 'there is no app'],
    ['of an app without a result', `apps: [{ ${APP}, exitCode: [] }]`, 'apps.0.exitCode: must name at least one'],
    [
      'of an app with a word for a result',
      `apps: [{ ${APP}, exitCode: [1618, busy] }]`,
      'apps.0.exitCode.1: must be a number',
    ],
    [
      'of an app with less than no time',
      `apps: [{ ${APP}, installSeconds: [5, -1] }]`,
      'apps.0.installSeconds.1: must be at least 0',
    ],
    [
      'of an app with a result for each of a thousand tries',
      `apps: [{ ${APP}, exitCode: [${Array(1000).fill(1618).join(', ')}] }]`,
      'apps.0.exitCode: must be at most 100',
    ],
    ['of 10,000 apps', `apps: [${Array(10_000).fill(`{ ${APP} }`).join(', ')}]`, 'larger than 256 KiB'],
  ])('%s is refused', async (_, facts, message) => {
    expect(await refusalOf(school(facts))).toContain(message)
  })

  test.each<[string, string]>([
    ['no app', 'apps: []'],
    ['no app, no policy, no network', 'apps: [], policies: [], wifiProfiles: []'],
  ])('of %s is passed', async (_, facts) => {
    const path = file('absurd.yaml', school(facts))
    expect(await call('run', path, '--transport', 'direct')).toMatchObject({ stderr: '' })
  })
})

describe('an event about what is not there', { timeout: 20_000 }, () => {
  test.each<[string, string, string]>([
    ['a page', withEvent('push: true', 'page: sginIn'), ':13:19: events.0.when.page'],
    ['a state', withEvent('push: true', 'state: deviceSetup.aps'), ':13:20'],
    [
      'a user',
      withEvent('administrator: { assignLicence: carl@contoso.example }'),
      'has no user "carl@contoso.example"',
    ],
    ['an app', withEvent(`administrator: { delete: { app: ${ID.replace('503', '5ff')} } }`), 'has no app'],
    ['a group', withEvent('administrator: { assign: { profile: classroom, to: ghosts } }'), 'has no group "ghosts"'],
    ['a phase', withEvent('server: { release: devcie }'), ':14:24: events.0.server.release'],
    [
      'an action of the server',
      withEvent('server: { realease: device }'),
      'unknown key "realease". Did you mean "release"?',
    ],
    [
      'two actions of the server',
      withEvent('server: { release: device, hold: user }'),
      'needs one action: command, release, hold, silent',
    ],
    ['a command without a node', withEvent('server: { command: Get }'), 'command and uri go together'],
    ['a session', withEvent('server: { release: device, session: now }'), ':14:41: events.0.server.session'],
    [
      'a session for a silence',
      withEvent('server: { silent: true, session: next }'),
      'session goes with command and release',
    ],
    [
      'an end of a release',
      withEvent('server: { release: device }\n    for: 2m'),
      'for does not go with this server: it does not last',
    ],
    [
      'an end of a cleared TPM',
      withEvent('tpm: cleared\n    for: 2m'),
      'for does not go with this tpm: it does not last',
    ],
    [
      'an end of a lost fact',
      withEvent('disk: { lost: wifi }\n    for: 2m'),
      'for does not go with this disk: it does not last',
    ],
    ['a condition of the TPM', withEvent('tpm: lockdOut'), 'Did you mean "lockedOut"?'],
    ['a fact of the disk', withEvent('disk: { lost: wfii }'), ':14:19: events.0.disk.lost'],
    ['half a slow disk', withEvent('disk: { slow: 0.5 }'), 'events.0.disk.slow: must be a whole number'],
    [
      'a command',
      withEvent('refuse: { csp: "Relpace *x", status: 405 }'),
      'must be "Replace *pattern*" or "*pattern*"',
    ],
    [
      'a refusal that is none',
      withEvent('refuse: { csp: "*x", status: 200 }'),
      'events.0.refuse.status: must be at least 400',
    ],
  ])('%s is refused, at its place', async (_, text, message) => {
    const refusal = await refusalOf(text)
    expect(refusal).toMatch(/^error ERR_\w+: :\d+:\d+: /)
    expect(refusal).toContain(message)
  })
})

describe('two events at one moment', { timeout: 20_000 }, () => {
  const both = (one: string, other: string) =>
    scenario('contoso-school', `events:\n  - when: { at: 5m }\n    ${one}\n  - when: { at: 5m }\n    ${other}\n`)

  test('both happen, and the same seed gives the same run', async () => {
    const path = file('both.yaml', both('disk: { slow: 2 }\n    for: 5m', 'server: { silent: true }\n    for: 2m'))
    const [one, other] = [
      await call('run', path, '--transport', 'direct'),
      await call('run', path, '--transport', 'direct'),
    ]
    expect(one).toMatchObject({ code: 0, stderr: '' })
    const plain = ({ stdout }: { stdout: string }) => stdout.replace(/ in .*s\)/, '')
    expect(plain(other)).toBe(plain(one))
  })

  test('the second of two that are the same had nothing to do, and the run says so', async () => {
    const path = file('same.yaml', both('disk: full\n    for: 1s', 'disk: full\n    for: 1s'))
    const { code, stdout } = await call('run', path, '--transport', 'direct')
    expect(code).toBe(1)
    expect(stdout).toContain('events.1 (the disk is full) had no effect: nothing came of it')
  })

  test('a hold and its release leave the phase released', async () => {
    const path = file('held.yaml', both('server: { hold: device }', 'server: { release: device }'))
    expect(await call('run', path, '--transport', 'direct')).toMatchObject({ code: 0 })
  })
})
