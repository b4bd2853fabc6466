import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import type { InstallationOutcome } from './msi-installation.ts'
import {
  DOWNLOAD,
  fileOf,
  isDownloaded,
  type PackageDownloadInput,
  type PackageDownloadOutcome,
  packageDownloadMachine,
} from './package-download.ts'

export interface OfficeInput extends PackageDownloadInput {
  order: Carried
}

export interface OfficeStep {
  order: Carried
  file: Carried
}

export interface OfficeContext extends OfficeInput {
  file: Carried | null
  hresult: number
}

/** Microsoft 365 Apps by the Office CSP: the files come, and the Office Deployment Tool installs them. It is tried once. */
export const officeInstallationMachine = setup({
  types: {} as { input: OfficeInput; context: OfficeContext; output: InstallationOutcome; meta: StateMeta },
  actors: {
    packageDownload: packageDownloadMachine,
    installOffice: fromPromise<InstallationOutcome, OfficeStep>(mustBeProvided('installOffice')),
  },
  guards: {
    isDownloaded,
    isFailed: (_, result: InstallationOutcome) => result.kind === 'failed',
  },
  actions: {
    reportStart: mustBeProvided('reportStart'),
    reportDownloadFailure: mustBeProvided('reportDownloadFailure'),
    noteFile: assign({ file: (_, outcome: PackageDownloadOutcome) => fileOf(outcome) }),
    noteFailure: assign({
      hresult: (_, result: PackageDownloadOutcome | InstallationOutcome) => ('hresult' in result ? result.hresult : 0),
    }),
  },
}).createMachine({
  id: 'officeInstallation',
  context: ({ input }) => ({ ...input, file: null, hresult: 0 }),
  output: fromEnding<InstallationOutcome>(),
  entry: 'reportStart',
  initial: 'downloading',
  states: {
    downloading: {
      meta: hidden('4.5'),
      invoke: {
        ...DOWNLOAD,
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
      meta: hidden('4.5', '4.6 [F]'),
      invoke: {
        id: 'installOffice',
        src: 'installOffice',
        input: ({ context: { order, file } }) => ({ order, file: known(file, 'a file') }),
        onDone: [
          {
            guard: { type: 'isFailed', params: answered },
            actions: { type: 'noteFailure', params: answered },
            target: 'failed',
          },
          { target: 'installed' },
        ],
      },
    },
    ...endings<OfficeContext, InstallationOutcome>({
      installed: { kind: 'installed' },
      failed: ({ hresult }) => ({ kind: 'failed', hresult }),
    }),
  },
})
