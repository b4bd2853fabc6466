import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import type { InstallationOutcome } from './msi-installation.ts'
import {
  fileOf,
  isDownloaded,
  type PackageDownloadInput,
  type PackageDownloadOutcome,
  packageDownloadMachine,
} from './package-download.ts'

export interface MsixInput {
  order: Carried
  /** The dependencies, and the package itself as the last. */
  packages: readonly PackageDownloadInput[]
}

export interface MsixStep {
  order: Carried
  file: Carried
  /** Place in `packages`. */
  at: number
}

export type MsixResult = { kind: 'installed' } | { kind: 'failed'; hresult: number }

export interface MsixContext extends MsixInput {
  at: number
  file: Carried | null
  hresult: number
}

/** One MSIX package, its dependencies first. It is tried once. */
export const msixInstallationMachine = setup({
  types: {} as { input: MsixInput; context: MsixContext; output: InstallationOutcome; meta: StateMeta },
  actors: {
    packageDownload: packageDownloadMachine,
    installPackage: fromPromise<MsixResult, MsixStep>(mustBeProvided('installPackage')),
  },
  guards: {
    isDownloaded,
    isFailed: (_, result: MsixResult) => result.kind === 'failed',
    hasMore: ({ context: { at, packages } }) => at + 1 < packages.length,
  },
  actions: {
    reportStart: mustBeProvided('reportStart'),
    reportSuccess: mustBeProvided('reportSuccess'),
    reportDownloadFailure: mustBeProvided('reportDownloadFailure'),
    noteFile: assign({ file: (_, outcome: PackageDownloadOutcome) => fileOf(outcome) }),
    noteFailure: assign({
      hresult: (_, result: PackageDownloadOutcome | MsixResult) => ('hresult' in result ? result.hresult : 0),
    }),
    takeNext: assign({ at: ({ context }) => context.at + 1 }),
  },
}).createMachine({
  id: 'msixInstallation',
  context: ({ input }) => ({ ...input, at: 0, file: null, hresult: 0 }),
  output: fromEnding<InstallationOutcome>(),
  entry: 'reportStart',
  initial: 'downloading',
  states: {
    downloading: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      invoke: {
        id: 'packageDownload',
        src: 'packageDownload',
        input: ({ context: { packages, at } }) => packages[at]!,
        onDone: [
          {
            guard: { type: 'isDownloaded', params: answered },
            actions: { type: 'noteFile', params: answered },
            target: 'installing',
          },
          { actions: [{ type: 'noteFailure', params: answered }, 'reportDownloadFailure'], target: 'failed' },
        ],
      },
    },
    installing: {
      meta: hidden('mdm-protocols 3.5 [L]'),
      invoke: {
        id: 'installPackage',
        src: 'installPackage',
        input: ({ context: { order, file, at } }) => ({ order, at, file: known(file, 'a file') }),
        onDone: [
          {
            guard: { type: 'isFailed', params: answered },
            actions: { type: 'noteFailure', params: answered },
            target: 'failed',
          },
          { guard: 'hasMore', actions: 'takeNext', target: 'downloading' },
          { actions: 'reportSuccess', target: 'installed' },
        ],
      },
    },
    ...endings<MsixContext, InstallationOutcome>({
      installed: { kind: 'installed' },
      failed: ({ hresult }) => ({ kind: 'failed', hresult }),
    }),
  },
})
