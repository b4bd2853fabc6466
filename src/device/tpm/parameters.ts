import { DecodeError } from '../../domain/trouble.ts'
import { readWhole, TpmReader } from '../../protocols/tpm/bytes.ts'
import { ofParameter, RC } from '../../protocols/tpm/response-codes.ts'
import { TpmRefusal } from './refusal.ts'

/** What a bad parameter is called (Part 3, 5.7). */
const CODE_OF: Record<string, number> = {
  ERR_TPM_TRUNCATED: RC.INSUFFICIENT,
  ERR_TPM_TRAILING: RC.SIZE,
  ERR_TPM_SIZE: RC.SIZE,
  ERR_TPM_ALGORITHM: RC.VALUE,
}

/** The parameters of a command, read one after the other: what is wrong with one is refused with its number. */
export class Parameters {
  readonly #reader: TpmReader
  #number = 0

  constructor(bytes: Uint8Array) {
    this.#reader = new TpmReader(bytes, 'parameters')
  }

  next<Value>(read: (reader: TpmReader) => Value): Value {
    this.#number++
    return refusing(this.#number, () => read(this.#reader))
  }

  /** A TPM2B that holds a structure: the structure has to fill it. */
  nextSized<Value>(read: (reader: TpmReader) => Value): Value {
    return this.next((reader) => readWhole(reader.sized(), 'a sized structure', read))
  }

  /** Every command reads its last parameter before it does anything. */
  end(): void {
    if (this.#reader.remaining > 0) throw new TpmRefusal(RC.SIZE)
  }
}

export function refusing<Value>(parameter: number, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new TpmRefusal(ofParameter(CODE_OF[error.code] ?? RC.VALUE, parameter))
  }
}
