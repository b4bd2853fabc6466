import { safeText } from '../domain/safe-text.ts'
import { CODE } from '../domain/windows-codes.ts'
import { meetsSearchCriteria } from '../protocols/ms-mde2/search-criteria.ts'
import type { DecodedCertificate } from '../protocols/x509/certificate.ts'
import type { NameAttribute } from '../protocols/x509/name.ts'
import { daysBetween, type Finding, goodUntil, ok, warning } from './finding.ts'

/** Days before its end on which a certificate is renewed, where the document names none (reference: mdm-protocols.md, 1.8). */
const RENEW_DAYS = 42
/** sha1WithRSAEncryption, and the identifier that Windows writes for it (reference: mdm-protocols.md, 1.7). */
const SHA1: readonly string[] = ['1.2.840.113549.1.1.5', '1.3.14.3.2.29']
const CRITERIA = 'SSLCLIENTCERTSEARCHCRITERIA'

export interface Issued {
  store: 'System' | 'User'
  /** `SSLCLIENTCERTSEARCHCRITERIA` of the account. */
  criteria: string | undefined
  renewDays: number | undefined
  /** Unix milliseconds. */
  now: number
}

/** What is to be said of the certificate that an enrolment brings. */
export function examineIssued(certificate: DecodedCertificate, issued: Issued): Finding[] {
  const { version, subject, issuer, notAfter, signatureAlgorithm } = certificate
  const findings = [
    ok(
      `enrolment: a certificate of version ${version} for ${nameOf(subject)}, by ${nameOf(issuer)}, ${goodUntil(notAfter.getTime(), issued.now)}`,
    ),
  ]
  if (version === 1) {
    findings.push(
      warning(
        'enrolment: the certificate has version 1, and no extension',
        'Issue version 3 with clientAuth (openssl x509 -req: -extfile). That Windows refuses it is not proven [U]',
      ),
    )
  }
  if (nameOf(subject) === nameOf(issuer)) {
    findings.push(
      warning(
        'enrolment: the certificate names itself as its issuer, as a self-signed one does',
        'Issue it by an authority that is in CertificateStore/Root (mdm-protocols.md, 1.8 [S]). What Windows does: [U]',
      ),
    )
  }
  if (SHA1.includes(signatureAlgorithm)) {
    findings.push(
      warning(
        'enrolment: the certificate is signed with SHA-1',
        'Sign with SHA-256: TLS 1.3 calls SHA-1 in certificates deprecated (RFC 8446, 4.2.3 [S])',
      ),
    )
  }
  return [...findings, ...durationOf(notAfter.getTime(), issued), ...criteriaOf(subject, issued)]
}

function durationOf(notAfter: number, { renewDays = RENEW_DAYS, now }: Issued): Finding[] {
  const left = daysBetween(now, notAfter)
  if (left > renewDays) return []
  return [
    warning(
      `enrolment: the certificate is good for ${left} days, and is to be renewed ${renewDays} days before its end`,
      'Issue it for longer, or name a smaller RenewPeriod: Windows would renew at once (mdm-protocols.md, 1.8 [L])',
    ),
  ]
}

function criteriaOf(subject: readonly NameAttribute[], { criteria, store }: Issued): Finding[] {
  if (criteria === undefined) return [ok(`enrolment: no ${CRITERIA}: the device takes the certificate that came`)]
  if (meetsSearchCriteria(subject, store, criteria)) {
    return [ok(`enrolment: the certificate meets ${CRITERIA}`)]
  }
  return [
    warning(
      `enrolment: no certificate meets ${CRITERIA} ${safeText(criteria)}; the certificate is ${nameOf(subject)} in My\\${store}`,
      `Write its subject and its store there: Windows may end with ${CODE.provisioningTlsCertificateNotFound} (mdm-protocols.md, 1.9 [U])`,
    ),
  ]
}

const nameOf = (name: readonly NameAttribute[]): string =>
  safeText(name.map(({ type, value }) => `${type}=${value}`).join(', ')) || 'a name that is empty'
