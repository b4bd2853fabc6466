import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { WireBody } from '../../domain/wire.ts'
import type { Exchange, WireMessage } from '../../journal/wire.ts'
import { type IndentOptions, readableBody } from './indent.ts'

const LINE_MAX = 4_000

/** An exchange as lines for a person: what was said, when, and what came back. */
export function readableExchange(exchange: Exchange, options: IndentOptions = {}): string[] {
  const { id, at, operation, method, url, certificate, request, response, trouble, tookMs, why = [] } = exchange
  const took = tookMs === undefined ? '' : ` after ${tookMs} ms`
  const end = response
    ? [`← ${response.status}${took}, ${response.bytes} bytes`, ...messageLines(response, options)]
    : [`← ${trouble === undefined ? 'the run ended before an answer came' : `no answer${took}: ${trouble}`}`]
  return [
    `#${id}  ${formatDuration(at)}  ${operation}`,
    `→ ${method} ${url}`,
    ...(certificate ? [`  (client certificate ${certificate})`] : []),
    ...messageLines(request, options),
    ...end,
    ...why.map((reason) => `✗ ${reason}`),
  ].map((line) => safeText(line, options.isFull ? Number.POSITIVE_INFINITY : LINE_MAX))
}

/** An exchange in one line. */
export function exchangeLine({ id, at, operation, method, url, response, trouble, why = [] }: Exchange): string {
  const end = response ? String(response.status) : (trouble ?? 'no end')
  return safeText(
    `${String(id).padStart(4)}  ${formatDuration(at).padStart(8)}  ${end}  ${operation}  ${method} ${url}${why.map((reason) => `  ✗ ${reason}`).join('')}`,
  )
}

function messageLines({ headers, body }: WireMessage, options: IndentOptions): string[] {
  return [
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    ...(body === undefined ? [] : ['', ...bodyLines(body, options).map((line) => `  ${line}`), '']),
  ]
}

function bodyLines(body: WireBody, options: IndentOptions): string[] {
  if (typeof body === 'string') return readableBody(body, options)
  if ('base64' in body) {
    const { base64 } = body
    return [options.isFull ? base64 : `no text: ${base64.slice(0, 48)}${base64.length > 48 ? '…' : ''} in base64`]
  }
  return [...readableBody(body.beginning, options), `… ${body.missing} more bytes were not kept`]
}
