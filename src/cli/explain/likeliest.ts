import { explanationsOf } from '../../domain/explanations/find.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Explain } from '../../journal/cause/cause.ts'
import { FAMILIES } from './families.ts'

/** Where a code was seen, by the page: of its meanings only those of this place are told. */
const PLACES: Partial<Record<PageId, RegExp>> = {
  tpmAttestation: /TPM attestation/,
  deviceJoin: /\bjoin\b/,
  enrollment: /enrol/i,
  enrollmentStatusFailure: /Enrollment Status Page$|MSI|download/,
}

/** The likeliest meaning of a code. */
export const explain: Explain = (code, page) => {
  const [first] = explanationsOf(code, FAMILIES)
  if (!first) return undefined
  const place = page && PLACES[page]
  const here = first.causes.filter(({ where }) => place && where !== undefined && place.test(where))
  const causes = here.length > 0 ? here : first.causes
  const why = causes.map(({ where, why }) => (where === undefined ? why : `${where}: ${why}`)).join(' ')
  return { why, help: first.help }
}
