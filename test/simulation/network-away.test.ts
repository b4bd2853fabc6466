import { expect, test } from 'vitest'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { type Disturbance, ruleOf } from './disturbed.ts'

const [wired] = loadScenarios('asus-ethernet-happy-path')
const [wireless] = loadScenarios('surface-wifi-happy-path')

/** The person of the scenario, who has one answer for each page. */
async function scripted(scenario: Scenario, what: Disturbance, state: string, isForGood = false) {
  const { forMs, ...forGood } = ruleOf(what, state)
  const events = [isForGood ? forGood : { forMs: forMs!, ...forGood }]
  const { run, release } = await prepareRun({ ...scenario, events }, { seed: 1, transport: 'direct' })
  try {
    return (await run.play()).outcome
  } finally {
    release()
  }
}

test.each<[string, Scenario, Disturbance, string]>([
  ['a cable', wired!, 'cable', 'region.choosing'],
  ['a cable', wired!, 'cable', 'powerOn.showingLogo'],
  ['a cable', wired!, 'cable', 'naming.renaming'],
  ['a cable that the device does not use', wireless!, 'cable', 'network.askingForKey'],
  ['the internet', wireless!, 'network', 'network.askingForKey'],
  ['Wi-Fi', wireless!, 'wifi', 'region.choosing'],
  ['Wi-Fi', wireless!, 'wifi', 'network.choosing'],
  ['Wi-Fi', wireless!, 'wifi', 'network.askingForKey'],
  ['Wi-Fi', wireless!, 'wifi', 'network.connected'],
  ['Wi-Fi', wireless!, 'wifi', 'naming.renaming'],
])('%s that is away for two minutes costs no answer', async (_, scenario, what, state) => {
  expect(await scripted(scenario, what, state)).toMatchObject({ kind: 'desktop', managed: true, autopilot: true })
})

test('a cable that is away for good ends the run, and the page says what would help', async () => {
  expect(await scripted(wired!, 'cable', 'region.choosing', true)).toMatchObject({
    kind: 'unanswered',
    page: 'network',
    text: expect.stringContaining('the answer "wait" stays at the page'),
  })
})

test('a person who waits for good is stuck, and does not end the run', async () => {
  const patient = { ...wired!, person: { ...wired!.person, network: 'wait' } }
  expect(await scripted(patient, 'cable', 'region.choosing', true)).toMatchObject({ kind: 'stuck' })
})
