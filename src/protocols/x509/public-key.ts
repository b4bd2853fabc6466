import { createPublicKey, type KeyObject } from 'node:crypto'

/** How many keys are kept: those of the authorities, and of the devices that are in the middle of something. */
const KEPT_MAX = 256

const kept = new Map<string, KeyObject>()

/**
 * The key of a SubjectPublicKeyInfo. One enrolment shows the same key in certificates, requests and signatures, and to read it
 * takes longer than to verify with it.
 *
 * @throws what Node says of DER that is no key
 */
export function publicKeyFrom(spki: Uint8Array): KeyObject {
  const der = Buffer.from(spki)
  const text = der.toString('latin1')
  const known = kept.get(text)
  if (known) return known
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  if (kept.size >= KEPT_MAX) kept.clear()
  kept.set(text, key)
  return key
}
