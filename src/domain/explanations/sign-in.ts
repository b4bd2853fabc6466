import { AADSTS, AADSTS_SOURCES, type AadstsNumber } from './aadsts.ts'
import type { Explanation } from './explanation.ts'

export const SIGN_IN_EXPLANATIONS: readonly Explanation[] = Object.keys(AADSTS).map((text): Explanation => {
  const entry = AADSTS[Number(text) as AadstsNumber]
  const isShown = 'isShown' in entry
  return {
    family: 'signIn',
    code: `AADSTS${text}`,
    also: [text],
    causes: [{ why: entry.why, source: AADSTS_SOURCES[entry.tag] }],
    pages: isShown ? ['signIn'] : [],
    seen: isShown ? 'the sign-in log of Microsoft Entra' : 'answers of Microsoft Entra to programs: error_codes',
    help: entry.help,
  }
})
