import { safeText } from '../../domain/safe-text.ts'
import { UserError } from '../../domain/trouble.ts'
import { otlpMetrics } from '../../fleet/otlp.ts'
import { ConnectionTrouble } from '../../ports/http.ts'
import { deadline, every, pause } from '../../ports/stopwatch.ts'
import { targetTransport } from '../../ports/target-transport.ts'
import { wallClock } from '../../ports/wall-clock.ts'
import { VERSION } from '../../run/version.ts'
import { printNote } from '../print.ts'
import type { LiveFleet } from './board.ts'
import type { OtlpAddress } from './otlp-address.ts'

const EVERY_MS = 10_000
/** Of one export. */
const ANSWER_MS = 5_000
/** The last one has all that was measured: it is tried again. */
const LAST_TRIES = 3
const RETRY_MS = 1_000
const RETRY_MAX_MS = 10_000
/** What may be sent again (OTLP 1.9, "Retryable Response Codes"). */
const RETRYABLE: readonly number[] = [429, 502, 503, 504]
const TEXT_MAX = 200

export interface OtlpExport {
  /** Sends all once more, and ends. */
  end(): Promise<void>
}

export interface OtlpOptions {
  everyMs?: number
  retryMs?: number
  tell?: (note: string) => void
}

/** What came of an export: nothing to say, or why it was not taken. */
type Sent = { trouble?: string; retryAfterMs?: number }

/** Sends what is measured to a receiver of OpenTelemetry, from time to time. A fleet never fails by it: trouble is a note, once. */
export function exportMetrics(live: LiveFleet, address: OtlpAddress, options: OtlpOptions = {}): OtlpExport {
  const { everyMs = EVERY_MS, retryMs = RETRY_MS, tell = printNote } = options
  const startedAt = wallClock()
  const transport = targetTransport({ hosts: new Set([address.host]), trust: [], keyOf: () => undefined })
  let known: string | undefined
  let isSending: Promise<Sent> | undefined
  const source = { product: VERSION, fleet: live.plan.id, title: live.plan.title, startedAt }
  const send = async (): Promise<Sent> => {
    const { toPlay: planned, backlog } = live
    const body = JSON.stringify(otlpMetrics(live.totals, { planned, backlog }, { ...source, now: wallClock() }))
    const sent = await post(transport, address, body)
    if (sent.trouble !== undefined && known === undefined) tell(`the metrics were not taken: ${sent.trouble}`)
    if (sent.trouble === undefined && known !== undefined) tell('the metrics are taken again')
    known = sent.trouble
    return sent
  }
  const stop = every(everyMs, () => {
    // One that is under way has what is missing with the next: all of them have everything since the start.
    isSending ??= send().finally(() => {
      isSending = undefined
    })
  })
  return {
    async end() {
      stop()
      await isSending
      for (let left = LAST_TRIES; left > 0; left--) {
        const { retryAfterMs } = await send()
        if (retryAfterMs === undefined) break
        if (left > 1) await pause(Math.min(RETRY_MAX_MS, retryAfterMs || retryMs))
      }
      transport.close()
    },
  }
}

async function post(
  transport: ReturnType<typeof targetTransport>,
  { url, headers }: OtlpAddress,
  body: string,
): Promise<Sent> {
  try {
    const request = {
      method: 'POST' as const,
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      body: new TextEncoder().encode(body),
    }
    const answer = await transport(request, {}, deadline(ANSWER_MS))
    if (answer.status === 200) return partly(new TextDecoder().decode(answer.body))
    const trouble = `${url} answered ${answer.status}`
    if (!RETRYABLE.includes(answer.status)) return { trouble }
    return { trouble, retryAfterMs: Number(answer.headers['retry-after'] ?? '') * 1_000 || 0 }
  } catch (error) {
    // Its name led to an address that is never contacted.
    if (error instanceof UserError) return { trouble: error.message }
    if (error instanceof ConnectionTrouble) return { trouble: error.message, retryAfterMs: 0 }
    if ((error as Error).name === 'AbortError' || (error as Error).name === 'TimeoutError') {
      return { trouble: `${url} did not answer in ${ANSWER_MS / 1_000} s`, retryAfterMs: 0 }
    }
    throw error
  }
}

/** `partial_success`: a part was refused, and must not be sent again; or it is a hint, with nothing refused. */
function partly(text: string): Sent {
  let answer: { partialSuccess?: { rejectedDataPoints?: string | number; errorMessage?: string } }
  try {
    answer = JSON.parse(text || '{}') as typeof answer
  } catch {
    return {}
  }
  const { rejectedDataPoints = 0, errorMessage = '' } = answer.partialSuccess ?? {}
  if (Number(rejectedDataPoints) === 0) return {}
  return { trouble: `${Number(rejectedDataPoints)} data points were refused: ${safeText(errorMessage, TEXT_MAX)}` }
}
