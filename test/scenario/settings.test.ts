import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { temporaryFolder } from '../cli/files.ts'

/** A first boot, each line of which has an effect. */
const scenario = (lines: string, tenant = 'contoso-school', device = 'surface-laptop-se') => `title: A setting
device: ${device}
tenant: ${tenant}
${lines}network:
  wifi: [{ ssid: Contoso-Students, key: learn-anywhere }]
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: { wifi: Contoso-Students, key: learn-anywhere }
  signIn: { email: alice@contoso.example, password: correct-horse }
  welcome: { password: correct-horse }
expect: { outcome: desktop }
`

let count = 0
async function failuresOf(text: string, checkSettings: boolean): Promise<string[]> {
  const path = join(temporaryFolder(), `setting-${count++}.yaml`)
  writeFileSync(path, text)
  const { failures } = await runScenario(loadScenarios(path)[0]!, { seed: 1, transport: 'direct', checkSettings })
  return failures.map((failure) => failure.replace(/\S*\/(setting-)\d+/g, '$1N'))
}

const SAME = 'had no effect: the run is the same without it.'
const tenantWith = (facts: string) => `{ use: contoso-school, with: { ${facts} } }`

test.each<[string, string, string[]]>([
  [
    'a fact that the shared file has already',
    scenario('', tenantWith('name: Contoso School')),
    [`tenant.with.name ${SAME} setting-N.yaml:3:40`],
  ],
  [
    'a person who is not in the story',
    scenario('', tenantWith('personalAccounts: []')),
    [`tenant.with.personalAccounts ${SAME} setting-N.yaml:3:40`],
  ],
  [
    'a behaviour that nothing asks for',
    scenario('', 'contoso-school', '{ use: surface-laptop-se, with: { behaviour: { skippedAppBlocks: true } } }'),
    [`device.with.behaviour.skippedAppBlocks ${SAME} setting-N.yaml:2:56`],
  ],
  [
    'a policy that nothing follows',
    scenario('', tenantWith('policies: [{ policy: Browser/AllowPasswordManager, value: "0" }]')),
    [`tenant.with.policies.0 ${SAME} setting-N.yaml:3:51`],
  ],
  [
    'an event that lasts, and meets nothing',
    scenario('events:\n  - when: { at: 1m }\n    refuse: { csp: "Add *NoSuchNode", status: 405 }\n'),
    [`events.0 ${SAME} setting-N.yaml:5:5`],
  ],
  [
    'a silence in which nothing is asked',
    scenario('events:\n  - when: { at: 1s }\n    server: { silent: true }\n    for: 2s\n'),
    [`events.0 ${SAME} setting-N.yaml:5:5`],
  ],
])('%s fails the scenario, where settings are checked', async (_, text, failures) => {
  expect(await failuresOf(text, true)).toEqual(failures)
  expect(await failuresOf(text, false)).toEqual([])
})

test.each<[string, string]>([
  [
    'an app',
    scenario(
      '',
      tenantWith('apps: [{ id: 3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503, name: PaperCut, publisher: P, version: 22.0.6 }]'),
    ),
  ],
  ['a colour', scenario('', tenantWith('branding: { color: "#123456" }'))],
  [
    'a policy that restarts the device',
    scenario('', tenantWith('policies: [{ policy: DeviceGuard/LsaCfgFlags, value: "1" }]')),
  ],
  ['limits, which never count', scenario('limits: { starts: 50 }\n')],
  ['a clock that is ahead', scenario('clockSkew: 10m\n')],
  [
    'a silence in a session',
    scenario('events:\n  - when: { state: deviceSetup.apps }\n    server: { silent: true }\n    for: 5m\n'),
  ],
])('%s has an effect', async (_, text) => {
  expect(await failuresOf(text, true)).toEqual([])
})

test.each<[string, string, string[]]>([
  [
    'a clock that is right',
    scenario('clockSkew: 0s\n'),
    ['clockSkew had no effect: it is 0s without it. setting-N.yaml:4'],
  ],
  [
    'a policy for a person who never signs in',
    scenario('', tenantWith('policies: [{ policy: Browser/AllowPasswordManager, scope: user, value: "0" }]')).replace(
      '  signIn: { email: alice@contoso.example, password: correct-horse }\n  welcome: { password: correct-horse }\nexpect: { outcome: desktop }',
      'expect: { outcome: unanswered }',
    ),
    ['tenant.policies.0 (Browser/AllowPasswordManager) had no effect: no session brought it. setting-N.yaml:3'],
  ],
  [
    'a fact that the disk loses, without another start',
    scenario('events:\n  - when: { page: firstLogon }\n    disk: { lost: wifi }\n'),
    ['events.0 had no effect: the device did not start again. setting-N.yaml:5'],
  ],
])('%s fails every run of the scenario', async (_, text, failures) => {
  expect(await failuresOf(text, false)).toEqual(failures)
})
