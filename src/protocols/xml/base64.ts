import { DecodeError } from '../../domain/trouble.ts'

export const encodeBase64 = (bytes: Uint8Array | string): string => Buffer.from(bytes as Uint8Array).toString('base64')

/**
 * Bytes of base64 (RFC 4648 section 4); white space inside and missing padding are let through, nothing else is.
 *
 * @param code the code of the DecodeError, which belongs to the message that the text is a part of
 * @param what names the part, for the message
 * @throws DecodeError with the given code.
 */
export function decodeBase64(value: string, code: string, what: string): Uint8Array<ArrayBuffer> {
  const compact = value.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.replace(/=+$/, '').length % 4 === 1) {
    throw new DecodeError(code, `${what} is not base64`)
  }
  return new Uint8Array(Buffer.from(compact, 'base64'))
}
