import { createPublicKey, type KeyObject } from 'node:crypto'
import type { DeviceDefinition } from '../domain/device.ts'
import type { KeySource } from '../ports/keys.ts'
import { decodeCertificate } from '../protocols/x509/certificate.ts'
import { spkiOf } from '../protocols/x509/signature.ts'

/**
 * What a device has certificates for: its join, the transport key beside it, and its management. A renewal of the latter is for a new
 * key. Keys follow from the device, so that the two of management take turns, and all certificates of profiles have one: an assumption.
 */
export type KeyLabel = 'join' | 'transport' | 'certificates' | ManagementKeyLabel | HelloKeyLabel

/** The key of Windows Hello of a person, by their address in lower case. It has no certificate. */
export type HelloKeyLabel = `hello:${string}`

export type ManagementKeyLabel = 'mdm' | 'mdm-renewed'

/** Private key of a certificate: kept by the TPM where there is one, and the same in every run. */
export const deviceKey = (
  { tpm, smbios }: DeviceDefinition,
  keys: KeySource,
  label: KeyLabel,
  bits = 2048,
): KeyObject => keys.rsa(tpm?.endorsementSeed ?? `no-tpm:${smbios.uuid}`, label, bits)

/** The key that a certificate was issued for; undefined when it is none of the device's. */
export function keyOfCertificate(
  device: DeviceDefinition,
  keys: KeySource,
  certificate: Uint8Array,
): KeyObject | undefined {
  const { spki } = decodeCertificate(certificate)
  const labels: KeyLabel[] = ['mdm', 'join', 'transport', 'mdm-renewed']
  const { modulusLength: bits } = createPublicKey({
    key: Buffer.from(spki),
    format: 'der',
    type: 'spki',
  }).asymmetricKeyDetails ?? { modulusLength: undefined }
  // Keys are searched for at the length that the certificate has, and no other; one that is found ends the search.
  for (const label of labels) {
    const key = deviceKey(device, keys, label, bits)
    if (Buffer.compare(spkiOf(key), spki) === 0) return key
  }
  return undefined
}
