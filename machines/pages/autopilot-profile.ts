import { assign, fromPromise, setup } from 'xstate'
import {
  type AutopilotProfile,
  type LookupCode,
  NOT_ASKED,
  type ProfileAnswer,
  type ProfileOnDisk,
} from '../../src/domain/autopilot.ts'
import { RECOVERY_WHY } from '../../src/domain/boot.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type NetworkEvent, type StateMeta, shows } from '../page.ts'

export interface AutopilotProfileInput {
  retry: RetryPolicy
  edition: Edition
  /** The recovery form of the first boot was answered. */
  isRecovering?: boolean
}

/** Counts and waits are arguments of events 193 and 194; there are no public constants (reference: 3.4). */
export interface RetryPolicy {
  attemptsMax: number
  waitMs: number
}

/** Each but `assigned` carries what the service said, or why it could not be asked. */
export type AutopilotProfileOutcome =
  | { kind: 'assigned'; answer: ProfileAnswer; profile: AutopilotProfile }
  /** No tenant has registered the device. */
  | { kind: 'notRegistered'; answer: ProfileAnswer }
  /** The tenant knows the device, and has no profile for it. */
  | { kind: 'notAssigned'; answer: ProfileAnswer }
  /** The hardware is not the one that was registered. */
  | { kind: 'mismatch'; answer: ProfileAnswer }
  /** There is no internet, and the answer is worth waiting for. */
  | { kind: 'offline' }
  | { kind: 'unreachable'; answer: ProfileAnswer }
  | DoesNotApply

export interface AutopilotProfileContext extends AutopilotProfileInput {
  attempts: number
  answer: ProfileAnswer
}

const SKIPS = skips<AutopilotProfileContext>('Autopilot skipped')({
  isRecovering: { when: ({ isRecovering }) => isRecovering === true, fact: RECOVERY_WHY },
  isHome: { when: ({ edition }) => edition === 'Home', fact: 'Windows 11 Home cannot join Microsoft Entra' },
})

const WITHOUT_PROFILE: Readonly<Record<LookupCode, AutopilotProfileOutcome['kind']>> = {
  '807': 'notRegistered',
  '809': 'notAssigned',
  '815': 'notAssigned',
  '908': 'mismatch',
}

const leadsTo = (answer: ProfileAnswer, kind: AutopilotProfileOutcome['kind']): boolean =>
  answer.kind === 'none' && WITHOUT_PROFILE[answer.code] === kind

/** The answer of the service, and what is on the disk: a profile there takes its place. */
function withDisk(answer: ProfileAnswer, found: ProfileOnDisk): ProfileAnswer {
  if (found.kind === 'profile') return { kind: 'assigned', profile: found.profile }
  return found.kind === 'none' || answer.kind === 'assigned' ? answer : { ...answer, file: found.why }
}

/** Asks the deployment service for this device's profile. Not being registered is an answer, not an error. A profile on the disk is for a device that gets none. */
export const autopilotProfileMachine = setup({
  types: {} as {
    input: AutopilotProfileInput
    context: AutopilotProfileContext
    events: NetworkEvent
    output: AutopilotProfileOutcome
    meta: StateMeta
  },
  actors: {
    askForProfile: fromPromise<ProfileAnswer, { attempt: number } & RetryPolicy>(mustBeProvided('askForProfile')),
    readProfileOnDisk: fromPromise<ProfileOnDisk>(mustBeProvided('readProfileOnDisk')),
  },
  actions: {
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    recordAnswer: assign({ answer: (_, answer: ProfileAnswer) => answer }),
    noteDisk: assign({ answer: ({ context: { answer } }, found: ProfileOnDisk) => withDisk(answer, found) }),
  },
  guards: {
    ...SKIPS.guards,
    isWorthRetrying: ({ context }, answer: ProfileAnswer) =>
      answer.kind === 'unreachable' && context.attempts < context.retry.attemptsMax,
    isAssigned: ({ context: { answer } }) => answer.kind === 'assigned',
    isNotRegistered: ({ context: { answer } }) => leadsTo(answer, 'notRegistered'),
    isNotAssigned: ({ context: { answer } }) => leadsTo(answer, 'notAssigned'),
    isMismatch: ({ context: { answer } }) => leadsTo(answer, 'mismatch'),
    isOffline: ({ context: { answer } }) => answer.kind === 'unreachable' && answer.isOffline === true,
  },
  delays: { retryWait: ({ context }) => context.retry.waitMs },
}).createMachine({
  id: 'autopilotProfile',
  context: ({ input }) => ({
    ...input,
    attempts: 0,
    answer: { kind: 'unreachable', code: NOT_ASKED, text: 'not asked yet' },
  }),
  output: fromEnding<AutopilotProfileOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('0.1 item 2 [D]'), always: [...SKIPS.always, { target: 'asking' }] },
    asking: {
      meta: shows('autopilotProfile', '3.4 [D]', '3.4 [F]'),
      entry: 'countAttempt',
      invoke: {
        id: 'askForProfile',
        src: 'askForProfile',
        input: ({ context }) => ({ attempt: context.attempts, ...context.retry }),
        onDone: [
          {
            guard: { type: 'isWorthRetrying', params: answered },
            actions: { type: 'recordAnswer', params: answered },
            target: 'waitingToRetry',
          },
          { actions: { type: 'recordAnswer', params: answered }, target: 'reading' },
        ],
        // No onError: what can go wrong is part of the answer, so an error here is a bug and ends the run.
      },
    },
    waitingToRetry: {
      meta: shows('autopilotProfile', '3.4 [F]'),
      after: { retryWait: 'asking' },
      on: { 'network.restored': 'asking' },
    },
    reading: {
      meta: shows('autopilotProfile', '3.4 [D]'),
      always: [
        // A registered profile has precedence over one on the disk (2.1 [D]).
        { guard: 'isAssigned', target: 'assigned' },
        { guard: 'isOffline', target: 'offline' },
        { target: 'readingDisk' },
      ],
    },
    readingDisk: {
      meta: shows('autopilotProfile', '2.5 [D]'),
      invoke: {
        id: 'readProfileOnDisk',
        src: 'readProfileOnDisk',
        onDone: { actions: { type: 'noteDisk', params: answered }, target: 'settling' },
      },
    },
    settling: {
      meta: shows('autopilotProfile', '3.4 [D]'),
      always: [
        { guard: 'isAssigned', target: 'assigned' },
        { guard: 'isNotRegistered', target: 'notRegistered' },
        { guard: 'isNotAssigned', target: 'notAssigned' },
        { guard: 'isMismatch', target: 'mismatch' },
        { target: 'unreachable' },
      ],
    },
    ...endings<AutopilotProfileContext, AutopilotProfileOutcome>({
      assigned: ({ answer }) => {
        if (answer.kind !== 'assigned') throw new Error('a profile was assigned without a profile')
        return { kind: 'assigned', answer, profile: answer.profile }
      },
      notRegistered: ({ answer }) => ({ kind: 'notRegistered', answer }),
      notAssigned: ({ answer }) => ({ kind: 'notAssigned', answer }),
      mismatch: ({ answer }) => ({ kind: 'mismatch', answer }),
      offline: { kind: 'offline' },
      unreachable: ({ answer }) => ({ kind: 'unreachable', answer }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
