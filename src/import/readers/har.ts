import { isLookupCode } from '../../domain/autopilot.ts'
import { codeOfHttpStatus } from '../../domain/windows-codes.ts'
import { joinHresult } from '../../protocols/entra/join-results.ts'
import { enrollmentHresult } from '../../protocols/ms-mde2/enrollment-results.ts'
import { type Reader, type Take, timeIn } from '../facts.ts'
import { isPlain, member, objectIn, valueIn } from './json.ts'
import { takeSyncML } from './syncml.ts'

/** A capture of the wire as an HTTP Archive: management sessions, and how look-up, join and enrolment were answered. */
export const harReader: Reader = {
  format: 'capture of the wire (HAR)',
  recognises: (head) => /^\s*\{\s*"log"\s*:/.test(head),
  read({ text }, take) {
    const har = valueIn(text)
    const entries = isPlain(har) && isPlain(har.log) ? har.log.entries : undefined
    if (!Array.isArray(entries)) return ['it is no HTTP Archive: its JSON is cut, or has no entries']
    let [odd, binary, damaged] = [0, 0, 0]
    for (const entry of entries as unknown[]) {
      const exchange = exchangeOf(entry)
      if (!exchange) {
        odd++
        continue
      }
      if (exchange.isBinary) binary++
      for (const body of [exchange.sent, exchange.received]) damaged += takeSyncML(body, take).damaged
      takeAnswer(exchange, take)
    }
    return [
      ...(odd > 0 ? [`${odd} of ${entries.length} entries have no request and response`] : []),
      ...(binary > 0 ? [`${binary} messages are WBXML: only text is read`] : []),
      ...(damaged > 0 ? [`${damaged} SyncML messages cannot be read`] : []),
    ]
  },
}

interface Exchange {
  url: string
  status: number
  sent: string
  received: string
  isBinary: boolean
  at?: number
}

function exchangeOf(entry: unknown): Exchange | undefined {
  if (!isPlain(entry) || !isPlain(entry.request) || !isPlain(entry.response)) return undefined
  const { request, response } = entry
  const url = member(request, 'url')
  if (url === undefined) return undefined
  const content = isPlain(response.content) ? response.content : {}
  const posted = isPlain(request.postData) ? request.postData : {}
  const [sent, received] = [member(posted, 'text') ?? '', member(content, 'text') ?? '']
  const at = timeIn(member(entry, 'startedDateTime'))
  return {
    url,
    status: Number(member(response, 'status')) || 0,
    sent,
    received: member(content, 'encoding') === 'base64' ? Buffer.from(received, 'base64').toString('utf8') : received,
    isBinary: [posted, content].some((one) => /wbxml/.test(member(one, 'mimeType') ?? '')),
    ...(at === undefined ? {} : { at }),
  }
}

/** Paths of the services, as [MS-MDE2], [MS-DVRJ] and docs/lookup.md have them. */
function takeAnswer({ url, status, received, at }: Exchange, take: Take): void {
  const when = at === undefined ? {} : { at }
  const path = url.replace(/[?#].*$/, '').toLowerCase()
  if (path.endsWith('/profiles/lookup')) {
    const answer = objectIn(received)
    const code = answer && member(answer, 'code')
    if (status === 200 && answer) take({ kind: 'profile', json: answer })
    else if (code !== undefined && isLookupCode(code)) take({ kind: 'refused', request: 'lookup', code, ...when })
  } else if (/\/enrollmentserver\/device\/?$/.test(path)) {
    if (status === 200) take({ kind: 'joined', is: true })
    else if (status >= 400) {
      const code = joinHresult(member(objectIn(received) ?? {}, 'subcode') ?? '')
      take({ kind: 'refused', request: 'join', code, ...when })
    }
  } else if (/\/enrollmentserver\/(discovery|policy|enrollment)\.svc$/.test(path) && status >= 400) {
    const [, subcode] = /Subcode>\s*<[^>]*Value>([^<]+)</i.exec(received) ?? []
    const [, errorType] = /ErrorType>([^<]+)</i.exec(received) ?? []
    const isFault = subcode !== undefined || errorType !== undefined
    const fault = {
      code: '',
      reason: '',
      ...(subcode === undefined ? {} : { subcode }),
      ...(errorType === undefined ? {} : { detail: { errorType } }),
    }
    const code = isFault ? enrollmentHresult(fault) : codeOfHttpStatus(status)
    take({ kind: 'refused', request: 'enrolment', code, ...when })
  }
}
