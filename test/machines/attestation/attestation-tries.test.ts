import { expect, test } from 'vitest'
import {
  type AttestationTry,
  attestationTriesMachine,
  type TpmReadiness,
} from '../../../machines/attestation/attestation-tries.ts'
import { aTrouble } from '../samples.ts'
import { everyMove, everyOutcome, firstContext, outcomeOf, play, replies, stateOf } from '../scene.ts'

const tpm = { name: 'a TPM that can be attested' }
const ready: TpmReadiness = { kind: 'ready', tpm }

const tooLate = aTrouble({ code: '0x800705b4', text: 'the TPM is not ready for attestation' })
const notReady: TpmReadiness = { kind: 'notReady', trouble: tooLate }

const vulnerable = aTrouble({ code: '0x81039024', text: 'the TPM has firmware with known vulnerabilities' })
const unfit: TpmReadiness = { kind: 'refused', trouble: vulnerable }

const attested: AttestationTry = { kind: 'attested' }

const url = 'https://attestation.test/'
const bad = aTrouble({ code: '0x80190190', text: 'the evidence is not accepted', url })
const badRequest: AttestationTry = { kind: 'badRequest', trouble: bad }

const unknown = aTrouble({ code: '0x80190194', text: 'no such device' })
const refused: AttestationTry = { kind: 'refused', trouble: unknown }

/** A device whose TPM is as ready as this, and whose tries are answered like this in turn. */
async function start(readiness: TpmReadiness, answers: AttestationTry[], ...waits: number[]) {
  const check = replies<TpmReadiness>(readiness, ready)
  const attest = replies<AttestationTry, { tpm: object; attempt: number; attemptsMax: number }>(...answers)
  const machine = attestationTriesMachine.provide({
    actors: { checkTpm: check.logic, attestOnce: attest.logic },
  })
  const scene = await play(machine, undefined, ...waits)
  return { ...scene, checks: check.asked.length, tries: attest.asked }
}

test('a TPM that is ready is what is attested', async () => {
  const scene = await start(ready, [attested])
  expect({ outcome: outcomeOf(scene), tries: scene.tries }).toEqual({
    outcome: { kind: 'attested' },
    tries: [{ tpm, attempt: 1, attemptsMax: 3 }],
  })
})

test('one millisecond before Windows gives up on a TPM that is not ready it still waits', async () => {
  const scene = await start(notReady, [attested], 299_999)
  expect({ state: stateOf(scene), tries: scene.tries }).toEqual({ state: 'waitingForTpm', tries: [] })
})

test('a TPM that is not ready is refused after five minutes with its trouble', async () => {
  const scene = await start(notReady, [attested], 300_000)
  expect({ outcome: outcomeOf(scene), checks: scene.checks, tries: scene.tries }).toEqual({
    outcome: { kind: 'refused', trouble: tooLate },
    checks: 1,
    tries: [],
  })
})

test('a TPM that can never be attested is refused at once', async () => {
  const scene = await start(unfit, [attested])
  expect({ outcome: outcomeOf(scene), tries: scene.tries }).toEqual({
    outcome: { kind: 'refused', trouble: vulnerable },
    tries: [],
  })
})

test.each([
  [29_999, 'waitingToRetry', 1],
  [30_000, 'attesting', 2],
])('%i ms after the service has answered 400 it is %s', async (ms, state, tries) => {
  const scene = await start(ready, [badRequest], ms)
  expect({ state: stateOf(scene), tries: scene.tries.length }).toEqual({ state, tries })
})

test.each<[string, AttestationTry[], number[]]>([
  ['second', [badRequest, attested], [30_000]],
  ['third', [badRequest, badRequest, attested], [30_000, 30_000]],
])('the %s try may succeed, with the same TPM, which is not checked again', async (_, answers, waits) => {
  const scene = await start(ready, answers, ...waits)
  expect({ outcome: outcomeOf(scene), checks: scene.checks, tries: scene.tries }).toEqual({
    outcome: { kind: 'attested' },
    checks: 1,
    tries: answers.map((_, index) => ({ tpm, attempt: index + 1, attemptsMax: 3 })),
  })
})

test('after the third 400 the outcome says how often it was tried, and what the service answered', async () => {
  const scene = await start(ready, [badRequest, badRequest, badRequest, attested], 30_000, 30_000, 30_000)
  expect({ outcome: outcomeOf(scene), tries: scene.tries.length }).toEqual({
    outcome: {
      kind: 'refused',
      trouble: {
        code: '0x81039001',
        text: '3 attempts were refused with 0x80190190: the evidence is not accepted',
        url,
      },
    },
    tries: 3,
  })
})

test.each<[string, AttestationTry[], number[]]>([
  ['the first', [refused, attested], [30_000]],
  ['a later', [badRequest, refused, attested], [30_000, 30_000]],
  ['the last', [badRequest, badRequest, refused, attested], [30_000, 30_000, 30_000]],
])('another refusal of %s try ends it at once', async (_, answers, waits) => {
  const scene = await start(ready, answers, ...waits)
  expect({ outcome: outcomeOf(scene), tries: scene.tries.length }).toEqual({
    outcome: { kind: 'refused', trouble: unknown },
    tries: answers.length - 1,
  })
})

const checked = (output: TpmReadiness) => ({ type: 'xstate.done.actor.checkTpm', output })
const tried = (output: AttestationTry) => ({ type: 'xstate.done.actor.attestOnce', output })

const events = {
  'the TPM is ready': checked(ready),
  'the TPM is not ready': checked(notReady),
  'the TPM can never be attested': checked(unfit),
  'five minutes are over': { type: 'xstate.after.tpmWait.attestationTries.waitingForTpm' },
  'it is attested': tried(attested),
  'the service answers 400': tried(badRequest),
  'the service refuses': tried(refused),
  '30 seconds are over': { type: 'xstate.after.retryWait.attestationTries.waitingToRetry' },
}

const moves = {
  checkingTpm: {
    'the TPM is ready': 'attesting',
    'the TPM is not ready': 'waitingForTpm',
    'the TPM can never be attested': 'refused',
  },
  waitingForTpm: { 'five minutes are over': 'refused' },
  attesting: {
    'it is attested': 'attested',
    'the service answers 400': 'waitingToRetry',
    'the service refuses': 'refused',
  },
  waitingToRetry: { '30 seconds are over': 'attesting' },
}

everyMove(attestationTriesMachine, {
  context: { ...firstContext(attestationTriesMachine), tpm, tries: 1, trouble: tooLate },
  events,
  moves,
})

everyOutcome(attestationTriesMachine, {
  attested: async () => outcomeOf(await start(ready, [attested])),
  refused: async () => outcomeOf(await start(unfit, [])),
})
