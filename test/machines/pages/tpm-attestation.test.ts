import { expect, test } from 'vitest'
import {
  type AttestationTry,
  attestationTriesMachine,
  type TpmReadiness,
} from '../../../machines/attestation/attestation-tries.ts'
import { type TpmAttestationInput, tpmAttestationMachine } from '../../../machines/pages/tpm-attestation.ts'
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

const input: TpmAttestationInput = { isEnrolled: false }
const ready: TpmReadiness = { kind: 'ready', tpm: {} }
const trouble = aTrouble({ code: '0x81039024', text: 'the TPM is not trusted' })
const refused: AttestationTry = { kind: 'refused', trouble }

/** A device with a TPM that is ready, whose tries are answered like this. */
async function start(
  answers: AttestationTry[],
  over: Partial<TpmAttestationInput>,
  ...moves: Moves<typeof tpmAttestationMachine>
) {
  const checkTpm = replies<TpmReadiness>(ready, ready)
  const attestOnce = replies<AttestationTry, { tpm: object; attempt: number; attemptsMax: number }>(...answers)
  const attestationTries = attestationTriesMachine.provide({
    actors: { checkTpm: checkTpm.logic, attestOnce: attestOnce.logic },
  })
  const machine = tpmAttestationMachine.provide({ actors: { attestationTries } })
  return { ...(await play(machine, { ...input, ...over }, ...moves)), attempts: attestOnce.asked.length }
}

test('does not apply when the device is enrolled', async () => {
  const scene = await start([{ kind: 'attested' }], { isEnrolled: true })
  expect({ outcome: outcomeOf(scene), attempts: scene.attempts }).toEqual({
    outcome: skipped('the device is enrolled', 'attestation skipped'),
    attempts: 0,
  })
})

test('a refusal is shown with its code, and the page does not try again on its own', async () => {
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
  moves: { attesting: {}, failed: { 'user.tryAgain': 'attesting', 'user.reset': 'reset' } },
})

everyOutcome(tpmAttestationMachine, {
  attested: async () => outcomeOf(await start([{ kind: 'attested' }], {})),
  doesNotApply: async () => outcomeOf(await start([], { isEnrolled: true })),
  reset: async () => outcomeOf(await start([refused], {}, press('user.reset'))),
  gaveUp: async () => {
    const outcome = outcomeOf(await start([refused], { endsAtFailure: true }))
    expect(outcome).toEqual({ kind: 'gaveUp', trouble })
    return outcome
  },
})
