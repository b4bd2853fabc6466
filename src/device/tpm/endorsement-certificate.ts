import { EK_CERTIFICATE_INDEX } from '../../protocols/tpm/constants.ts'
import type { TpmClient } from './client.ts'

/** A TPM gives at most so much of an index at once. */
const CHUNK = 512

/** The certificate in an NV index; undefined when there is none. */
export async function readCertificate(
  client: TpmClient,
  index: number = EK_CERTIFICATE_INDEX.rsa,
): Promise<Uint8Array | undefined> {
  const area = await client.nvReadPublic(index)
  if (!area.ok) return undefined
  const content = new Uint8Array(area.value.size)
  for (let offset = 0; offset < content.length; offset += CHUNK) {
    const part = await client.nvRead(index, Math.min(CHUNK, content.length - offset), offset)
    if (!part.ok) return undefined
    content.set(part.value, offset)
  }
  return unwrapped(content)
}

/** TCG_PCCLIENT_STORED_CERT, `10 01 00` and a length, of older chips. */
const WRAPPER = [0x10, 0x01, 0x00]

/** Bare DER, as it is or out of its wrapper; what follows it in the index is left off (3.1 [O]). */
export function unwrapped(content: Uint8Array): Uint8Array {
  const isWrapped = WRAPPER.every((byte, index) => content[index] === byte)
  const der = isWrapped ? content.subarray(5) : content
  const isLong = der[0] === 0x30 && der[1] === 0x82 && der.length > 4
  const length = isLong ? 4 + (der[2]! << 8) + der[3]! : der.length
  return der.slice(0, length)
}
