import { assign, fromCallback, fromPromise, raise, sendParent, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { hidden, type NetworkEvent, type StateMeta } from '../page.ts'

export interface ManagementInput {
  isEnrolled: boolean
}

/** Who is at the device, as `com.microsoft/MDM/LoginStatus` puts it. */
export type LoginStatus = 'none' | 'user' | 'others'

export interface SessionInput {
  loginStatus: LoginStatus
  /** How many sessions were held since the schedule began. */
  sessions: number
  /** Left out: the device's own schedule. */
  startedBy?: 'push' | 'unenrolment'
}

/** What a session leaves behind. A failed one is retried by the same schedule; the others are what the server asked for. */
export interface SessionResult {
  kind: 'done' | 'failed' | 'unenroll' | 'restart' | 'reset'
  /** Virtual milliseconds until the next session: by the poll schedule, or sooner when results wait to be reported. */
  nextInMs: number
  /** The server has changed the schedule: it begins anew. */
  isNewSchedule?: boolean
}

export interface JobResult {
  /** True when the server wants to hear how it ended. */
  hasResult: boolean
  remaining: number
}

export interface ManagementContext extends ManagementInput {
  loginStatus: LoginStatus
  sessions: number
  nextInMs: number
  /** Why the next session is held, when it is not the schedule. */
  startedBy: SessionInput['startedBy']
}

const endedAs = (kind: SessionResult['kind']) => ({
  type: 'endedAs' as const,
  params: ({ event }: { event: { output: SessionResult } }) => ({ is: event.output.kind, kind }),
})

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
      | { type: 'device.signedOut' }
      | { type: 'jobs.queued' }
      | { type: 'job.finished' }
      | { type: 'push.received' }
      | { type: 'account.disconnected' }
      | NetworkEvent
    meta: StateMeta
  },
  actors: {
    holdSession: fromPromise<SessionResult, SessionInput>(mustBeProvided('holdSession')),
    runNextJob: fromPromise<JobResult>(mustBeProvided('runNextJob')),
    /** Sends `jobs.queued` whenever a session has ordered something: the job does not wait for the session's end. */
    watchOrders: fromCallback<{ type: 'jobs.queued' }>(mustBeProvided('watchOrders')),
    /** Sends on what reaches the device from outside of its sessions. */
    watchDevice: fromCallback<{ type: 'push.received' | 'account.disconnected' }>(mustBeProvided('watchDevice')),
  },
  guards: {
    isEnrolled: ({ context }) => context.isEnrolled,
    endedAs: (_, { is, kind }: { is: string; kind: string }) => is === kind,
    hasResult: (_, result: JobResult) => result.hasResult,
    hasMoreJobs: (_, result: JobResult) => result.remaining > 0,
    hasResultAndMoreJobs: (_, result: JobResult) => result.hasResult && result.remaining > 0,
  },
  actions: {
    noteSignIn: assign({ loginStatus: 'user', sessions: 0 }),
    noteSignOut: assign({ loginStatus: 'none' }),
    countSession: assign({
      sessions: ({ context }, result: SessionResult) => (result.isNewSchedule ? 1 : context.sessions + 1),
      nextInMs: (_, result: SessionResult) => result.nextInMs,
      startedBy: undefined,
    }),
    notePush: assign({ startedBy: 'push' }),
    noteUnenrolment: assign({ startedBy: 'unenrolment' }),
    leave: assign({ isEnrolled: false, sessions: 0, startedBy: undefined }),
    tellUnenrolled: sendParent({ type: 'device.unenrolled' }),
    tellRestart: sendParent({ type: 'device.restarting' }),
    tellWiped: sendParent({ type: 'device.wiped' }),
  },
  delays: {
    untilNextSession: ({ context }) => context.nextInMs,
    // A result is worth a session of its own, but not one for each of several jobs: an assumption.
    untilReport: 5_000,
  },
}).createMachine({
  id: 'management',
  type: 'parallel',
  context: ({ input }) => ({ ...input, loginStatus: 'none', sessions: 0, nextInMs: 0, startedBy: undefined }),
  invoke: [
    { id: 'watchOrders', src: 'watchOrders' },
    { id: 'watchDevice', src: 'watchDevice' },
  ],
  on: { 'device.signedOut': { actions: 'noteSignOut' } },
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
            input: ({ context: { loginStatus, sessions, startedBy } }) => ({
              loginStatus,
              sessions,
              ...(startedBy ? { startedBy } : {}),
            }),
            onDone: [
              { guard: endedAs('unenroll'), actions: ['leave', 'tellUnenrolled'], target: 'notEnrolled' },
              { guard: endedAs('restart'), actions: 'tellRestart', target: 'leaving' },
              { guard: endedAs('reset'), actions: 'tellWiped', target: 'leaving' },
              { actions: { type: 'countSession', params: ({ event }) => event.output }, target: 'waiting' },
            ],
          },
          on: {
            'user.signedIn': { actions: 'noteSignIn', target: 'holding', reenter: true },
            'account.disconnected': { actions: 'noteUnenrolment', target: 'holding', reenter: true },
          },
        },
        waiting: {
          meta: hidden('mdm-protocols 2.9 [L]'),
          after: { untilNextSession: 'holding' },
          on: {
            'user.signedIn': { actions: 'noteSignIn', target: 'holding' },
            'network.restored': 'holding',
            'job.finished': 'reporting',
            'push.received': { actions: 'notePush', target: 'holding' },
            'account.disconnected': { actions: 'noteUnenrolment', target: 'holding' },
          },
        },
        reporting: {
          meta: hidden('mdm-protocols 2.5 [U]'),
          after: { untilReport: 'holding' },
          on: {
            'user.signedIn': { actions: 'noteSignIn', target: 'holding' },
            'push.received': { actions: 'notePush', target: 'holding' },
            'account.disconnected': { actions: 'noteUnenrolment', target: 'holding' },
          },
        },
        // The first boot ends here, with the power: whoever was told sees to it.
        leaving: { meta: hidden('mdm-protocols 3.4 [L]') },
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
                guard: { type: 'hasResultAndMoreJobs', params: ({ event }) => event.output },
                actions: raise({ type: 'job.finished' }),
                target: 'looking',
                reenter: true,
              },
              {
                guard: { type: 'hasMoreJobs', params: ({ event }) => event.output },
                target: 'looking',
                reenter: true,
              },
              {
                guard: { type: 'hasResult', params: ({ event }) => event.output },
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
