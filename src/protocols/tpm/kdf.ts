import { createHash, createHmac } from 'node:crypto'
import { u32 } from './bytes.ts'

const NUL = Uint8Array.of(0)

/** KDFa: SP 800-108 in counter mode with HMAC-SHA-256 (TPM 2.0 Library, Part 1, 11.4.10.2). `bits` is a multiple of 8. */
export const kdfa = (
  key: Uint8Array,
  label: string,
  contextU: Uint8Array,
  contextV: Uint8Array,
  bits: number,
): Uint8Array =>
  derive(bits, (counter) =>
    createHmac('sha256', key)
      .update(u32(counter))
      .update(label)
      .update(NUL)
      .update(contextU)
      .update(contextV)
      .update(u32(bits))
      .digest(),
  )

/** KDFe: SP 800-56A with SHA-256, from the x-coordinate of a shared point (Part 1, 11.4.10.3). */
export const kdfe = (z: Uint8Array, label: string, partyU: Uint8Array, partyV: Uint8Array, bits: number): Uint8Array =>
  derive(bits, (counter) =>
    createHash('sha256')
      .update(u32(counter))
      .update(z)
      .update(label)
      .update(NUL)
      .update(partyU)
      .update(partyV)
      .digest(),
  )

function derive(bits: number, block: (counter: number) => Uint8Array): Uint8Array {
  const bytes = new Uint8Array(bits / 8)
  for (let offset = 0, counter = 1; offset < bytes.length; counter++) {
    const next = block(counter).subarray(0, bytes.length - offset)
    bytes.set(next, offset)
    offset += next.length
  }
  return bytes
}
