import { inspectionOf } from '../../domain/allowed-hosts.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Blocked } from '../../ports/http.ts'
import type { Passage } from './passage.ts'

/** How soon a device knows that it does not trust a server. */
const HANDSHAKE_MS = 300

const DAY_MS = 86_400_000

/**
 * From when to when the certificates of public servers are valid, seen from the present. [U]: each server has its own; they are
 * valid for about a year, and are renewed long before their end.
 */
const SERVER_CERTIFICATES = { sinceMs: 60 * DAY_MS, untilMs: 120 * DAY_MS } as const

const untrusted = (code: string, text: string, by: Blocked['by']): Blocked => ({
  kind: 'blocked',
  code,
  text,
  afterMs: HANDSHAKE_MS,
  ...(by ? { by } : {}),
})

/** What a device makes of a server's certificate when its own clock is wrong. @param skewMs how far it is ahead */
export function clockTrouble({ host, isTls }: Passage, skewMs: number): Blocked | undefined {
  if (!isTls || (skewMs >= -SERVER_CERTIFICATES.sinceMs && skewMs <= SERVER_CERTIFICATES.untilMs)) return undefined
  const what = skewMs < 0 ? 'is not valid yet' : 'has expired'
  return untrusted(
    CODE.certificateDateInvalid,
    `by the clock of the device the certificate of ${host} ${what}`,
    'clock',
  )
}

/**
 * What a device makes of a box that ends TLS in the place of the server, with a certificate of the school's own root. Setup does
 * not know the root, but for one that is on the device from the beginning. Even then some services do not work: table in
 * `src/domain/allowed-hosts.ts`.
 */
export function inspectionTrouble({ host, isTls, hasCertificate }: Passage, isTrusted: boolean): Blocked | undefined {
  if (!isTls) return undefined
  const text = `the answer for ${host} has a certificate of the school, by TLS inspection`
  if (!isTrusted) return untrusted(CODE.certificateAuthorityUnknown, text, 'inspection')
  // The box cannot show the device's certificate: it does not have its key.
  if (hasCertificate) {
    return untrusted(CODE.clientCertificateNeeded, `${text}: ${host} gets no certificate of the device`, 'inspection')
  }
  return inspectionOf(host) === 'never'
    ? untrusted(CODE.certificateAuthorityUnknown, `${text}, which this service refuses`, 'inspection')
    : undefined
}
