import { CONNECTION_HINTS } from '../domain/connection-hints.ts'
import type { Target } from '../domain/target.ts'
import { originsOf } from '../domain/target-hosts.ts'
import { InfrastructureError } from '../domain/trouble.ts'
import { ConnectionTrouble } from '../ports/http.ts'
import { deadline } from '../ports/stopwatch.ts'
import { targetTransport } from '../ports/target-transport.ts'
import { connectionTo } from './target.ts'

/** As long as a device would wait for a connection: an assumption. */
const CONNECT_MAX_MS = 20_000

/**
 * Connects to every origin of a target once, before a device does: what is wrong with a command line should not look like a school
 * without internet. Nothing is asked over the connection, since Windows would not. Codes `ERR_SERVICE_UNREACHABLE`, `ERR_SERVICE_SILENT`, and those of the guard.
 */
export async function checkTarget(target: Target): Promise<void> {
  const transport = targetTransport({ ...connectionTo(target), keyOf: () => undefined })
  let asked = ''
  const signal = deadline(CONNECT_MAX_MS)
  try {
    for (const url of originsOf(target)) {
      asked = url
      await transport.connect(url, signal)
    }
  } catch (error) {
    if (signal.aborted) {
      const text = `${target.title} does not answer: ${asked}, within ${CONNECT_MAX_MS / 1000} s`
      throw new InfrastructureError('ERR_SERVICE_SILENT', text, { cause: error })
    }
    if (!(error instanceof ConnectionTrouble)) throw error
    throw unreachable(target, error)
  } finally {
    transport.close()
  }
}

/** What ends a command whose target cannot be connected to. Code `ERR_SERVICE_UNREACHABLE`. */
export function unreachable({ title }: Target, error: ConnectionTrouble): InfrastructureError {
  const hint = CONNECTION_HINTS[error.code]
  const message = `${title} cannot be reached: ${error.message} (${error.code})${hint ? `. ${hint}` : ''}`
  return new InfrastructureError('ERR_SERVICE_UNREACHABLE', message, { cause: error })
}
