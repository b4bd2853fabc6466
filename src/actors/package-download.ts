import type { Carried } from '../../machines/carried.ts'
import {
  type Download,
  type PackageDownloadInput,
  packageDownloadMachine,
} from '../../machines/management/package-download.ts'
import { DecodeError, type Result, success } from '../domain/trouble.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import { type AppPackage, decodeAppPackage, type PackageKind } from '../protocols/app-package/app-package.ts'
import { reach } from '../service/connectivity/reach.ts'
import { download } from '../service/content/download.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'

/** What is to be downloaded. */
interface PackageRequest {
  kind: PackageKind
  /** SHA-256 in hex; left out where none is named. */
  fileHash?: string
  /** What a whole file is that is no package: an HRESULT. */
  unreadable: number
  onStep?: (step: 'downloading' | 'waiting' | 'downloaded', url: string) => void
}

const REQUEST = parcel<PackageRequest>()

/** A package that is here and whole, and where it came from. */
export const PACKAGE = parcel<{ content: AppPackage; url: string }>()

export const requestOf = (request: PackageRequest, urls: readonly string[]): PackageDownloadInput => ({
  request: REQUEST.pack(request),
  urls,
})

export const packageDownload = packageDownloadMachine.provide({
  actors: {
    download: working<Download, { request: Carried; url: string }>(async ({ device, service }, input, signal) => {
      const { url } = input
      const { kind, fileHash, unreadable, onStep } = REQUEST.open(input.request)
      if (device.storage.isFull) return { kind: 'failed', hresult: signedOf(CODE.diskFull), isOffline: false }
      onStep?.('downloading', url)
      const way = await reachSource(service, kind, signal)
      const answer = way.ok ? await download(service, url, fileHash, signal) : way
      if (answer.ok) {
        onStep?.('downloaded', url)
        return read(answer.value, kind, url, unreadable)
      }
      const isOffline = !device.network.isOnline
      if (isOffline) onStep?.('waiting', url)
      return { kind: 'failed', hresult: signedOf(answer.trouble.code), isOffline }
    }),
  },
})

/** Content of Win32 apps has other hosts, and the Microsoft Store and Office their own; other kinds come from where the server says. */
async function reachSource(
  service: Bindings['service'],
  kind: PackageKind,
  signal: AbortSignal,
): Promise<Result<void>> {
  if (kind === 'win32') return reach(service, 'content', 'content network', signal)
  if (kind === 'office') return reach(service, 'office', 'Office CDN', signal)
  return kind === 'store' ? reach(service, 'store', 'Microsoft Store', signal) : success(undefined)
}

function read(file: Uint8Array, kind: PackageKind, url: string, unreadable: number): Download {
  const failed = { kind: 'failed', hresult: unreadable, isOffline: false } as const
  try {
    const content = decodeAppPackage(kind, file)
    const isUsable = content.agent === undefined || URL.canParse(content.agent.appsUrl, url)
    return isUsable ? { kind: 'downloaded', file: PACKAGE.pack({ content, url }) } : failed
  } catch (error) {
    if (error instanceof DecodeError) return failed
    throw error
  }
}
