/** A command that the TPM refuses. It never leaves the TPM: the response carries its code. */
export class TpmRefusal extends Error {
  override name = 'TpmRefusal'
  /** TPM_RC. */
  readonly code: number

  constructor(code: number) {
    super(`TPM response code 0x${code.toString(16)}`)
    this.code = code
  }
}

export function refuseUnless(condition: boolean, code: number): asserts condition {
  if (!condition) throw new TpmRefusal(code)
}
