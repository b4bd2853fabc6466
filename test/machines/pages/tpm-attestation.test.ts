import { expect, test } from 'vitest'
import { type Attestation, tpmAttestationMachine } from '../../../machines/pages/tpm-attestation.ts'
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

const input = { isSelfDeploying: true, isEnrolled: false }
const trouble = aTrouble({ code: '0x81039024', text: 'the TPM is not trusted' })
const refused: Attestation = { kind: 'refused', trouble }

/** A self-deploying device whose TPM is answered like this. */
async function start(
  answers: Attestation[],
  over: Partial<typeof input>,
  ...moves: Moves<typeof tpmAttestationMachine>
) {
  const attest = replies<Attestation>(...answers)
  const machine = tpmAttestationMachine.provide({ actors: { attest: attest.logic } })
  return { ...(await play(machine, { ...input, ...over }, ...moves)), attempts: attest.asked.length }
}

test.each([
  [
    'in user-driven mode',
    { isSelfDeploying: false },
    'user-driven mode: no attestation',
    'Securing your hardware not required',
  ],
  [
    'in user-driven mode, enrolled',
    { isSelfDeploying: false, isEnrolled: true },
    'user-driven mode: no attestation',
    'Securing your hardware not required',
  ],
  ['when the device is enrolled', { isEnrolled: true }, 'the device is enrolled', 'attestation skipped'],
])('does not apply %s', async (_, over, fact, effect) => {
  const scene = await start([{ kind: 'attested' }], over)
  expect({ outcome: outcomeOf(scene), attempts: scene.attempts }).toEqual({
    outcome: skipped(fact, effect),
    attempts: 0,
  })
})

test('a refusal is shown with its code, and nothing is tried by itself', async () => {
  const scene = await start([refused, { kind: 'attested' }], {}, 86_400_000)
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble, attempts: scene.attempts }).toEqual({
    state: 'failed',
    trouble,
    attempts: 1,
  })
})

test('trying again may succeed', async () => {
  const scene = await start([refused, { kind: 'attested' }], {}, press('user.tryAgain'))
  expect({ outcome: outcomeOf(scene), attempts: scene.attempts }).toEqual({
    outcome: { kind: 'attested' },
    attempts: 2,
  })
})

everyMove(tpmAttestationMachine, {
  context: firstContext(tpmAttestationMachine, input),
  events: { 'user.tryAgain': press('user.tryAgain'), 'user.reset': press('user.reset') },
  moves: { attesting: {}, failed: { 'user.tryAgain': 'attesting', 'user.reset': 'settled' } },
})

everyOutcome('tpmAttestation', {
  attested: async () => outcomeOf(await start([{ kind: 'attested' }], {})),
  doesNotApply: async () => outcomeOf(await start([], { isEnrolled: true })),
  reset: async () => outcomeOf(await start([refused], {}, press('user.reset'))),
})
