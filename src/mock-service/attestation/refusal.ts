import type { HttpResponse } from '../../domain/http.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { json } from '../responses.ts'

/** Why the attestation service will not have it. What Windows sees of most of them is the status alone. */
export interface Refusal {
  status: 400 | 403
  code: string
  message: string
}

/** The evidence is bad: Windows sees 0x80190190. */
export const badEvidence = (code: string, message: string): Refusal => ({ status: 400, code, message })

/** The evidence is good, but not of a device of this tenant. The code is Windows' own. */
export const notOurs = (message: string): Refusal => ({ status: 403, code: CODE.attestationFailed, message })

export const isRefusal = (value: object): value is Refusal => 'status' in value && 'message' in value

export const refuse = ({ status, code, message }: Refusal): HttpResponse =>
  status === 400 ? json(400, { error: code, error_description: message }) : json(403, { code, message })
