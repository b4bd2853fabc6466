import { DecodeError } from '../domain/trouble.ts'
import { type AppPackage, decodeAppPackage, type PackageKind } from '../protocols/app-package/app-package.ts'
import { download } from '../service/download.ts'
import type { Bindings } from './bindings.ts'

/** A download without a network waits and goes on, as BITS does; how often it looks is an assumption. */
const NETWORK_WAIT_MS = 30_000
/** ERROR_BAD_NETPATH: there is no file share and no staged file here. */
const BAD_NETPATH = 0x80070035 | 0

/** What msiexec's results are as HRESULTs: 0x80070000 + code. */
export const win32 = (code: number): number => (0x80070000 + code) | 0

/** Installed, and not found afterwards. */
const NOT_DETECTED = 0x87d1041c | 0

export interface Fetching {
  kind: PackageKind
  /** Tried in turn. */
  urls: readonly string[]
  /** SHA-256 in hex; left out where nobody names one. */
  fileHash?: string
  /** What a whole file is that is no package: an HRESULT. */
  unreadable: number
  onStep?: (step: 'downloading' | 'waiting' | 'downloaded', url: string) => void
}

/** A package that is here and whole, and where it came from; or an HRESULT as a signed number. */
export async function fetchPackage(
  { device, service, timeline }: Bindings,
  { kind, urls, fileHash, unreadable, onStep }: Fetching,
  signal: AbortSignal,
): Promise<{ content: AppPackage; url: string } | number> {
  let lastError = BAD_NETPATH
  for (const url of urls.filter((each) => /^https?:\/\//i.test(each))) {
    for (;;) {
      onStep?.('downloading', url)
      const answer = await download(service, url, fileHash, signal)
      if (answer.ok) {
        onStep?.('downloaded', url)
        return read(answer.value, kind, url, unreadable)
      }
      lastError = Number.parseInt(answer.trouble.code, 16) | 0
      if (device.network.isOnline) break
      onStep?.('waiting', url)
      await timeline.sleep(NETWORK_WAIT_MS, signal)
    }
  }
  return lastError
}

function read(file: Uint8Array, kind: PackageKind, url: string, unreadable: number) {
  try {
    const content = decodeAppPackage(kind, file)
    const isUsable = content.agent === undefined || URL.canParse(content.agent.appsUrl, url)
    return isUsable ? { content, url } : unreadable
  } catch (error) {
    if (error instanceof DecodeError) return unreadable
    throw error
  }
}

/** How the installer ended: 0, or an HRESULT as a signed number. Both kinds of a restart are a success. */
export function resultOf({ exitCode, isDetected }: AppPackage): number {
  if (![0, 3010, 1641].includes(exitCode)) return win32(exitCode)
  return isDetected ? 0 : NOT_DETECTED
}
