import * as v from 'valibot'
import { text } from './common.ts'

/** Mutants that no scenario can notice, with the reason: by the names that `oobe mutate` prints. */
export const equivalentMutantsSchema = v.strictObject({
  equivalent: v.array(
    v.strictObject({
      what: v.pipe(v.union([text, v.array(text)]), v.description('As "oobe mutate" prints it.')),
      reason: v.pipe(text, v.description('Why a device with it does the same.')),
    }),
  ),
})
