import { assign, type EventObject, enqueueActions, fromCallback, fromPromise, sendParent, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, outputOf } from '../outcomes.ts'
import { hidden, type NetworkEvent, type StateMeta } from '../page.ts'
import { certificatesMachine } from './certificates.ts'
import { installationMachine, type Lane } from './installation.ts'
import { type LoginStatus, type SessionInput, type SessionOutcome, sessionMachine } from './session.ts'

export interface ManagementInput {
  isEnrolled: boolean
  /** `DeviceBehaviour.installersCollide`. */
  installersCollide?: boolean
}

export interface ManagementContext extends ManagementInput {
  loginStatus: LoginStatus
  sessions: number
  nextInMs: number
  /** Why the next session is held, when it is not the schedule. */
  startedBy: SessionInput['startedBy']
  /** Whether certificates are asked for already. */
  asksForCertificates: boolean
}

const endedAs = (kind: SessionOutcome['kind']) => ({ type: 'endedAs' as const, params: { kind } })

const laneOf = ({ installersCollide }: ManagementInput): Lane => (installersCollide ? 'channel' : 'all')

/**
 * The device under management: OMA-DM sessions by the poll schedule, and beside them the installation of what the
 * sessions ordered.
 */
export const managementMachine = setup({
  types: {} as {
    input: ManagementInput
    context: ManagementContext
    events:
      | { type: 'device.enrolled' }
      | { type: 'user.signedIn' }
      | { type: 'device.signedOut' }
      | { type: 'job.finished' }
      | { type: 'push.received' }
      | { type: 'account.disconnected' }
      | { type: 'certificates.ordered' }
      | { type: 'sync.asked' }
      | NetworkEvent
    meta: StateMeta
  },
  actors: {
    session: sessionMachine,
    installation: installationMachine,
    certificates: certificatesMachine,
    /** Sends on what reaches the device from outside of its sessions. */
    watchDevice: fromCallback<EventObject>(mustBeProvided('watchDevice')),
    isOnline: fromPromise<boolean>(mustBeProvided('isOnline')),
  },
  guards: {
    isEnrolled: ({ context }) => context.isEnrolled,
    isOnline: (_, isOnline: boolean) => isOnline,
    endedAs: ({ event }, { kind }: { kind: SessionOutcome['kind'] }) => outputOf<SessionOutcome>(event).kind === kind,
  },
  actions: {
    noteSignIn: assign({ loginStatus: 'user', sessions: 0 }),
    noteSignOut: assign({ loginStatus: 'none' }),
    countSession: assign({
      sessions: ({ context }, outcome: SessionOutcome) =>
        'isNewSchedule' in outcome && outcome.isNewSchedule ? 1 : context.sessions + 1,
      nextInMs: (_, outcome: SessionOutcome) => ('nextInMs' in outcome ? outcome.nextInMs : 0),
      startedBy: undefined,
    }),
    notePush: assign({ startedBy: 'push' }),
    noteUnenrolment: assign({ startedBy: 'unenrolment' }),
    leave: assign({ isEnrolled: false, sessions: 0, startedBy: undefined }),
    tellUnenrolled: sendParent({ type: 'device.unenrolled' }),
    tellRestart: sendParent({ type: 'device.restarting' }),
    tellWiped: sendParent((_, outcome: SessionOutcome) => ({
      type: 'device.wiped',
      what: outcome.kind === 'reset' ? outcome.what : 'everything',
    })),
    askForCertificates: enqueueActions(({ context, enqueue }) => {
      if (context.asksForCertificates) enqueue.sendTo('certificates', { type: 'certificates.ordered' })
      else {
        enqueue.spawnChild('certificates', { id: 'certificates' })
        enqueue.assign({ asksForCertificates: true })
      }
    }),
    beginExtension: enqueueActions(({ context, enqueue }) => {
      if (context.installersCollide)
        enqueue.spawnChild('installation', { id: 'extension', input: { lane: 'extension' } })
    }),
  },
  delays: {
    untilNextSession: ({ context }) => context.nextInMs,
    // Several results are reported in one session, and do not wait for the schedule: an assumption.
    untilReport: 5_000,
  },
}).createMachine({
  id: 'management',
  context: ({ input }) => ({
    ...input,
    loginStatus: 'none',
    sessions: 0,
    nextInMs: 0,
    startedBy: undefined,
    asksForCertificates: false,
  }),
  invoke: [
    { id: 'installation', src: 'installation', input: ({ context }) => ({ lane: laneOf(context) }) },
    { id: 'watchDevice', src: 'watchDevice' },
  ],
  entry: 'beginExtension',
  on: {
    'device.signedOut': { actions: 'noteSignOut' },
    'certificates.ordered': { actions: 'askForCertificates' },
  },
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('mdm-protocols 2.9 [L]'),
      always: [{ guard: 'isEnrolled', target: 'starting' }, { target: 'notEnrolled' }],
    },
    // After a start the first session waits for the network: an assumption.
    starting: {
      meta: hidden('mdm-protocols 2.9 [U]'),
      invoke: {
        id: 'isOnline',
        src: 'isOnline',
        onDone: [{ guard: { type: 'isOnline', params: answered }, target: 'holding' }, { target: 'offline' }],
      },
    },
    offline: {
      meta: hidden('mdm-protocols 2.9 [U]'),
      on: { 'network.restored': 'holding', 'user.signedIn': { actions: 'noteSignIn' } },
    },
    notEnrolled: {
      meta: hidden('mdm-protocols 2.9 [L]'),
      on: { 'device.enrolled': 'holding', 'user.signedIn': { actions: 'noteSignIn' } },
    },
    holding: {
      meta: hidden('mdm-protocols 2 [S]'),
      invoke: {
        id: 'session',
        src: 'session',
        input: ({ context: { loginStatus, sessions, startedBy } }) => ({
          loginStatus,
          sessions,
          ...(startedBy ? { startedBy } : {}),
        }),
        onDone: [
          { guard: endedAs('unenroll'), actions: ['leave', 'tellUnenrolled'], target: 'notEnrolled' },
          { guard: endedAs('restart'), actions: 'tellRestart', target: 'leaving' },
          { guard: endedAs('reset'), actions: { type: 'tellWiped', params: answered }, target: 'leaving' },
          { actions: { type: 'countSession', params: answered }, target: 'waiting' },
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
        'sync.asked': 'holding',
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
    // The first boot ends here, with the power: the parent was told, and does it.
    leaving: { meta: hidden('mdm-protocols 3.4 [L]') },
  },
})
