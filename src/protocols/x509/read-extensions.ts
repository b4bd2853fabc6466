import { DecodeError } from '../../domain/trouble.ts'
import { type DerNode, readDer } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, expectTag, readBoolean, readOid } from '../der/values.ts'
import type { Extension } from './extensions.ts'
import { type NameAttribute, readName } from './name.ts'

/** Values of the extensions of RFC 5280; undefined when the certificate has none of the kind, `ERR_DER_…` when malformed. */

const valueIn = (extensions: readonly Extension[], oid: string): DerNode | undefined => {
  const found = extensions.filter((extension) => extension.oid === oid)
  if (found.length > 1) throw new DecodeError('ERR_X509_EXTENSION', `the extension ${oid} is there twice`)
  return found[0] && readDer(found[0].value)
}

/** Section 4.2.1.9. */
export function readBasicConstraints(extensions: readonly Extension[]): { ca: boolean } | undefined {
  const node = valueIn(extensions, '2.5.29.19')
  if (!node) return undefined
  const [ca] = childrenOf(node, 'basic constraints')
  return { ca: ca?.tag === TAG.boolean && readBoolean(ca, 'cA') }
}

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
] as const

/** Section 4.2.1.3. */
export function readKeyUsage(extensions: readonly Extension[]): (typeof USAGES)[number][] | undefined {
  const node = valueIn(extensions, '2.5.29.15')
  if (!node) return undefined
  const [, bits = 0] = expectTag(node, 'key usage', TAG.bitString).content
  return USAGES.filter((_, bit) => (bits & (0x80 >> bit)) !== 0)
}

/** Section 4.2.1.12: object identifiers. */
export function readExtendedKeyUsage(extensions: readonly Extension[]): string[] | undefined {
  const node = valueIn(extensions, '2.5.29.37')
  return node && childrenOf(node, 'extended key usage').map((purpose) => readOid(purpose, 'purpose'))
}

/** Section 4.2.1.1: the key identifier. */
export function readAuthorityKeyIdentifier(extensions: readonly Extension[]): Uint8Array | undefined {
  const node = valueIn(extensions, '2.5.29.35')
  if (!node) return undefined
  return childrenOf(node, 'authority key identifier')
    .find(({ tag }) => tag === contextTagOf(0, false))
    ?.content.slice()
}

/** The directory name in the subject's alternative names (section 4.2.1.6). */
export function readAlternativeDirectoryName(extensions: readonly Extension[]): NameAttribute[] | undefined {
  const node = valueIn(extensions, '2.5.29.17')
  if (!node) return undefined
  const name = childrenOf(node, 'alternative names').find(({ tag }) => tag === contextTagOf(4))
  return name && readName(name.children[0])
}

const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'

/** Where the issuer's certificate is to be had (section 4.2.2.1). */
export function readIssuerUrl(extensions: readonly Extension[]): string | undefined {
  const node = valueIn(extensions, '1.3.6.1.5.5.7.1.1')
  if (!node) return undefined
  for (const description of childrenOf(node, 'authority information access')) {
    const [method, location] = childrenOf(description, 'access description')
    if (readOid(method, 'access method') !== CA_ISSUERS || location?.tag !== contextTagOf(6, false)) continue
    return Buffer.from(location.content).toString('latin1')
  }
  return undefined
}

/** For those who print: every text of a name. */
export const nameText = (name: readonly NameAttribute[]): string =>
  name.map(({ type, value }) => `${type}=${value}`).join(', ')
