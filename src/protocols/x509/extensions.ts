import { createHash } from 'node:crypto'
import { type DerNode, readDer } from '../der/reader.ts'
import { TAG } from '../der/tags.ts'
import { childrenOf, readBitBytes, readBoolean, readOctets, readOid } from '../der/values.ts'
import { bitString, boolean, contextTag, integer, octetString, oid, sequence } from '../der/writer.ts'

/** `value` is the content of extnValue's OCTET STRING; it need not be DER (Windows puts bare text there). */
export interface Extension {
  oid: string
  /** Left out is false. */
  critical?: boolean
  value: Uint8Array
}

/** Extensions ::= SEQUENCE OF Extension (RFC 5280 section 4.1). */
export const encodeExtensions = (extensions: readonly Extension[]): Uint8Array =>
  sequence(
    ...extensions.map(({ oid: id, critical, value }) =>
      sequence(oid(id), ...(critical === true ? [boolean(true)] : []), octetString(value)),
    ),
  )

/** An explicit `critical FALSE` is not DER, but AMD's endorsement certificates have it: it is read. */
export const readExtensions = (node: DerNode | undefined): Required<Extension>[] =>
  childrenOf(node, 'extensions').map((extension) => {
    const [id, ...rest] = childrenOf(extension, 'extension')
    const flag = rest[0]?.tag === TAG.boolean ? rest.shift() : undefined
    return {
      oid: readOid(id, 'extension id'),
      critical: flag !== undefined && readBoolean(flag, 'critical'),
      value: readOctets(rest[0], 'extension value'),
    }
  })

/** Section 4.2.1.9; always critical. */
export function basicConstraints({ ca, pathLength }: { ca: boolean; pathLength?: number }): Extension {
  const content = [...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])]
  return { oid: '2.5.29.19', critical: true, value: sequence(...content) }
}

/** Bit numbers of section 4.2.1.3, up to the eighth. */
const KEY_USAGE_BITS = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export type KeyUsage = keyof typeof KEY_USAGE_BITS

/** Section 4.2.1.3; always critical. */
export function keyUsage(...usages: KeyUsage[]): Extension {
  const byte = usages.reduce((bits, usage) => bits | (0x80 >> KEY_USAGE_BITS[usage]), 0)
  if (byte === 0) throw new RangeError('a key without a use')
  return keyUsageBits(byte)
}

/** The same from bits, the first use in the highest: 0xa0 is digital signature and key encipherment. */
export function keyUsageBits(byte: number): Extension {
  const unusedBits = 31 - Math.clz32(byte & -byte)
  return { oid: '2.5.29.15', critical: true, value: bitString(Uint8Array.of(byte), unusedBits) }
}

/** Section 4.2.1.12. */
export const extendedKeyUsage = (...purposes: string[]): Extension => ({
  oid: '2.5.29.37',
  critical: false,
  value: sequence(...purposes.map(oid)),
})

export const EXTENDED_KEY_USAGE = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  /** tcg-kp-EKCertificate. */
  endorsementKey: '2.23.133.8.1',
  /** tcg-kp-AIKCertificate. */
  attestationKey: '2.23.133.8.3',
} as const

/** SHA-1 of the public key bits: method 1 of section 4.2.1.2. */
export function keyIdentifierOf(spki: Uint8Array): Uint8Array {
  const [, key] = childrenOf(readDer(spki), 'public key')
  return Uint8Array.from(createHash('sha1').update(readBitBytes(key, 'public key')).digest())
}

/** Section 4.2.1.2. */
export const subjectKeyIdentifier = (spki: Uint8Array): Extension => ({
  oid: '2.5.29.14',
  critical: false,
  value: octetString(keyIdentifierOf(spki)),
})

/** Section 4.2.1.1: the key identifier alone. */
export const authorityKeyIdentifier = (issuerSpki: Uint8Array): Extension => ({
  oid: '2.5.29.35',
  critical: false,
  value: sequence(contextTag(0, keyIdentifierOf(issuerSpki), false)),
})
