import { createHash } from 'node:crypto'
import type { CertificateService } from '../../domain/tpm-vendors.ts'
import { join, u32 } from './bytes.ts'
import type { TpmPublic } from './tpmt-public.ts'

/**
 * How the services of vendors call an endorsement key (device-identity.md section 3.3). Each needs the RSA key; AMD has a
 * form for a curve too.
 */

/** Intel: base64url of SHA-256 over modulus and exponent; the padding is percent-encoded. */
export const intelLookupKey = (modulus: Uint8Array): string =>
  `${sha256(modulus, Uint8Array.of(1, 0, 1)).toString('base64url')}%3D`

/** AMD: 16 bytes of SHA-256 in hexadecimal, over a mark, exponent and modulus, or over another mark and the point. */
export function amdLookupKey(area: TpmPublic): string {
  const bytes =
    area.type === 'rsa'
      ? join(u32(0x2222), u32(area.exponent || 65_537), area.unique)
      : join(u32(0x4444), area.unique.x, area.unique.y)
  return sha256(bytes).subarray(0, 16).toString('hex')
}

/** Qualcomm: what it takes is published nowhere [?]; here base64url of SHA-256 over the modulus. */
const qualcommLookupKey = (modulus: Uint8Array): string => sha256(modulus).toString('base64url')

/** What a vendor's service calls a key; undefined when it has no name for a key of this type. */
export function lookupKey(service: CertificateService, area: TpmPublic): string | undefined {
  if (service === 'ekAmd') return amdLookupKey(area)
  if (area.type !== 'rsa') return undefined
  return service === 'ekIntel' ? intelLookupKey(area.unique) : qualcommLookupKey(area.unique)
}

const sha256 = (...parts: Uint8Array[]): Buffer =>
  createHash('sha256')
    .update(join(...parts))
    .digest()
