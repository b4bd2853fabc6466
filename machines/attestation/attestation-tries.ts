import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'

/** How often a request that was answered with 400 is made: an assumption. */
const TRIES = 3

/** Whether the TPM can be attested at all. */
export type TpmReadiness =
  | { kind: 'ready'; tpm: Carried }
  /** It may become so: Windows waits for it. */
  | { kind: 'notReady'; trouble: Trouble }
  | { kind: 'refused'; trouble: Trouble }

export type AttestationTry =
  | { kind: 'attested' }
  /** The service answered 400 to the evidence, and may accept another. */
  | { kind: 'badRequest'; trouble: Trouble }
  | { kind: 'refused'; trouble: Trouble }

export type AttestationOutcome = { kind: 'attested' } | { kind: 'refused'; trouble: Trouble }

export interface AttestationContext {
  tpm: Carried | null
  tries: number
  trouble: Trouble | null
}

/** The TPM's proof of itself: is it ready, then one try after the other. */
export const attestationTriesMachine = setup({
  types: {} as { context: AttestationContext; output: AttestationOutcome; meta: StateMeta },
  actors: {
    checkTpm: fromPromise<TpmReadiness>(mustBeProvided('checkTpm')),
    attestOnce: fromPromise<AttestationTry, { tpm: Carried; attempt: number; attemptsMax: number }>(
      mustBeProvided('attestOnce'),
    ),
  },
  guards: {
    isReady: (_, readiness: TpmReadiness) => readiness.kind === 'ready',
    isNotReady: (_, readiness: TpmReadiness) => readiness.kind === 'notReady',
    isAttested: (_, answer: AttestationTry) => answer.kind === 'attested',
    isLastTry: ({ context }, answer: AttestationTry) => answer.kind === 'badRequest' && context.tries >= TRIES,
    isBadRequest: (_, answer: AttestationTry) => answer.kind === 'badRequest',
  },
  actions: {
    noteTpm: assign({ tpm: (_, readiness: TpmReadiness) => (readiness.kind === 'ready' ? readiness.tpm : null) }),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    noteTrouble: assign({
      trouble: (_, answer: TpmReadiness | AttestationTry) => ('trouble' in answer ? answer.trouble : null),
    }),
    noteExceeded: assign({
      trouble: ({ context }, answer: AttestationTry) => {
        if (!('trouble' in answer)) return null
        const { code, text } = answer.trouble
        return {
          ...answer.trouble,
          code: CODE.attestationRetriesExceeded,
          text: `${context.tries} attempts were refused with ${code}: ${text}`,
        }
      },
    }),
  },
  delays: {
    // How long Windows tries before it gives up on a TPM is nowhere stated: an assumption. The code is documented.
    tpmWait: 5 * 60_000,
    // How long after a 400 the request is made again: an assumption. The codes are sourced.
    retryWait: 30_000,
  },
}).createMachine({
  id: 'attestationTries',
  context: { tpm: null, tries: 0, trouble: null },
  output: fromEnding<AttestationOutcome>(),
  initial: 'checkingTpm',
  states: {
    checkingTpm: {
      meta: hidden('2.3 [D]'),
      invoke: {
        id: 'checkTpm',
        src: 'checkTpm',
        onDone: [
          {
            guard: { type: 'isReady', params: answered },
            actions: { type: 'noteTpm', params: answered },
            target: 'attesting',
          },
          {
            guard: { type: 'isNotReady', params: answered },
            actions: { type: 'noteTrouble', params: answered },
            target: 'waitingForTpm',
          },
          { actions: { type: 'noteTrouble', params: answered }, target: 'refused' },
        ],
      },
    },
    waitingForTpm: { meta: hidden('4.9 [D]'), after: { tpmWait: 'refused' } },
    attesting: {
      meta: hidden('2.3 [D]', '4.1 [D]'),
      entry: 'countTry',
      invoke: {
        id: 'attestOnce',
        src: 'attestOnce',
        input: ({ context }) => ({ tpm: known(context.tpm, 'a TPM'), attempt: context.tries, attemptsMax: TRIES }),
        onDone: [
          { guard: { type: 'isAttested', params: answered }, target: 'attested' },
          {
            guard: { type: 'isLastTry', params: answered },
            actions: { type: 'noteExceeded', params: answered },
            target: 'refused',
          },
          { guard: { type: 'isBadRequest', params: answered }, target: 'waitingToRetry' },
          { actions: { type: 'noteTrouble', params: answered }, target: 'refused' },
        ],
      },
    },
    waitingToRetry: { meta: hidden('4.9 [D]'), after: { retryWait: 'attesting' } },
    ...endings<AttestationContext, AttestationOutcome>({
      attested: { kind: 'attested' },
      refused: ({ trouble }) => ({ kind: 'refused', trouble: known(trouble, 'a trouble') }),
    }),
  },
})
