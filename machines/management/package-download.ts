import { assign, fromPromise, setup } from 'xstate'
import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'

export interface PackageDownloadInput {
  /** What is to be downloaded, and for which installation. */
  request: Carried
  /** Tried in turn. */
  urls: readonly string[]
}

export type Download =
  | { kind: 'downloaded'; file: Carried }
  /** `isOffline`: there is no network, and the same address is tried again. */
  | { kind: 'failed'; hresult: number; isOffline: boolean }

export type PackageDownloadOutcome =
  | { kind: 'downloaded'; file: Carried }
  /** An HRESULT as a signed number. */
  | { kind: 'failed'; hresult: number }

export interface PackageDownloadContext extends PackageDownloadInput {
  at: number
  file: Carried | null
  hresult: number
}

/** A package from one of its addresses. A download without a network waits and continues, as BITS does. */
export const packageDownloadMachine = setup({
  types: {} as {
    input: PackageDownloadInput
    context: PackageDownloadContext
    output: PackageDownloadOutcome
    meta: StateMeta
  },
  actors: { download: fromPromise<Download, { request: Carried; url: string }>(mustBeProvided('download')) },
  guards: {
    hasAddress: ({ context }) => context.at < context.urls.length,
    isDownloaded: (_, download: Download) => download.kind === 'downloaded',
    isOffline: (_, download: Download) => download.kind === 'failed' && download.isOffline,
  },
  actions: {
    noteFile: assign({ file: (_, download: Download) => ('file' in download ? download.file : null) }),
    noteFailure: assign({ hresult: (_, download: Download) => ('hresult' in download ? download.hresult : 0) }),
    takeNext: assign({ at: ({ context }) => context.at + 1 }),
  },
  // How often a download without a network looks for one is an assumption.
  delays: { networkWait: 30_000 },
}).createMachine({
  id: 'packageDownload',
  context: ({ input: { request, urls } }) => ({
    request,
    urls: urls.filter((url) => /^https?:\/\//i.test(url)),
    at: 0,
    file: null,
    // The device has no file share and no staged file.
    hresult: signedOf(CODE.networkPathNotFound),
  }),
  output: fromEnding<PackageDownloadOutcome>(),
  initial: 'choosingAddress',
  states: {
    choosingAddress: {
      meta: hidden('4.5 [M]'),
      always: [{ guard: 'hasAddress', target: 'downloading' }, { target: 'failed' }],
    },
    downloading: {
      meta: hidden('4.5 [M]'),
      invoke: {
        id: 'download',
        src: 'download',
        input: ({ context: { request, urls, at } }) => ({ request, url: urls[at]! }),
        onDone: [
          {
            guard: { type: 'isDownloaded', params: answered },
            actions: { type: 'noteFile', params: answered },
            target: 'downloaded',
          },
          {
            guard: { type: 'isOffline', params: answered },
            actions: { type: 'noteFailure', params: answered },
            target: 'waitingForNetwork',
          },
          { actions: [{ type: 'noteFailure', params: answered }, 'takeNext'], target: 'choosingAddress' },
        ],
      },
    },
    waitingForNetwork: { meta: hidden('4.5 [M]'), after: { networkWait: 'downloading' } },
    ...endings<PackageDownloadContext, PackageDownloadOutcome>({
      downloaded: ({ file }) => ({ kind: 'downloaded', file: known(file, 'a file') }),
      failed: ({ hresult }) => ({ kind: 'failed', hresult }),
    }),
  },
})

/** The child of an installation that downloads one package. */
export const DOWNLOAD = {
  id: 'packageDownload',
  src: 'packageDownload',
  input: ({ context: { request, urls } }: { context: PackageDownloadInput }) => ({ request, urls }),
} as const

/** The guard of its success. */
export const isDownloaded = (_: unknown, outcome: PackageDownloadOutcome): boolean => outcome.kind === 'downloaded'

export const fileOf = (outcome: PackageDownloadOutcome): Carried | null =>
  outcome.kind === 'downloaded' ? outcome.file : null
