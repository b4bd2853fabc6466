import { expect, test } from 'vitest'
import { deviceUsageMachine, type Usage } from '../../../machines/pages/device-usage.ts'
import { everyMove, everyOutcome, firstContext, outcomeOf, play, press, skipped, stateOf } from '../scene.ts'

const reason = 'no Autopilot profile, 807: no tenant has registered this device'
const next = (usage: string) => press('user.next', { usage })
const start = (remembered?: Usage, ...moves: ReturnType<typeof next>[]) =>
  play(deviceUsageMachine, { remembered, reason, edition: 'SE' }, ...moves)

test('is asked when there is no answer yet', async () => {
  expect(stateOf(await start())).toBe('asking')
})

test.each<Usage>(['personal', 'workOrSchool'])('does not apply when %s was chosen before', async (usage) => {
  expect(outcomeOf(await start(usage))).toEqual(skipped('the use was chosen before', 'device usage skipped'))
})

test('does not apply on Windows 11 Home', async () => {
  const scene = await play(deviceUsageMachine, { reason, edition: 'Home' })
  expect(outcomeOf(scene)).toEqual(skipped('Windows 11 Home is for personal use', 'device usage skipped'))
})

everyMove(deviceUsageMachine, {
  context: firstContext(deviceUsageMachine, { reason, edition: 'SE' }),
  events: {
    'user.next for personal use': next('personal'),
    'user.next for work or school': next('workOrSchool'),
    'user.next with something else': next('kiosk'),
    'user.next with nothing': press('user.next'),
  },
  moves: { asking: { 'user.next for personal use': 'personal', 'user.next for work or school': 'workOrSchool' } },
})

everyOutcome(deviceUsageMachine, {
  personal: async () => outcomeOf(await start(undefined, next('personal'))),
  workOrSchool: async () => outcomeOf(await start(undefined, next('workOrSchool'))),
  doesNotApply: async () => outcomeOf(await start('personal')),
})
