import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import type { InstallationOutcome } from './msi-installation.ts'
import { type PackageDownloadInput, type PackageDownloadOutcome, packageDownloadMachine } from './package-download.ts'

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
    isDownloaded: (_, outcome: PackageDownloadOutcome) => outcome.kind === 'downloaded',
    isFailed: (_, result: InstallationOutcome) => result.kind === 'failed',
  },
  actions: {
    reportStart: mustBeProvided('reportStart'),
    reportDownloadFailure: mustBeProvided('reportDownloadFailure'),
    noteFile: assign({
      file: (_, outcome: PackageDownloadOutcome) => (outcome.kind === 'downloaded' ? outcome.file : null),
    }),
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
        id: 'packageDownload',
        src: 'packageDownload',
        input: ({ context: { request, urls } }) => ({ request, urls }),
        onDone: [
          {
            guard: { type: 'isDownloaded', params: ({ event }) => event.output },
            actions: { type: 'noteFile', params: ({ event }) => event.output },
            target: 'installing',
          },
          {
            actions: [{ type: 'noteFailure', params: ({ event }) => event.output }, 'reportDownloadFailure'],
            target: 'failed',
          },
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
            guard: { type: 'isFailed', params: ({ event }) => event.output },
            actions: { type: 'noteFailure', params: ({ event }) => event.output },
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
