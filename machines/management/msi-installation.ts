import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import {
  DOWNLOAD,
  fileOf,
  isDownloaded,
  type PackageDownloadInput,
  type PackageDownloadOutcome,
  packageDownloadMachine,
} from './package-download.ts'

export interface MsiInput extends PackageDownloadInput {
  order: Carried
  /** Tries that were made before: the order outlives a restart. */
  attempts: number
  /** `RetryCount` and `RetryInterval` of its Enforcement. */
  retryCount: number
  retryIntervalMs: number
}

/** What a try was at when it failed. */
export type MsiPhase = 'download' | 'enforcement'

export type Enforcement =
  | { kind: 'done' }
  /** `isFinal`: another try would end the same. */
  | { kind: 'failed'; hresult: number; isFinal: boolean }

/** How an installation ended; an HRESULT as a signed number, 0 for a success. */
export type InstallationOutcome = { kind: 'installed' } | { kind: 'failed'; hresult: number }

export interface MsiContext extends MsiInput {
  file: Carried | null
  during: MsiPhase
  hresult: number
}

const failedDuring = (during: MsiPhase) =>
  ({
    type: 'noteFailure',
    params: ({ event }: { event: { output: PackageDownloadOutcome | Enforcement } }) => ({
      during,
      result: event.output,
    }),
  }) as const

/** "The download and installation operation will be retried": both count (EnterpriseDesktopAppManagement CSP). */
export const msiInstallationMachine = setup({
  types: {} as { input: MsiInput; context: MsiContext; output: InstallationOutcome; meta: StateMeta },
  actors: {
    packageDownload: packageDownloadMachine,
    enforceMsi: fromPromise<Enforcement, { order: Carried; file: Carried }>(mustBeProvided('enforceMsi')),
  },
  guards: {
    isDownloaded,
    isDone: (_, result: Enforcement) => result.kind === 'done',
    isFinal: (_, result: Enforcement) => result.kind === 'failed' && result.isFinal,
    mayRetry: ({ context: { attempts, retryCount } }) => attempts <= retryCount,
  },
  actions: {
    countTry: assign({ attempts: ({ context }) => context.attempts + 1 }),
    /** The order keeps how often it was tried. */
    keepTry: mustBeProvided('keepTry'),
    noteFile: assign({ file: (_, outcome: PackageDownloadOutcome) => fileOf(outcome) }),
    noteFailure: assign({
      during: (_, { during }: { during: MsiPhase; result: PackageDownloadOutcome | Enforcement }) => during,
      hresult: (_, { result }) => ('hresult' in result ? result.hresult : 0),
    }),
    reportPending: mustBeProvided('reportPending'),
    reportSuccess: mustBeProvided('reportSuccess'),
    reportFailure: mustBeProvided('reportFailure'),
  },
  delays: { retryInterval: ({ context }) => context.retryIntervalMs },
}).createMachine({
  id: 'msiInstallation',
  context: ({ input }) => ({ ...input, file: null, during: 'download', hresult: 0 }),
  output: fromEnding<InstallationOutcome>(),
  initial: 'downloading',
  states: {
    downloading: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      entry: ['countTry', 'keepTry'],
      invoke: {
        ...DOWNLOAD,
        onDone: [
          {
            guard: { type: 'isDownloaded', params: answered },
            actions: { type: 'noteFile', params: answered },
            target: 'enforcing',
          },
          { actions: failedDuring('download'), target: 'judging' },
        ],
      },
    },
    enforcing: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      invoke: {
        id: 'enforceMsi',
        src: 'enforceMsi',
        input: ({ context: { order, file } }) => ({ order, file: known(file, 'a file') }),
        onDone: [
          { guard: { type: 'isDone', params: answered }, actions: 'reportSuccess', target: 'installed' },
          {
            guard: { type: 'isFinal', params: answered },
            actions: [failedDuring('enforcement'), 'reportFailure'],
            target: 'failed',
          },
          { actions: failedDuring('enforcement'), target: 'judging' },
        ],
      },
    },
    judging: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      always: [
        { guard: 'mayRetry', target: 'waitingToRetry' },
        { actions: 'reportFailure', target: 'failed' },
      ],
    },
    waitingToRetry: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      entry: 'reportPending',
      after: { retryInterval: 'downloading' },
    },
    ...endings<MsiContext, InstallationOutcome>({
      installed: { kind: 'installed' },
      failed: ({ hresult }) => ({ kind: 'failed', hresult }),
    }),
  },
})
