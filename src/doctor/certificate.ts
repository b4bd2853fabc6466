import { safeText } from '../domain/safe-text.ts'
import type { CertificateFacts, TlsFacts } from '../ports/tls-inspection.ts'
import { dayOf, daysBetween, type Finding, goodUntil, ok, problem, warning } from './finding.ts'

/** The platform's words for a chain that does not hold, and what helps. */
const TROUBLE: Readonly<Record<string, [what: string, hint: string]>> = {
  CERT_HAS_EXPIRED: ['a certificate of the chain has expired', 'The server needs a new one'],
  CERT_NOT_YET_VALID: ['a certificate of the chain is not valid yet', 'Is the clock of this machine right?'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'the certificate is for another name',
    'Use a name that it has, or give the server one with this name among its DNS names',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'the certificate is self-signed',
    'trust in the profile, or --trust FILE, takes that certificate as an authority',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'this device does not trust the root of the chain',
    'trust in the profile, or --trust FILE, names the root',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'the issuer of the certificate is not known',
    'The server has to send what is between it and its root; --trust FILE names the root',
  ],
}
const SOON_DAYS = 14
const OLD_TLS: readonly string[] = ['SSLv3', 'TLSv1', 'TLSv1.1']
const RSA_BITS_MIN = 2048
/** Below it stand the lengths of curves. */
const CURVE_BITS_MAX = 1024

/** What is to be said of the certificate that a server shows. */
export function examineCertificate(origin: string, { protocol, trouble, chain }: TlsFacts, now: number): Finding[] {
  const [leaf] = chain
  if (leaf === undefined) return [problem(`${origin}: the server shows no certificate`)]
  const findings: Finding[] = []
  if (trouble === undefined) {
    findings.push(
      ok(`${protocol}, a certificate for ${namesOf(leaf)} by ${safeText(leaf.issuer)}, ${validityOf(leaf, now)}`),
    )
  } else {
    const [what, hint] = TROUBLE[trouble] ?? [
      'the chain does not hold',
      'trust in the profile, or --trust FILE, names the authority',
    ]
    findings.push(problem(`${origin}: ${what} (${trouble})`, hint))
    for (const one of chain) {
      findings.push(
        warning(
          `it shows ${safeText(one.subject) || 'a certificate without a name'}, for ${namesOf(one)}`,
          `by ${safeText(one.issuer)}, ${validityOf(one, now)}`,
        ),
      )
    }
  }
  if (OLD_TLS.includes(protocol)) {
    findings.push(
      warning(
        `${origin}: it speaks ${protocol} at most`,
        'Switch TLS 1.2 or 1.3 on: RFC 8996 forbids what is older [S]; which builds of Windows 11 still take it: [U]',
      ),
    )
  }
  const left = daysBetween(now, leaf.notAfter)
  if (Number.isNaN(left)) {
    findings.push(warning('its certificate ends on a day that cannot be read', 'Devices may refuse it: make another'))
  }
  if (left >= 0 && left < SOON_DAYS) {
    findings.push(
      warning(`its certificate is good for ${left} more days`, 'Devices that are enrolled then lose their server'),
    )
  }
  if (leaf.bits !== undefined && leaf.bits > CURVE_BITS_MAX && leaf.bits < RSA_BITS_MIN) {
    findings.push(warning(`its key has ${leaf.bits} bits`, 'Windows 11 takes RSA keys of 2048 bits and more'))
  }
  return findings
}

const namesOf = ({ names }: CertificateFacts): string =>
  safeText(names.replace(/(DNS|IP Address):/g, '')) || 'no host at all'

const validityOf = ({ notBefore, notAfter }: CertificateFacts, now: number): string =>
  now < notBefore ? `good from ${dayOf(notBefore)} on` : goodUntil(notAfter, now)
