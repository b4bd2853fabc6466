import { DecodeError } from '../../domain/trouble.ts'
import {
  type DecodedCertificate,
  decodeCertificate,
  isInForce,
  verifyCertificate,
} from '../../protocols/x509/certificate.ts'
import { EXTENDED_KEY_USAGE } from '../../protocols/x509/extensions.ts'
import { encodeName } from '../../protocols/x509/name.ts'
import {
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
} from '../../protocols/x509/read-extensions.ts'
import type { KnownAuthority } from './authority.ts'
import { badEvidence, type Refusal } from './refusal.ts'

/** Issuers between a chip and its root: no maker has more than two. */
const ISSUERS_MAX = 3

/**
 * Follows an endorsement certificate up to the root of its vendor: names, signatures, dates, and what each may be used for.
 * Gives the certificate, or the refusal.
 */
export function verifyEkCertificate(
  leafDer: Uint8Array,
  chainDer: readonly Uint8Array[],
  authority: KnownAuthority,
  now: number,
): DecodedCertificate | Refusal {
  let leaf: DecodedCertificate
  let issuers: DecodedCertificate[]
  try {
    leaf = decodeCertificate(leafDer)
    issuers = chainDer.slice(0, ISSUERS_MAX).map(decodeCertificate)
    return checkLeaf(leaf, authority) ?? checkPath(leaf, issuers, authority, now) ?? leaf
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return badEvidence('ERR_EK_CERTIFICATE_MALFORMED', `${error.code}: ${error.message}`)
  }
}

function checkLeaf({ extensions }: DecodedCertificate, authority: KnownAuthority): Refusal | undefined {
  const usage = (text: string) => badEvidence('ERR_EK_CERTIFICATE_USAGE', text)
  if (!readExtendedKeyUsage(extensions)?.includes(EXTENDED_KEY_USAGE.endorsementKey)) {
    return usage('the certificate is not for an endorsement key')
  }
  if (readBasicConstraints(extensions)?.ca !== false) return usage('the certificate may be of an authority')
  if (!readKeyUsage(extensions)?.includes('keyEncipherment')) return usage('nothing may be encrypted to the key')
  const issuer = readAuthorityKeyIdentifier(extensions)
  if (!issuer || Buffer.compare(issuer, authority.keyIdentifier) !== 0) {
    return badEvidence('ERR_EK_CERTIFICATE_ISSUER', `the certificate was not issued by ${authority.name}`)
  }
  return undefined
}

function checkPath(
  leaf: DecodedCertificate,
  issuers: readonly DecodedCertificate[],
  { rootSpki }: KnownAuthority,
  now: number,
): Refusal | undefined {
  const broken = (text: string) => badEvidence('ERR_EK_CERTIFICATE_CHAIN', text)
  let current = leaf
  for (const issuer of issuers) {
    if (!isInForce(current, now)) return expired(current)
    if (Buffer.compare(encodeName(current.issuer), encodeName(issuer.subject)) !== 0) {
      return broken('a certificate names another issuer than the one that follows')
    }
    const isAuthority = readBasicConstraints(issuer.extensions)?.ca === true
    if (!isAuthority || !readKeyUsage(issuer.extensions)?.includes('keyCertSign')) {
      return broken('an issuer is no authority')
    }
    if (!verifyCertificate(current, issuer.spki)) return broken('a signature in the chain is wrong')
    current = issuer
  }
  if (!isInForce(current, now)) return expired(current)
  // Whether or not the root came along: what counts is the key that the service has of it.
  if (!verifyCertificate(current, rootSpki)) return broken('the chain does not end at the root of the vendor')
  return undefined
}

const expired = ({ notBefore, notAfter }: DecodedCertificate): Refusal =>
  badEvidence(
    'ERR_EK_CERTIFICATE_EXPIRED',
    `a certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}`,
  )
