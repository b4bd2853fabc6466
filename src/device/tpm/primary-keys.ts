import { createECDH, createHash, type KeyObject } from 'node:crypto'
import type { KeySource } from '../../ports/keys.ts'
import { RH } from '../../protocols/tpm/constants.ts'
import { aik, ekP256, ekRsa } from '../../protocols/tpm/templates.ts'
import { type EccPublic, encodePublic, type RsaPublic, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'

/** A primary key: its public area, and the half that never leaves the TPM. */
export type PrimaryKey =
  | { type: 'rsa'; area: RsaPublic; key: KeyObject }
  | { type: 'ecc'; area: EccPublic; scalar: Uint8Array }

/** Order of the group of NIST P-256 (SP 800-186, 3.2.1.3). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Labels of the keys that every device has; the table of prime counters knows them. */
const KNOWN: readonly { hierarchy: number; template: TpmPublic; label: string }[] = [
  { hierarchy: RH.ENDORSEMENT, template: ekRsa(), label: 'ek' },
  { hierarchy: RH.ENDORSEMENT, template: ekP256(), label: 'ek-p256' },
  { hierarchy: RH.OWNER, template: aik(), label: 'aik' },
]

/** The key that a hierarchy's seed gives for a template: always the same one, as of a real TPM (Part 1, 27). */
export function primaryKeyOf(keys: KeySource, seed: string, hierarchy: number, template: TpmPublic): PrimaryKey {
  const label = labelOf(hierarchy, encodePublic(template))
  if (template.type === 'rsa') {
    const key = keys.rsa2048(seed, label)
    return { type: 'rsa', area: { ...template, unique: modulusOf(key) }, key }
  }
  const scalar = p256Scalar(seed, label)
  return { type: 'ecc', area: { ...template, unique: p256PointOf(scalar) }, scalar }
}

export function modulusOf(key: KeyObject): Uint8Array {
  const { n } = key.export({ format: 'jwk' }) as { n: string }
  return new Uint8Array(Buffer.from(n, 'base64url'))
}

function labelOf(hierarchy: number, template: Uint8Array): string {
  const known = KNOWN.find(
    (entry) => entry.hierarchy === hierarchy && Buffer.compare(encodePublic(entry.template), template) === 0,
  )
  if (known) return known.label
  return `primary-${createHash('sha256').update(String(hierarchy)).update(template).digest('hex').slice(0, 32)}`
}

/** A scalar from 1 to the order less 1: 512 bits of hash, so that no value is noticeably likelier than another. No search. */
function p256Scalar(seed: string, label: string): Uint8Array {
  const digest = createHash('sha512').update(`oobe-sim p-256 v1\n${seed.length}:${seed}\n${label}`).digest('hex')
  const scalar = (BigInt(`0x${digest}`) % (P256_ORDER - 1n)) + 1n
  return new Uint8Array(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'))
}

function p256PointOf(scalar: Uint8Array): EccPublic['unique'] {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey()
  return { x: new Uint8Array(point.subarray(1, 33)), y: new Uint8Array(point.subarray(33)) }
}
