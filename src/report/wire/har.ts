import type { Entry, Har, Header } from 'har-format'
import type { WireBody } from '../../domain/wire.ts'
import { bodyText, type Exchange, mediaTypeOf, type WireMessage } from '../../journal/wire.ts'

/**
 * The exchanges as an HTTP Archive, for tools that show those. Times are the device's own. An exchange without an answer
 * has status 0 and its Windows code in `_error`, as browsers write it.
 *
 * Source: HTTP Archive (HAR) format 1.2.
 *
 * @param startsAt the device clock at the beginning of the run, in ms since 1970
 */
export function harOf(exchanges: readonly Exchange[], startsAt: number, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'oobe-sim', version },
      entries: exchanges.map((exchange) => entryOf(exchange, startsAt)),
    },
  }
}

function entryOf(exchange: Exchange, startsAt: number): Entry {
  const { at, tookMs = 0, operation, request, response, trouble } = exchange
  return {
    startedDateTime: new Date(startsAt + at).toISOString(),
    time: tookMs,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request),
      queryString: queryOf(exchange.url),
      ...postDataOf(request),
      headersSize: -1,
      bodySize: request.bytes,
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: response ? headersOf(response) : [],
      content: {
        size: response?.bytes ?? 0,
        mimeType: response?.headers['content-type'] ?? 'x-unknown',
        ...contentOf(response?.body),
      },
      redirectURL: response?.headers.location ?? '',
      headersSize: -1,
      bodySize: response?.bytes ?? 0,
      ...(response ? {} : { _error: trouble ?? 'the run ended before an answer came' }),
    },
    cache: {},
    timings: { send: 0, wait: tookMs, receive: 0 },
    comment: operation,
  }
}

const headersOf = ({ headers }: WireMessage): Header[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

function queryOf(url: string) {
  if (!URL.canParse(url)) return []
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
}

function postDataOf(request: WireMessage) {
  const { body } = request
  if (body === undefined) return {}
  const mimeType = mediaTypeOf(request) || 'x-unknown'
  // The format has no encoding for what is sent.
  if (typeof body === 'object' && 'base64' in body)
    return { postData: { mimeType, text: body.base64, comment: 'base64' } }
  return { postData: { mimeType, text: bodyText(body)! } }
}

function contentOf(body: WireBody | undefined): { text?: string; encoding?: string; comment?: string } {
  if (body === undefined) return {}
  if (typeof body === 'string') return { text: body }
  if ('base64' in body) return { text: body.base64, encoding: 'base64' }
  return { text: body.beginning, comment: `${body.missing} more bytes were not kept` }
}
