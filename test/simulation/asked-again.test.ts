import { expect, test } from 'vitest'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { type Disturbance, disturbed } from './disturbed.ts'

// The token of a session was asked for once: without a network in that moment the person's part of the device stayed empty.
test.each<[string, Disturbance, string]>([
  ['second-user', 'network', 'nextSignIn.openingSession'],
  ['shared-device-first-person', 'cable', 'nextSignIn.openingSession'],
  ['reboot-during-device-setup', 'network', 'welcome.greeting'],
  ['reboot-during-device-setup', 'wifi', 'welcome.creatingSession'],
])('%s: with the %s away at %s the token is asked for again', async (name, what, state) => {
  const run = await disturbed(loadScenarios(name)[0]!, what, state)
  expect({ outcome: run.outcome, waysOut: run.waysOut }).toEqual({
    outcome: { kind: 'desktop', account: 'standard', managed: true, autopilot: true },
    waysOut: {},
  })
  const refused = run.journal.filter((entry) => entry.kind === 'response' && entry.status === 401)
  expect(refused).toEqual([])
})
