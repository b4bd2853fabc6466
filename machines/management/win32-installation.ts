import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import { type PackageDownloadInput, type PackageDownloadOutcome, packageDownloadMachine } from './package-download.ts'

export interface Win32Input extends PackageDownloadInput {
  app: Carried
  /** Its requirements are met. */
  isApplicable: boolean
  /** Milliseconds between two tries of an installer that says "retry". */
  retryMs: number
}

export interface Win32Step {
  app: Carried
  /** Null when the download failed. */
  file: Carried | null
  /** Of the installer, this one included. */
  tries: number
}

export type Win32Try =
  | { kind: 'over' }
  /** Its return code says so, and it has tries left. */
  | { kind: 'retry' }

export interface Win32Outcome {
  kind: 'over'
}

export interface Win32Context extends Win32Input {
  file: Carried | null
  tries: number
}

/** A Win32 app of the management extension: detect, install, detect. What became of it is in the tree. */
export const win32InstallationMachine = setup({
  types: {} as { input: Win32Input; context: Win32Context; output: Win32Outcome; meta: StateMeta },
  actors: {
    packageDownload: packageDownloadMachine,
    installApp: fromPromise<Win32Try, Win32Step>(mustBeProvided('installApp')),
  },
  guards: {
    isApplicable: ({ context }) => context.isApplicable,
    isOver: (_, { kind }: Win32Try) => kind === 'over',
  },
  actions: {
    reportSkip: mustBeProvided('reportSkip'),
    reportStart: mustBeProvided('reportStart'),
    noteFile: assign({
      file: (_, outcome: PackageDownloadOutcome) => (outcome.kind === 'downloaded' ? outcome.file : null),
    }),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
  },
  delays: { retryInterval: ({ context }) => context.retryMs },
}).createMachine({
  id: 'win32Installation',
  context: ({ input }) => ({ ...input, file: null, tries: 1 }),
  output: fromEnding<Win32Outcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('4.5 [M]'),
      always: [
        { guard: 'isApplicable', actions: 'reportStart', target: 'downloading' },
        { actions: 'reportSkip', target: 'over' },
      ],
    },
    downloading: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'packageDownload',
        src: 'packageDownload',
        input: ({ context: { request, urls } }) => ({ request, urls }),
        onDone: { actions: { type: 'noteFile', params: ({ event }) => event.output }, target: 'installing' },
      },
    },
    installing: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'installApp',
        src: 'installApp',
        input: ({ context: { app, file, tries } }) => ({ app, file, tries }),
        onDone: [
          { guard: { type: 'isOver', params: ({ event }) => event.output }, target: 'over' },
          { target: 'waitingToRetry' },
        ],
      },
    },
    // The extension waits for it, and begins nothing else: an assumption.
    waitingToRetry: {
      meta: hidden('4.5 [U]'),
      after: { retryInterval: { actions: 'countTry', target: 'installing' } },
    },
    ...endings<Win32Context, Win32Outcome>({ over: { kind: 'over' } }),
  },
})
