/** A TPM 2.0 at the level of command bytes: the built-in one, or any other that tests set beside it. */
export interface Tpm {
  /** One whole command in, one whole response out. */
  execute(command: Uint8Array): Promise<Uint8Array>
}
