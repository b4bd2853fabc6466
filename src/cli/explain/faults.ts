import type { Explanation } from '../../domain/explanations/explanation.ts'
import { FAULTS } from '../../domain/faults/faults.ts'

/** A number alone is that of an answer of the lookup; the others have their prefix. */
const BARE: readonly Explanation['family'][] = ['lookup', 'event']

/** Names of the faults that show a code: "oobe faults NAME" says more of each. */
export function faultsWith({ family, code, also = [] }: Explanation): string[] {
  const forms = [code, ...also].map((form) => form.toLowerCase())
  return FAULTS.flatMap((fault) => {
    const shown = fault.code?.toLowerCase()
    if (shown === undefined || !forms.includes(shown)) return []
    return /^\d+$/.test(shown) && !BARE.includes(family) ? [] : [fault.name]
  })
}
