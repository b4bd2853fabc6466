import { hash } from 'node:crypto'
import { DECLARED_LENGTH, type HttpRequest, type HttpResponse, shownUrl, wholeBytes } from '../domain/http.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { NetworkCause } from '../domain/network.ts'
import { failure, InfrastructureError, type Result, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { wireBody, wireHeaders } from '../domain/wire.ts'
import {
  type Authorities,
  type Caller,
  ConnectionTrouble,
  type Directive,
  type FaultGate,
  type HttpClient,
  type NetworkGate,
  type SendOptions,
  type Transport,
} from './http.ts'
import type { Timeline } from './timeline.ts'

export interface ExchangeParts {
  timeline: Timeline
  journal: JournalWriter
  network: NetworkGate
  faults: FaultGate
  transport: Transport
  /** A body as it may be written down: what no mask can read becomes text. */
  shown?: (headers: Readonly<Record<string, string>>, body: Uint8Array) => Uint8Array
  /** What the device's certificate stores hold by now. */
  authorities?: () => Authorities | undefined
  /** Whether an answer that is shorter than announced is taken; no when left out. */
  takesShortAnswers?: () => boolean
  /** Real milliseconds that real I/O may take before the run ends with an infrastructure error. */
  guardMs?: number
  /** Real I/O that is under way when the run ends is given up. */
  over?: AbortSignal
}

const TIMEOUT_MS = 60_000
const GUARD_MS = 30_000
const SLICE_MS = 2_000
/** Jitter of the way there and back: what else happens within it may happen first. An assumption. */
const JITTER_MS = 9

/**
 * An exchange has two entries in the queue: it *arrives* (the network is asked, then the real request is made while the
 * queue waits) and it *completes* (the answer is delivered). Delays and hangs are virtual; real I/O has a real-time guard.
 */
export function createHttpClient(parts: ExchangeParts): HttpClient {
  const { timeline, journal, network, shown: shownBody = asItIs } = parts
  const wireOf = ({ headers, body }: Pick<HttpRequest, 'headers' | 'body'>) => {
    const kept = wireBody(shownBody(headers, body))
    return { headers: wireHeaders(headers), ...(kept === undefined ? {} : { body: kept }) }
  }
  let requests = 0

  const exchange = async (
    id: number,
    request: HttpRequest,
    options: SendOptions,
    note: (by: NetworkCause | undefined) => void,
  ): Promise<Result<HttpResponse>> => {
    const { signal, operation, timeoutMs = TIMEOUT_MS, totalMs = timeoutMs } = options
    const startedAt = timeline.now
    // Where to go next is often what a server said.
    if (!URL.canParse(request.url)) return failure(CODE.urlInvalid, 'the URL is not valid', shownUrl(request))
    const arrive = { what: `arrive ${operation}`, slackMs: JITTER_MS }
    const complete = { what: `complete ${operation}`, slackMs: JITTER_MS }
    const timedOut = async (limitMs: number): Promise<Result<HttpResponse>> => {
      await timeline.sleep(startedAt + limitMs - timeline.now, signal)
      return failure(CODE.connectionTimedOut, 'the server did not answer in time', shownUrl(request))
    }
    const hasCertificate = options.certificate !== undefined
    const gate = network.pass(request, { hasCertificate })
    if (gate.kind === 'blocked') {
      note(gate.by)
      await timeline.sleep(Math.min(gate.afterMs, timeoutMs), signal)
      return failure(gate.code, gate.text, shownUrl(request))
    }
    if (gate.kind === 'answer') {
      note(gate.by)
      await timeline.sleep(0, signal, complete)
      return success(gate.response)
    }
    const { latencyMs, lateMs = 0 } = gate
    if (lateMs > 0) note('loss')
    if (latencyMs + lateMs >= timeoutMs) return timedOut(timeoutMs)
    await timeline.sleep(latencyMs + lateMs, signal, arrive)

    const told = planOf(parts.faults(request, id))
    const { delayMs } = told
    if (told.isHung || 2 * latencyMs + lateMs + delayMs >= timeoutMs) return timedOut(timeoutMs)
    if (told.isDropped) {
      await timeline.sleep(delayMs, signal)
      return failure(CODE.connectionAborted, 'the connection was aborted', shownUrl(request))
    }
    const delivered = told.response ?? (await deliver(request, options))
    const partial =
      delivered instanceof ConnectionTrouble && parts.takesShortAnswers?.() ? delivered.partial : undefined
    const answer = partial ?? delivered
    if (answer instanceof ConnectionTrouble) {
      await timeline.sleep(delayMs + latencyMs, signal, complete)
      return failure(answer.code, answer.message, shownUrl(request))
    }
    const response = told.isCorrupted ? corrupted(answer) : answer

    await timeline.sleep(delayMs + latencyMs, signal, complete)
    const unreadable = unreadableHeader(response)
    if (unreadable) return failure(CODE.answerUnreadable, `the answer cannot be read: ${unreadable}`, shownUrl(request))
    const bytes = Number(response.headers[DECLARED_LENGTH] ?? 0)
    let wholeMs = network.transferMs(bytes)
    let transferMs = wholeMs
    for (;;) {
      const now = network.pass(request, { hasCertificate, isUnderWay: true })
      if (now.kind === 'blocked') {
        note(now.by)
        return failure(CODE.connectionAborted, `the connection was aborted: ${now.text}`, shownUrl(request))
      }
      if (transferMs <= 0) return success(response)
      // The network may have become slower or faster: what is left takes its share.
      const nowMs = network.transferMs(bytes)
      if (nowMs !== wholeMs) transferMs = Math.ceil((transferMs * nowMs) / wholeMs)
      wholeMs = nowMs
      const restMs = startedAt + totalMs - timeline.now
      if (restMs <= 0) return failure(CODE.connectionTimedOut, 'the answer did not end in time', shownUrl(request))
      // In slices: a cable pulled in the middle of a download is noticed then, and not at its end.
      const sliceMs = Math.min(transferMs, SLICE_MS, restMs)
      await timeline.sleep(sliceMs, signal)
      transferMs -= sliceMs
      options.onProgress?.(1 - transferMs / wholeMs)
    }
  }

  const deliver = async (request: HttpRequest, options: SendOptions): Promise<HttpResponse | ConnectionTrouble> => {
    const authorities = parts.authorities?.()
    const from = network.whereabouts
    const peer: Caller = {
      ...(options.certificate ? { certificate: options.certificate } : {}),
      ...(authorities ? { authorities } : {}),
      ...(from ? { from } : {}),
    }
    try {
      const { transport } = parts
      if (transport.isImmediate) {
        parts.over?.throwIfAborted()
        return await transport(request, peer, NEVER)
      }
      const guard = { ms: parts.guardMs ?? GUARD_MS, over: parts.over }
      return await guarded(shownUrl(request), guard, (signal) => transport(request, peer, signal))
    } catch (error) {
      if (error instanceof ConnectionTrouble) return error
      throw error
    }
  }

  return {
    async send(request, options) {
      const id = requests++
      const { method, shown } = request
      const { operation, certificate } = options
      journal.write({
        kind: 'request',
        id,
        method,
        url: shownUrl(request),
        bytes: request.body.length,
        operation,
        ...(certificate ? { certificate: hash('sha1', certificate, 'hex') } : {}),
        ...wireOf({ headers: request.headers, body: shown?.body ?? request.body }),
      })
      let cause: NetworkCause | undefined
      const result = await exchange(id, request, options, (by) => {
        cause = by
      })
      const by = cause ? { by: cause } : {}
      if (result.ok) {
        const { status, body, missingBytes: missing } = result.value
        const short = missing === undefined ? {} : { missing }
        journal.write({ kind: 'response', id, status, bytes: body.length, ...wireOf(result.value), ...short, ...by })
      } else {
        journal.write({ kind: 'response', id, trouble: result.trouble.code, ...by })
      }
      return result
    },
  }
}

/** What is wrong with the headers of an answer; undefined when nothing is. */
function unreadableHeader({ headers }: HttpResponse): string | undefined {
  const { [DECLARED_LENGTH]: length, 'content-encoding': coding } = headers
  if (length !== undefined && wholeBytes(length) === undefined) return `its ${DECLARED_LENGTH} is no number of bytes`
  // No request asks for a coding, and nothing here undoes one.
  return coding === undefined || /^\s*(identity)?\s*$/i.test(coding)
    ? undefined
    : 'it is coded, which no request asks for'
}

/** What is to happen to an exchange, all directives together. */
interface Plan {
  delayMs: number
  isHung: boolean
  isDropped: boolean
  isCorrupted: boolean
  response: HttpResponse | undefined
}

function planOf(directives: readonly Directive[]): Plan {
  const plan: Plan = { delayMs: 0, isHung: false, isDropped: false, isCorrupted: false, response: undefined }
  for (const directive of directives) follow(plan, directive)
  return plan
}

function follow(plan: Plan, directive: Directive): undefined {
  switch (directive.effect) {
    case 'answer':
      plan.response ??= directive.response
      return
    case 'delay':
      plan.delayMs += directive.ms
      return
    case 'drop':
      plan.isDropped = true
      return
    case 'hang':
      plan.isHung = true
      return
    case 'corrupt':
      plan.isCorrupted = true
      return
    default:
      directive satisfies never
  }
}

const asItIs = (_: unknown, body: Uint8Array): Uint8Array => body

/** An answer that is there at once is never given up. */
const NEVER = new AbortController().signal

async function guarded<Value>(
  url: string,
  { ms, over }: { ms: number; over: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  over?.throwIfAborted()
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let giveUp = (): void => {}
  const expired = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(over!.reason)
      abort.abort()
    }
    timer = setTimeout(() => {
      reject(new InfrastructureError('ERR_SERVICE_SILENT', `${url} did not answer within ${ms / 1000} s of real time`))
      abort.abort()
    }, ms)
  })
  over?.addEventListener('abort', giveUp)
  try {
    return await Promise.race([work(abort.signal), expired])
  } finally {
    clearTimeout(timer)
    over?.removeEventListener('abort', giveUp)
  }
}

/** Cuts the body in half and spoils what is left: neither XML nor JSON survives it. */
function corrupted(response: HttpResponse): HttpResponse {
  const body = response.body.slice(0, Math.ceil(response.body.length / 2))
  if (body.length > 0) body[0] = body[0]! ^ 0x55
  return { ...response, body }
}
