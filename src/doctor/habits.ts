import type { HttpResponse } from '../domain/http.ts'
import { safeText } from '../domain/safe-text.ts'
import { DecodeError } from '../domain/trouble.ts'
import { SOAP_CONTENT_TYPE } from '../protocols/soap/namespaces.ts'
import { parseXml } from '../protocols/xml/read.ts'
import { type Finding, warning } from './finding.ts'

/** Longest text of a server that a line quotes. */
const QUOTED_MAX = 60

/** What production Windows may trip over in an answer of the enrolment, and this device does not. */
export function enrolmentHabits(what: string, { headers, body }: HttpResponse): Finding[] {
  return [
    ...lengthOf(what, headers),
    ...contentTypeOf(what, headers, [SOAP_CONTENT_TYPE], 'mdm-protocols.md, 1.3 [S]; that Windows insists: [U]'),
    ...undeclaredIn(body).map((prefix) =>
      warning(
        `${what}: the answer has a prefix that is declared nowhere, ${prefix}`,
        'Declare it: Windows reads such an answer (mdm-protocols.md, 1.6 [O]), strict parsers do not [T]',
      ),
    ),
  ]
}

function lengthOf(what: string, headers: HttpResponse['headers']): Finding[] {
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) {
    return [
      warning(
        `${what}: the answer comes in chunks (Transfer-Encoding: chunked)`,
        'Send one body with Content-Length: Windows takes no chunks here (mdm-protocols.md, 1.3 [L])',
      ),
    ]
  }
  if (headers['content-length'] !== undefined) return []
  return [
    warning(
      `${what}: the answer has no Content-Length`,
      'Send one body with Content-Length (mdm-protocols.md, 1.3 [L])',
    ),
  ]
}

/** @param allowed the first of them is what helps */
export function contentTypeOf(
  what: string,
  headers: HttpResponse['headers'],
  allowed: readonly string[],
  source: string,
): Finding[] {
  const told = headers['content-type']
  if (told !== undefined && allowed.some((one) => mediaTypeOf(one) === mediaTypeOf(told))) return []
  return [
    warning(
      told === undefined
        ? `${what}: the answer has no Content-Type`
        : `${what}: the Content-Type of the answer is ${safeText(told, QUOTED_MAX)}`,
      `Send ${allowed[0]} (${source})`,
    ),
  ]
}

const mediaTypeOf = (contentType: string): string => contentType.split(';')[0]!.trim().toLowerCase()

/** Prefixes that a message does not declare, as text that is safe to show. Another finding reports what is no XML at all. */
export function undeclaredIn(body: Uint8Array): string[] {
  const found: string[] = []
  try {
    parseXml(body, { onUndeclaredPrefix: (prefix) => found.push(`"${safeText(prefix, QUOTED_MAX)}"`) })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
  }
  return found
}
