import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import {
  DOWNLOAD,
  fileOf,
  type PackageDownloadInput,
  type PackageDownloadOutcome,
  packageDownloadMachine,
} from './package-download.ts'

export interface Win32Input extends PackageDownloadInput {
  app: Carried
  /** Its requirements are met. */
  isApplicable: boolean
  /** Its detection rule finds it before anything was done. */
  isPresent?: boolean
  /** An app that it depends on is not there. */
  lacksDependency?: boolean
  /** Older apps are there that it replaces: each in turn is uninstalled. */
  replaces?: readonly Carried[]
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

/** `kept`: its uninstaller ran, and the app is there still. */
export type Win32Removal = { kind: 'removed' } | { kind: 'kept' }

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
  /** How many of the older apps are gone. */
  removed: number
}

/** A Win32 app of the management extension: detect, install, detect. What became of it is in the tree. */
export const win32InstallationMachine = setup({
  types: {} as { input: Win32Input; context: Win32Context; output: Win32Outcome; meta: StateMeta },
  actors: {
    packageDownload: packageDownloadMachine,
    uninstallApp: fromPromise<Win32Removal, { app: Carried; old: Carried }>(mustBeProvided('uninstallApp')),
    installApp: fromPromise<Win32Try, Win32Step>(mustBeProvided('installApp')),
  },
  guards: {
    lacksRequirements: ({ context }) => !context.isApplicable,
    isPresent: ({ context }) => context.isPresent === true,
    lacksDependency: ({ context }) => context.lacksDependency === true && context.isPresent !== true,
    hasMoreToRemove: ({ context: { replaces = [], removed } }) => removed < replaces.length,
    isKept: (_, { kind }: Win32Removal) => kind === 'kept',
    isOver: (_, { kind }: Win32Try) => kind === 'over',
  },
  actions: {
    reportSkip: mustBeProvided('reportSkip'),
    reportPresent: mustBeProvided('reportPresent'),
    reportLack: mustBeProvided('reportLack'),
    countRemoval: assign({ removed: ({ context }) => context.removed + 1 }),
    reportStart: mustBeProvided('reportStart'),
    noteFile: assign({ file: (_, outcome: PackageDownloadOutcome) => fileOf(outcome) }),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
  },
  delays: { retryInterval: ({ context }) => context.retryMs },
}).createMachine({
  id: 'win32Installation',
  context: ({ input }) => ({ ...input, file: null, tries: 1, removed: 0 }),
  output: fromEnding<Win32Outcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('4.5 [M]'),
      always: [
        { guard: 'lacksRequirements', actions: 'reportSkip', target: 'over' },
        { guard: 'lacksDependency', actions: 'reportLack', target: 'over' },
        { guard: 'hasMoreToRemove', target: 'uninstalling' },
        { guard: 'isPresent', actions: 'reportPresent', target: 'over' },
        { actions: 'reportStart', target: 'downloading' },
      ],
    },
    // A newer app replaces it: where it stays, the newer one is not installed (Microsoft Learn, Add Win32 app supersedence [D]).
    uninstalling: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'uninstallApp',
        src: 'uninstallApp',
        input: ({ context: { app, replaces = [], removed } }) => ({
          app,
          old: known(replaces[removed], 'an older app'),
        }),
        onDone: [
          { guard: { type: 'isKept', params: answered }, target: 'over' },
          { actions: 'countRemoval', target: 'deciding' },
        ],
      },
    },
    downloading: {
      meta: hidden('4.5 [M]'),
      invoke: {
        ...DOWNLOAD,
        onDone: { actions: { type: 'noteFile', params: answered }, target: 'installing' },
      },
    },
    installing: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'installApp',
        src: 'installApp',
        input: ({ context: { app, file, tries } }) => ({ app, file, tries }),
        onDone: [{ guard: { type: 'isOver', params: answered }, target: 'over' }, { target: 'waitingToRetry' }],
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
