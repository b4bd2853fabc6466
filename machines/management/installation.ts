import { assign, type EventObject, fromCallback, fromPromise, sendParent, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import { type InstallationOutcome, type MsiInput, msiInstallationMachine } from './msi-installation.ts'
import { type MsixInput, msixInstallationMachine } from './msix-installation.ts'
import { type OfficeInput, officeInstallationMachine } from './office-installation.ts'
import { type Win32Input, win32InstallationMachine } from './win32-installation.ts'

/** What is to be done next: one thing at a time, and the server's orders before the extension's apps. */
export type Job =
  | { kind: 'none' }
  /** The management extension asks for its list of apps. */
  | { kind: 'checkIn'; checkIn: Carried }
  | ({ kind: 'msi' } & MsiInput)
  | ({ kind: 'msix' } & MsixInput)
  | ({ kind: 'office' } & OfficeInput)
  | ({ kind: 'win32' } & Win32Input)
  /** The management extension has something to do, and not yet. */
  | { kind: 'later'; waitMs: number }

/** Whose jobs: all of them one after the other, or those of one of the two that install. */
export type Lane = 'all' | 'channel' | 'extension'

export interface InstallationContext {
  lane: Lane
  job: Job
}

type OfKind<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>

/** The job in hand, whose kind the way to the state has settled. */
function jobOf<Kind extends Job['kind']>({ job }: InstallationContext, kind: Kind): OfKind<Kind> {
  if (job.kind !== kind) throw new Error(`the job is ${job.kind}, not ${kind}`)
  return job as OfKind<Kind>
}

/** The installation of what the sessions ordered, and of what the management extension brings. */
export const installationMachine = setup({
  types: {} as {
    input: { lane: Lane }
    context: InstallationContext
    events: { type: 'jobs.queued' }
    meta: StateMeta
  },
  actors: {
    /** Sends `jobs.queued` whenever a session has ordered something: the job does not wait for the session's end. */
    watchOrders: fromCallback<EventObject>(mustBeProvided('watchOrders')),
    nextJob: fromPromise<Job, Lane>(mustBeProvided('nextJob')),
    checkIn: fromPromise<void, Carried>(mustBeProvided('checkIn')),
    msiInstallation: msiInstallationMachine,
    msixInstallation: msixInstallationMachine,
    officeInstallation: officeInstallationMachine,
    win32Installation: win32InstallationMachine,
  },
  guards: {
    isNone: (_, job: Job) => job.kind === 'none',
    isKind: ({ context }, { kind }: Pick<Job, 'kind'>) => context.job.kind === kind,
  },
  actions: {
    note: assign({ job: (_, job: Job) => job }),
    /** The order has come to its end: the next session says how. */
    finishOrder: mustBeProvided('finishOrder') as (_: unknown, outcome: InstallationOutcome) => void,
    tellFinished: sendParent({ type: 'job.finished' }),
  },
  delays: { untilLater: ({ context }) => (context.job.kind === 'later' ? context.job.waitMs : 0) },
}).createMachine({
  id: 'installation',
  context: ({ input: { lane } }) => ({ lane, job: { kind: 'none' } }),
  invoke: { id: 'watchOrders', src: 'watchOrders' },
  initial: 'looking',
  states: {
    // Also after a restart: a job that the power interrupted is still in the tree.
    looking: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'nextJob',
        src: 'nextJob',
        input: ({ context }) => context.lane,
        onDone: [
          { guard: { type: 'isNone', params: answered }, target: 'idle' },
          { actions: { type: 'note', params: answered }, target: 'dispatching' },
        ],
      },
      on: { 'jobs.queued': { target: 'looking', reenter: true } },
    },
    dispatching: {
      meta: hidden('4.5 [M]'),
      always: [
        { guard: { type: 'isKind', params: { kind: 'checkIn' } }, target: 'checkingIn' },
        { guard: { type: 'isKind', params: { kind: 'msi' } }, target: 'installingMsi' },
        { guard: { type: 'isKind', params: { kind: 'msix' } }, target: 'installingMsix' },
        { guard: { type: 'isKind', params: { kind: 'office' } }, target: 'installingOffice' },
        { guard: { type: 'isKind', params: { kind: 'win32' } }, target: 'installingWin32' },
        { target: 'waiting' },
      ],
    },
    checkingIn: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'checkIn',
        src: 'checkIn',
        input: ({ context }) => jobOf(context, 'checkIn').checkIn,
        onDone: 'looking',
      },
    },
    installingMsi: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      invoke: {
        id: 'msiInstallation',
        src: 'msiInstallation',
        input: ({ context }) => jobOf(context, 'msi'),
        onDone: { actions: [{ type: 'finishOrder', params: answered }, 'tellFinished'], target: 'looking' },
      },
    },
    installingMsix: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      invoke: {
        id: 'msixInstallation',
        src: 'msixInstallation',
        input: ({ context }) => jobOf(context, 'msix'),
        onDone: { actions: [{ type: 'finishOrder', params: answered }, 'tellFinished'], target: 'looking' },
      },
    },
    installingOffice: {
      meta: hidden('4.5'),
      invoke: {
        id: 'officeInstallation',
        src: 'officeInstallation',
        input: ({ context }) => jobOf(context, 'office'),
        onDone: { actions: [{ type: 'finishOrder', params: answered }, 'tellFinished'], target: 'looking' },
      },
    },
    installingWin32: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'win32Installation',
        src: 'win32Installation',
        input: ({ context }) => jobOf(context, 'win32'),
        onDone: 'looking',
      },
    },
    waiting: {
      meta: hidden('4.5 [M]'),
      after: { untilLater: 'looking' },
      on: { 'jobs.queued': 'looking' },
    },
    idle: { meta: hidden('4.5 [M]'), on: { 'jobs.queued': 'looking' } },
  },
})
