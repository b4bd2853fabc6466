import { expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import {
  type PreparationKnownEvent,
  type PreparationPolicyInput,
  preparationPolicyMachine,
} from '../../../machines/pages/preparation-policy.ts'
import { everyMove, everyOutcome, firstContext, type Moves, outcomeOf, play, skipped, stateOf } from '../scene.ts'

const input: PreparationPolicyInput = {
  isEnrolled: true,
  isKnown: false,
  windows: { productType: '164', version: '10.0.26100.4652' },
}
const known = (isDelivered: boolean): PreparationKnownEvent => ({ type: 'preparation.known', isDelivered })
const NONE = 'no device preparation'

/** An enrolled Pro Education of 24H2 that watches what the server says. */
const start = (over: Partial<PreparationPolicyInput> = {}, ...moves: Moves<typeof preparationPolicyMachine>) =>
  play(
    preparationPolicyMachine.provide({ actors: { watchForPreparation: fromCallback(() => {}) } }),
    { ...input, ...over },
    ...moves,
  )

test.each<[string, Partial<PreparationPolicyInput>, string]>([
  ['without enrolment', { isEnrolled: false }, 'the device is not enrolled'],
  [
    'on Windows 11 SE, whatever a server says',
    { windows: { productType: '203', version: '10.0.26100.4652' }, isKnown: true },
    'Windows 11 SE is no edition of device preparation',
  ],
  [
    'on a build without KB5035942',
    { windows: { productType: '164', version: '10.0.22621.3296' } },
    'build 22621.3296 is too old for device preparation: it needs KB5035942, which is build 22621.3374',
  ],
])('does not apply %s', async (_, over, fact) => {
  expect(outcomeOf(await start(over))).toEqual(skipped(fact, NONE))
})

test('waits for the first session, and not for ever', async () => {
  expect(stateOf(await start({}, 59 * 60_000))).toBe('awaiting')
  expect(outcomeOf(await start({}, 60 * 60_000))).toEqual(
    skipped('the server sends no device preparation policy', NONE),
  )
})

test('is known after a restart', async () => {
  expect(outcomeOf(await start({ isKnown: true }))).toEqual({ kind: 'delivered' })
})

everyMove(preparationPolicyMachine, {
  context: firstContext(preparationPolicyMachine, input),
  events: { none: known(false), delivered: known(true) },
  moves: { awaiting: { none: 'doesNotApply', delivered: 'delivered' } },
})

everyOutcome(preparationPolicyMachine, {
  delivered: async () => outcomeOf(await start({}, known(true))),
  doesNotApply: async () => outcomeOf(await start({}, known(false))),
})
