import { expect, test } from 'vitest'
import type { JoinsAs } from '../../../machines/pages/device-join.ts'
import {
  type Certificate,
  type CertificateInput,
  type Discovery,
  type EnrollmentInput,
  enrollmentMachine,
  type PolicyAnswer,
  type Provisioning,
  type ProvisioningInput,
} from '../../../machines/pages/enrollment.ts'
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

const input: EnrollmentInput = { isEnrolled: false, enrollsAs: 'user', isPersonal: false }
const services = { name: 'the services' }
const key = { name: 'the key' }
const document = { name: 'the provisioning document' }

const found: Discovery = { kind: 'done', services }
const policy = (waitMs = 0): PolicyAnswer => ({ kind: 'done', key, waitMs })
const issued: Certificate = { kind: 'done', document }
const applied: Provisioning = { kind: 'done' }
const refused = { kind: 'refused' as const, trouble: aTrouble({ code: '0x80180018', text: 'no licence' }) }

interface Steps {
  discover?: Discovery[]
  getPolicies?: PolicyAnswer[]
  requestSecurityToken?: Certificate[]
  applyProvisioning?: Provisioning[]
}

/** A service whose steps all go well, twice over, except for those given here. */
async function start(steps: Steps, over: Partial<EnrollmentInput>, ...moves: Moves<typeof enrollmentMachine>) {
  const discover = replies<Discovery>(...(steps.discover ?? [found, found]))
  const getPolicies = replies<PolicyAnswer, object>(...(steps.getPolicies ?? [policy(), policy()]))
  const requestSecurityToken = replies<Certificate, CertificateInput>(
    ...(steps.requestSecurityToken ?? [issued, issued]),
  )
  const applyProvisioning = replies<Provisioning, ProvisioningInput>(...(steps.applyProvisioning ?? [applied, applied]))
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
  const given = [getPolicies.asked, requestSecurityToken.asked, applyProvisioning.asked]
  return { ...scene, asked, given }
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

test.each<JoinsAs>(['user', 'device'])(
  'each step is given what the ones before it have made, and the %s enrols',
  async (enrollsAs) => {
    expect((await start({}, { enrollsAs })).given).toEqual([
      [services],
      [{ services, key, enrollsAs }],
      [{ document, key }],
    ])
  },
)

test.each([
  [59_999, 'attestingKey', [1, 1, 0, 0]],
  [60_000, 'requestingCertificate', [1, 1, 1, 0]],
])('%i ms after the attestation of a key has failed that is tried for a minute it is %s', async (ms, state, asked) => {
  const scene = await start({ getPolicies: [policy(60_000)], requestSecurityToken: [] }, {}, ms)
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state, asked })
})

const STEPS: [keyof Steps, string, number[]][] = [
  ['discover', 'discovering', [1, 0, 0, 0]],
  ['getPolicies', 'gettingPolicies', [1, 1, 0, 0]],
  ['requestSecurityToken', 'requestingCertificate', [1, 1, 1, 0]],
  ['applyProvisioning', 'applyingProvisioning', [1, 1, 1, 1]],
]

test('a person who is not in the MDM user scope is not enrolled, and the reason is told', async () => {
  const scene = await start({ discover: [{ kind: 'notInScope' }] }, {})
  expect(outcomeOf(scene)).toEqual(
    skipped('the sign-in names no device management: the MDM user scope does not have this user', 'enrolment skipped'),
  )
  expect(scene.asked).toEqual([1, 0, 0, 0])
})

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
  const scene = await start({ requestSecurityToken: [refused, issued] }, {}, press('user.tryAgain'))
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
    attestingKey: {},
    requestingCertificate: {},
    applyingProvisioning: {},
    failed: { 'user.tryAgain': 'discovering', 'user.startOver': 'startOver' },
  },
})

everyOutcome(enrollmentMachine, {
  enrolled: async () => outcomeOf(await start({}, {})),
  doesNotApply: async () => outcomeOf(await start({}, { isEnrolled: true })),
  startOver: async () => outcomeOf(await start({ discover: [refused] }, {}, press('user.startOver'))),
  gaveUp: async () => {
    const outcome = outcomeOf(await start({ discover: [refused] }, { endsAtFailure: true }))
    expect(outcome).toEqual({ kind: 'gaveUp', trouble: refused.trouble })
    return outcome
  },
})
