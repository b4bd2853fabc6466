import { expect, test } from 'vitest'
import { type EnrollmentStep, enrollmentMachine } from '../../../machines/pages/enrollment.ts'
import { aTrouble } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const input = { isEnrolled: false, isSelfDeploying: false, isPersonal: false }
const done: EnrollmentStep = { kind: 'done' }
const refused: EnrollmentStep = { kind: 'refused', trouble: aTrouble({ code: '0x80180018', text: 'no licence' }) }

type Step = 'discover' | 'getPolicies' | 'requestSecurityToken' | 'applyProvisioning'

/** A service whose steps all go well, twice over, except for those given here. */
async function start(
  steps: Partial<Record<Step, EnrollmentStep[]>>,
  over: Partial<typeof input>,
  ...moves: Moves<typeof enrollmentMachine>
) {
  const actorOf = (step: Step) => replies<EnrollmentStep>(...(steps[step] ?? [done, done]))
  const discover = actorOf('discover')
  const getPolicies = actorOf('getPolicies')
  const requestSecurityToken = actorOf('requestSecurityToken')
  const applyProvisioning = actorOf('applyProvisioning')
  const machine = enrollmentMachine.provide({
    actors: {
      discover: discover.logic,
      getPolicies: getPolicies.logic,
      requestSecurityToken: requestSecurityToken.logic,
      applyProvisioning: applyProvisioning.logic,
    },
  })
  const scene = await play(machine, { ...input, ...over }, ...moves)
  const asked = [discover, getPolicies, requestSecurityToken, applyProvisioning].map((step) => step.asked.length)
  return { ...scene, asked }
}

test.each([
  ['to a personal account', { isPersonal: true }, 'a personal account', 'no MDM enrolment'],
  [
    'to a personal account on an enrolled device',
    { isPersonal: true, isEnrolled: true },
    'a personal account',
    'no MDM enrolment',
  ],
  ['when the device is enrolled', { isEnrolled: true }, 'the device is enrolled', 'enrolment skipped'],
])('does not apply %s', async (_, over, fact, effect) => {
  const scene = await start({}, over)
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome: skipped(fact, effect),
    asked: [0, 0, 0, 0],
  })
})

test('each step is asked once, and in order', async () => {
  expect((await start({}, {})).asked).toEqual([1, 1, 1, 1])
})

const STEPS: [Step, string, number[]][] = [
  ['discover', 'discovering', [1, 0, 0, 0]],
  ['getPolicies', 'gettingPolicies', [1, 1, 0, 0]],
  ['requestSecurityToken', 'requestingCertificate', [1, 1, 1, 0]],
  ['applyProvisioning', 'applyingProvisioning', [1, 1, 1, 1]],
]

test.each(STEPS)('while %s has no answer it is %s', async (step, state, asked) => {
  const scene = await start({ [step]: [] }, {})
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state, asked })
})

test.each(STEPS)('a refusal of %s stops there and is shown', async (step, _, asked) => {
  const scene = await start({ [step]: [refused] }, {}, 86_400_000)
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble, asked: scene.asked }).toEqual({
    state: 'failed',
    trouble: aTrouble({ code: '0x80180018', text: 'no licence' }),
    asked,
  })
})

test('trying again begins with discovery', async () => {
  const scene = await start({ requestSecurityToken: [refused, done] }, {}, press('user.tryAgain'))
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome: { kind: 'enrolled' },
    asked: [2, 2, 2, 1],
  })
})

everyMove(enrollmentMachine, {
  context: firstContext(enrollmentMachine, input),
  events: { 'user.tryAgain': press('user.tryAgain'), 'user.startOver': press('user.startOver') },
  moves: {
    discovering: {},
    gettingPolicies: {},
    requestingCertificate: {},
    applyingProvisioning: {},
    failed: { 'user.tryAgain': 'discovering', 'user.startOver': 'settled' },
  },
})

everyOutcome('enrollment', {
  enrolled: async () => outcomeOf(await start({}, {})),
  doesNotApply: async () => outcomeOf(await start({}, { isEnrolled: true })),
  startOver: async () => outcomeOf(await start({ discover: [refused] }, {}, press('user.startOver'))),
})
