import { CODE } from './windows-codes.ts'

/**
 * Trouble that a device has to expect: a value, never an exception.
 * `code` is what Windows prints (`0x800705b4`, `caa70007`, `807`); what has no Windows code has one of ours (`ERR_…`).
 */
export interface Trouble {
  code: string
  /** One line for the person who reads the run. */
  text: string
  /** Where it happened, when it concerns a request. */
  url?: string
}

export type Result<Value, Failure = Trouble> = { ok: true; value: Value } | { ok: false; trouble: Failure }

export const success = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const failure = (code: string, text: string, url?: string): { ok: false; trouble: Trouble } => ({
  ok: false,
  trouble: url === undefined ? { code, text } : { code, text, url },
})

const CERTIFICATE_CODES: readonly string[] = [
  CODE.certificateInvalid,
  CODE.certificateAuthorityUnknown,
  CODE.certificateNameInvalid,
  CODE.certificateDateInvalid,
]

/** Whether a connection failed on the server's certificate: any fault of it, its authority, its name, its time. */
export const isCertificateTrouble = (code: string): boolean => CERTIFICATE_CODES.includes(code)

/** A mistake in what a user gave us: a file, a flag, a name. Reported without a stack; exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
  readonly code: string
  /** Lines under the message: where it is, and what to try. */
  readonly details: readonly string[]

  constructor(code: string, message: string, details: readonly string[] = []) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** What the run depends on failed: a real server did not answer in time, a file could not be written. Exit code 3. */
export class InfrastructureError extends Error {
  override name = 'InfrastructureError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Malformed input to a codec. The one error that a decoder throws. */
export class DecodeError extends Error {
  override name = 'DecodeError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
