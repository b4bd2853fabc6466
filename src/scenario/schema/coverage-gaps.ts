import * as v from 'valibot'
import { text } from './common.ts'

/** What no run comes to, with the reason: by the names that `oobe coverage` prints. */
export const coverageGapsSchema = v.strictObject({
  gaps: v.array(
    v.strictObject({
      what: v.pipe(v.union([text, v.array(text)]), v.description('As "oobe coverage" prints it.')),
      reason: v.pipe(text, v.description('Why no run comes there.')),
    }),
  ),
})
