import { attestationAuthority } from '../../domain/endpoints.ts'
import { TPM_VENDORS, type TpmVendor, VENDOR_KEY, vendorKeySeed } from '../../domain/tpm-vendors.ts'
import type { KeySource } from '../../ports/keys.ts'
import { keyIdentifierOf } from '../../protocols/x509/extensions.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'

/** One vendor's issuing authority, as the attestation service was told of it. */
export interface KnownAuthority {
  vendor: TpmVendor
  /** Name in the host: `ifx-keyid-…`. */
  name: string
  keyIdentifier: Uint8Array
  /** The vendor's root, which the service trusts. */
  rootSpki: Uint8Array
}

const NAME = /(?:^|[/.])([a-z0-9]{3,4})-keyid-([0-9a-f]{40})(?=[/.])/

/** The authority that a URL names; undefined for one that the service does not know. */
export function authorityOf(url: string, keys: KeySource): KnownAuthority | undefined {
  const { host, pathname } = new URL(url)
  const [, id, keyIdentifier] = NAME.exec(`${host}${pathname}`) ?? []
  if (id === undefined || keyIdentifier === undefined) return undefined
  // Of a maker that is not in the table the service was told nothing.
  const vendor = TPM_VENDORS.find((known) => known.id === id.toUpperCase())
  if (!vendor) return undefined
  const seed = vendorKeySeed(vendor.id)
  const issuing = keyIdentifierOf(spkiOf(keys.rsa2048(seed, VENDOR_KEY.issuing)))
  if (Buffer.from(issuing).toString('hex') !== keyIdentifier) return undefined
  return {
    vendor,
    name: attestationAuthority(id, issuing),
    keyIdentifier: issuing,
    rootSpki: spkiOf(keys.rsa2048(seed, VENDOR_KEY.root)),
  }
}
