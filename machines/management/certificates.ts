import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered } from '../outcomes.ts'
import { hidden, type NetworkEvent, type StateMeta } from '../page.ts'

/** What is to be done next for the certificates that a server has ordered. */
export type CertificateStep =
  | { kind: 'none' }
  | { kind: 'due'; order: Carried }
  /** The authority has not decided, or could not be reached. */
  | { kind: 'later'; waitMs: number }

/** `settled`: it is installed, or given up. */
export type CertificateTry = { kind: 'settled' } | { kind: 'waits' }

export interface CertificatesContext {
  step: CertificateStep
}

/** Certificates of the server's profiles: each is asked of its authority until it comes, is refused, or is given up. */
export const certificatesMachine = setup({
  types: {} as {
    context: CertificatesContext
    events: { type: 'certificates.ordered' } | NetworkEvent
    meta: StateMeta
  },
  actors: {
    nextCertificate: fromPromise<CertificateStep>(mustBeProvided('nextCertificate')),
    requestCertificate: fromPromise<CertificateTry, Carried>(mustBeProvided('requestCertificate')),
  },
  guards: {
    isDue: (_, step: CertificateStep) => step.kind === 'due',
    isLater: (_, step: CertificateStep) => step.kind === 'later',
    isSettled: (_, result: CertificateTry) => result.kind === 'settled',
  },
  actions: {
    note: assign({ step: (_, step: CertificateStep) => step }),
    tellFinished: sendParent({ type: 'job.finished' }),
  },
  delays: { untilLater: ({ context }) => (context.step.kind === 'later' ? context.step.waitMs : 0) },
}).createMachine({
  id: 'certificates',
  context: { step: { kind: 'none' } },
  initial: 'looking',
  states: {
    // Also after a restart: what was ordered before is ordered still.
    looking: {
      meta: hidden('mdm-protocols 3.4 [L]'),
      invoke: {
        id: 'nextCertificate',
        src: 'nextCertificate',
        onDone: [
          {
            guard: { type: 'isDue', params: answered },
            actions: { type: 'note', params: answered },
            target: 'requesting',
          },
          {
            guard: { type: 'isLater', params: answered },
            actions: { type: 'note', params: answered },
            target: 'waiting',
          },
          { target: 'idle' },
        ],
      },
      on: { 'certificates.ordered': { target: 'looking', reenter: true } },
    },
    requesting: {
      meta: hidden('mdm-protocols 3.4 [L]'),
      invoke: {
        id: 'requestCertificate',
        src: 'requestCertificate',
        input: ({ context: { step } }) => {
          if (step.kind !== 'due') throw new Error(`a certificate is requested, and the step is ${step.kind}`)
          return step.order
        },
        onDone: [
          { guard: { type: 'isSettled', params: answered }, actions: 'tellFinished', target: 'looking' },
          { target: 'looking' },
        ],
      },
    },
    waiting: {
      meta: hidden('mdm-protocols 3.4 [L]'),
      after: { untilLater: 'looking' },
      on: { 'certificates.ordered': 'looking', 'network.restored': 'looking' },
    },
    idle: { meta: hidden('mdm-protocols 3.4 [L]'), on: { 'certificates.ordered': 'looking' } },
  },
})
