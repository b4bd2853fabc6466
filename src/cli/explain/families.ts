import { familiesWith } from '../../domain/explanations/families.ts'
import { type TpmResponseName, tpmExplanation } from '../../domain/explanations/tpm-responses.ts'
import { RC } from '../../protocols/tpm/response-codes.ts'

/** An explanation without a response code does not compile; nor does a code without an explanation, below. */
const NUMBERS: Readonly<Record<TpmResponseName, number>> = RC

export const FAMILIES = familiesWith(
  (Object.keys(RC) as (keyof typeof RC)[]).map((name) => tpmExplanation(name, NUMBERS[name])),
)
