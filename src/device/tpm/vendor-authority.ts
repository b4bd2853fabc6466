import { createHash, type KeyObject, sign } from 'node:crypto'
import { MOCK_ENDPOINTS } from '../../domain/endpoints.ts'
import { type TpmVendor, VENDOR_KEY, vendorKeySeed } from '../../domain/tpm-vendors.ts'
import type { KeySource } from '../../ports/keys.ts'
import { createCertificate } from '../../protocols/x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyIdentifierOf,
  keyUsage,
  subjectKeyIdentifier,
} from '../../protocols/x509/extensions.ts'
import type { NameAttribute } from '../../protocols/x509/name.ts'
import { type Sign, spkiOf } from '../../protocols/x509/signature.ts'

/** Authorities outlive their chips, and chips the device. Fixed: an identity does not depend on when it is looked at. */
const ROOT_VALIDITY = { notBefore: new Date(Date.UTC(2015, 0, 1)), notAfter: new Date(Date.UTC(2055, 0, 1)) }
const ISSUING_VALIDITY = { notBefore: new Date(Date.UTC(2016, 0, 1)), notAfter: new Date(Date.UTC(2050, 0, 1)) }

export interface Issuer {
  name: NameAttribute[]
  spki: Uint8Array
  sign: Sign
  certificate: Uint8Array
  /** Where the certificate is to be had. */
  url: string
}

/**
 * The authorities of a simulated maker of TPMs: a root, and what it lets issue. The names are our own, no maker's real
 * ones; the keys follow from the vendor's id.
 */
export function vendorAuthorities(
  vendor: TpmVendor,
  keys: KeySource,
  isListed = true,
): { root: Issuer; issuing: Issuer } {
  const keyOf = (label: string) => keys.rsa2048(vendorKeySeed(vendor.id), label)
  const root = issuer(vendor, 'TPM root', keyOf(VENDOR_KEY.root), ROOT_VALIDITY)
  const label = isListed ? VENDOR_KEY.issuing : VENDOR_KEY.unlisted
  const what = isListed ? 'TPM issuing CA' : 'TPM issuing CA, unlisted'
  return { root, issuing: issuer(vendor, what, keyOf(label), ISSUING_VALIDITY, root) }
}

function issuer(
  { id }: TpmVendor,
  what: string,
  key: KeyObject,
  validity: typeof ROOT_VALIDITY,
  above?: Pick<Issuer, 'name' | 'spki' | 'sign'>,
): Issuer {
  const spki = spkiOf(key)
  const name: NameAttribute[] = [
    { type: 'O', value: 'oobe-sim' },
    { type: 'CN', value: `${id} ${what} (simulated)` },
  ]
  const signer = above ?? { name, spki, sign: signer256(key) }
  const certificate = createCertificate({
    serial: serialOf(spki),
    issuer: signer.name,
    subject: name,
    ...validity,
    spki,
    sign: signer.sign,
    extensions: [
      basicConstraints(above ? { ca: true, pathLength: 0 } : { ca: true }),
      keyUsage('keyCertSign', 'cRLSign'),
      subjectKeyIdentifier(spki),
      ...(above ? [authorityKeyIdentifier(above.spki)] : []),
    ],
  })
  const file = `${Buffer.from(keyIdentifierOf(spki)).toString('hex')}.cer`
  const url = `${MOCK_ENDPOINTS.vendorPki}/${id.toLowerCase()}/${file}`
  return { name, spki, sign: signer256(key), certificate, url }
}

const signer256 =
  (key: KeyObject): Sign =>
  (tbs) =>
    new Uint8Array(sign('sha256', tbs, key))

/** 16 bytes, positive, the same each time. */
export function serialOf(spki: Uint8Array): Uint8Array {
  const serial = new Uint8Array(createHash('sha256').update('serial').update(spki).digest().subarray(0, 16))
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return serial
}
