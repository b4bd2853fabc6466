import { assign, fromCallback, fromPromise, raise, setup } from 'xstate'
import { mustBeProvided } from './must-be-provided.ts'
import { hidden, type NetworkEvent, type StateMeta } from './page.ts'

export interface ManagementInput {
  isEnrolled: boolean
}

/** Who is at the device, as `com.microsoft/MDM/LoginStatus` puts it. */
export type LoginStatus = 'none' | 'user' | 'others'

export interface SessionInput {
  loginStatus: LoginStatus
  /** How many sessions were held since the schedule began. */
  sessions: number
}

/** What a session leaves behind. A failed one is retried by the same schedule. */
export interface SessionResult {
  kind: 'done' | 'failed'
  /** Virtual milliseconds until the next session: by the poll schedule, or sooner when results wait to be reported. */
  nextInMs: number
}

export interface JobResult {
  /** False when there was nothing to do. */
  ran: boolean
  remaining: number
}

export interface ManagementContext extends ManagementInput {
  loginStatus: LoginStatus
  sessions: number
  nextInMs: number
}

/**
 * The device under management: OMA-DM sessions by the poll schedule, and beside them the installation of what the
 * sessions ordered, one job at a time.
 */
export const managementMachine = setup({
  types: {} as {
    input: ManagementInput
    context: ManagementContext
    events:
      | { type: 'device.enrolled' }
      | { type: 'user.signedIn' }
      | { type: 'jobs.queued' }
      | { type: 'job.finished' }
      | NetworkEvent
    meta: StateMeta
  },
  actors: {
    holdSession: fromPromise<SessionResult, SessionInput>(mustBeProvided('holdSession')),
    runNextJob: fromPromise<JobResult>(mustBeProvided('runNextJob')),
    /** Sends `jobs.queued` whenever a session has ordered something: the job does not wait for the session's end. */
    watchOrders: fromCallback<{ type: 'jobs.queued' }>(mustBeProvided('watchOrders')),
  },
  guards: {
    isEnrolled: ({ context }) => context.isEnrolled,
    hasRun: (_, result: JobResult) => result.ran,
    hasMoreJobs: (_, result: JobResult) => result.remaining > 0,
  },
  actions: {
    noteSignIn: assign({ loginStatus: 'user', sessions: 0 }),
    countSession: assign({
      sessions: ({ context }) => context.sessions + 1,
      nextInMs: (_, result: SessionResult) => result.nextInMs,
    }),
  },
  delays: {
    untilNextSession: ({ context }) => context.nextInMs,
    // A result is worth a session of its own, but not one for each of several jobs: an assumption.
    untilReport: 5_000,
  },
}).createMachine({
  id: 'management',
  type: 'parallel',
  context: ({ input }) => ({ ...input, loginStatus: 'none', sessions: 0, nextInMs: 0 }),
  invoke: { id: 'watchOrders', src: 'watchOrders' },
  states: {
    sessions: {
      initial: 'deciding',
      states: {
        deciding: {
          meta: hidden('mdm-protocols 2.9 [L]'),
          always: [{ guard: 'isEnrolled', target: 'holding' }, { target: 'notEnrolled' }],
        },
        notEnrolled: {
          meta: hidden('mdm-protocols 2.9 [L]'),
          on: { 'device.enrolled': 'holding', 'user.signedIn': { actions: 'noteSignIn' } },
        },
        holding: {
          meta: hidden('mdm-protocols 2 [S]'),
          invoke: {
            id: 'holdSession',
            src: 'holdSession',
            input: ({ context }) => ({ loginStatus: context.loginStatus, sessions: context.sessions }),
            onDone: {
              actions: { type: 'countSession', params: ({ event }) => event.output },
              target: 'waiting',
            },
          },
          on: { 'user.signedIn': { actions: 'noteSignIn', target: 'holding', reenter: true } },
        },
        waiting: {
          meta: hidden('mdm-protocols 2.9 [L]'),
          after: { untilNextSession: 'holding' },
          on: {
            'user.signedIn': { actions: 'noteSignIn', target: 'holding' },
            'network.restored': 'holding',
            'job.finished': 'reporting',
          },
        },
        reporting: {
          meta: hidden('mdm-protocols 2.5 [U]'),
          after: { untilReport: 'holding' },
          on: { 'user.signedIn': { actions: 'noteSignIn', target: 'holding' } },
        },
      },
    },
    installation: {
      initial: 'looking',
      states: {
        // Also after a restart: a job that the power interrupted is still in the tree.
        looking: {
          meta: hidden('4.5 [M]'),
          invoke: {
            id: 'runNextJob',
            src: 'runNextJob',
            onDone: [
              {
                guard: { type: 'hasMoreJobs', params: ({ event }) => event.output },
                actions: raise({ type: 'job.finished' }),
                target: 'looking',
                reenter: true,
              },
              {
                guard: { type: 'hasRun', params: ({ event }) => event.output },
                actions: raise({ type: 'job.finished' }),
                target: 'idle',
              },
              { target: 'idle' },
            ],
          },
        },
        idle: { meta: hidden('4.5 [M]'), on: { 'jobs.queued': 'looking' } },
      },
    },
  },
})
