import type { DomainMember } from '../../domain/hybrid-join.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnswer, object, text } from '../json-answer.ts'

const BLOB = object({ domain: text, computerName: text })

/**
 * The provisioning data of an offline domain join. Its real form is that of djoin.exe, with the computer's secret, and is Active
 * Directory's own affair: ours says only what the device becomes.
 */
export const encodeJoinBlob = ({ domain, computerName }: DomainMember): string =>
  Buffer.from(JSON.stringify({ domain, computerName })).toString('base64')

/** @throws DecodeError `ERR_DOMAIN_JOIN_BLOB_MALFORMED` */
export function decodeJoinBlob(base64: string): DomainMember {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  const { domain, computerName } = decodeAnswer(bytes, BLOB, 'ERR_DOMAIN_JOIN_BLOB_MALFORMED')
  return { domain, computerName }
}

/** Whether a device can take it. */
export function isJoinBlob(base64: string): boolean {
  try {
    const { domain, computerName } = decodeJoinBlob(base64)
    return /^[a-z0-9.-]{1,255}$/i.test(domain) && /^[a-z0-9-]{1,15}$/i.test(computerName)
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}
