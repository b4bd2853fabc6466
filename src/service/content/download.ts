import { createHash } from 'node:crypto'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE, codeOfHttpStatus } from '../../domain/windows-codes.ts'
import { reach } from '../connectivity/reach.ts'
import { get, type Service } from '../service.ts'

/** How long the server of a download may take to answer, and how long all of it: BITS waits for days. Assumptions. */
export const DOWNLOAD_LIMITS = { timeoutMs: 3_600_000, totalMs: 14 * 86_400_000 } as const

/** Fetches a package, and checks it against the hash that the server named, if any. */
export async function download(
  service: Service,
  url: string,
  fileHash: string | undefined,
  signal?: AbortSignal,
): Promise<Result<Uint8Array>> {
  await seekPeers(service, signal)
  const options = { operation: 'content download', ...DOWNLOAD_LIMITS, ...(signal ? { signal } : {}) }
  const answer = await service.http.send(get(url), options)
  if (!answer.ok) return answer
  const { status, body } = answer.value
  if (status !== 200) return failure(codeOfHttpStatus(status), `the content server answered with HTTP ${status}`, url)
  if (fileHash === undefined) return success(body)
  const digest = createHash('sha256').update(body).digest('hex')
  if (digest !== fileHash.toLowerCase())
    return failure(CODE.hashMismatch, 'the hash of the package does not match', url)
  return success(body)
}

/** Delivery Optimization looks for other devices first. Without its service a download comes from its own server (5.1 [D]). */
export async function seekPeers(service: Service, signal?: AbortSignal): Promise<void> {
  await reach(service, 'delivery', 'Delivery Optimization', signal)
}
