/**
 * Who refuses it: the portal, which does not send such a file; the service, which answers HTTP 400 to the whole request; or the
 * import, which has a result for the row.
 */
export type RefusedBy = 'portal' | 'request' | 'import'

/** What is wrong with a file, and where. */
export interface CsvError {
  /** From 1; the header is line 1. */
  line: number
  /** Character of the line, from 1. */
  column: number
  /** `ERR_CSV_…`, or the decoder's `ERR_HASH_…`; of a warning `CSV_…`. */
  code: string
  text: string
  /** Of a row. */
  refusedBy?: RefusedBy
  /** What the service does then, or what helps. */
  hint?: string
  /** The first line that has the same. */
  otherLine?: number
}
