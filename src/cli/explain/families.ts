import { familiesWith } from '../../domain/explanations/families.ts'
import { type TpmResponseName, tpmExplanation } from '../../domain/explanations/tpm-responses.ts'
import { RC } from '../../protocols/tpm/response-codes.ts'

/** A response code without an explanation does not compile, nor an explanation without a code. */
const NUMBERS: Readonly<Record<TpmResponseName, number>> & Readonly<Record<keyof typeof RC, number>> = RC

export const FAMILIES = familiesWith(
  (Object.keys(NUMBERS) as TpmResponseName[]).map((name) => tpmExplanation(name, NUMBERS[name])),
)
