import { contextTagOf } from '../der/tags.ts'
import { contextTag, ia5String, integer, oid, sequence, set, utf8String } from '../der/writer.ts'
import { createCertificate } from '../x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENDED_KEY_USAGE,
  type Extension,
  extendedKeyUsage,
  keyUsage,
} from '../x509/extensions.ts'
import { encodeName, type NameAttribute } from '../x509/name.ts'
import type { Sign } from '../x509/signature.ts'

/** What a chip says of itself in its certificate (TCG EK Credential Profile, 3.2.9 and 3.2.16). */
export interface EkSubject {
  /** `id:` and 8 hexadecimal digits. */
  manufacturer: string
  model: string
  /** `id:` and 8 hexadecimal digits: the first word of the firmware. */
  version: string
  specification: { level: number; revision: number }
}

export interface EkCertificate extends EkSubject {
  serial: Uint8Array
  issuer: readonly NameAttribute[]
  issuerSpki: Uint8Array
  /** Where the issuer's certificate is to be had. */
  issuerUrl: string
  notBefore: Date
  notAfter: Date
  spki: Uint8Array
  /** An RSA key is encrypted to, one on a curve agrees. */
  type: 'rsa' | 'ecc'
  sign: Sign
}

export const TCG_ATTRIBUTE = { manufacturer: '2.23.133.2.1', model: '2.23.133.2.2', version: '2.23.133.2.3' } as const

const TPM_SPECIFICATION = '2.23.133.2.16'
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'

/** An endorsement key certificate in DER: no subject, and all that matters in the alternative name (sections 3.2.1 to 3.2.16). */
export const createEkCertificate = (certificate: EkCertificate): Uint8Array =>
  createCertificate({
    ...certificate,
    subject: [],
    extensions: [
      alternativeName(certificate),
      basicConstraints({ ca: false }),
      keyUsage(certificate.type === 'rsa' ? 'keyEncipherment' : 'keyAgreement'),
      extendedKeyUsage(EXTENDED_KEY_USAGE.endorsementKey),
      authorityKeyIdentifier(certificate.issuerSpki),
      issuerAt(certificate.issuerUrl),
      directoryAttributes(certificate.specification),
    ],
  })

/** Critical, since the subject is empty. Each attribute is a UTF8String. */
const alternativeName = ({ manufacturer, model, version }: EkSubject): Extension => ({
  oid: '2.5.29.17',
  critical: true,
  value: sequence(
    contextTag(
      4,
      encodeName([
        { type: TCG_ATTRIBUTE.manufacturer, value: manufacturer },
        { type: TCG_ATTRIBUTE.model, value: model },
        { type: TCG_ATTRIBUTE.version, value: version },
      ]),
    ),
  ),
})

const issuerAt = (url: string): Extension => ({
  oid: '1.3.6.1.5.5.7.1.1',
  value: sequence(sequence(oid(CA_ISSUERS), uri(url))),
})

/** `[6] IMPLICIT IA5String`. */
function uri(url: string): Uint8Array {
  const encoded = ia5String(url)
  encoded[0] = contextTagOf(6, false)
  return encoded
}

const directoryAttributes = ({ level, revision }: EkSubject['specification']): Extension => ({
  oid: '2.5.29.9',
  value: sequence(
    sequence(oid(TPM_SPECIFICATION), set(sequence(utf8String('2.0'), integer(level), integer(revision)))),
  ),
})
