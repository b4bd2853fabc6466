import { codeOfSigned, signedOfSystemError } from '../windows-codes.ts'
import type { Explanation } from './explanation.ts'
import type { Families } from './families.ts'
import { byNumber } from './number-rules.ts'
import { isKnownProfileValue, isOddProfileValue, profileValue } from './oobe-config.ts'

/** Every meaning of a code in whatever spelling people have it, the likeliest first; none where no table and no rule has it. */
export function explanationsOf(text: string, families: Families): Explanation[] {
  const word = text
    .trim()
    .replace(/[.,:;]+$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
  const value = PROFILE_VALUE.exec(word)?.[1]
  if (value !== undefined) return some(profileValue(Number(value)))
  const forms = formsOf(word)
  const all = Object.values(families).flat()
  const found = all.filter(({ family, code, also = [] }) =>
    [code, ...also].some((form) => family !== 'profile' && forms.includes(form.toLowerCase())),
  )
  if (found.length === 0) found.push(...byRule(forms, families))
  return withProfile(word, found)
}

const PROFILE_VALUE = /^(?:cloudassigned)?oobeconfig ?[=:]? ?(\d{1,9})$/

const some = <Value>(value: Value | undefined): Value[] => (value === undefined ? [] : [value])

/** Bare numbers from 1 on are values of a profile too: known ones are likely, the others are not. */
function withProfile(word: string, found: Explanation[]): Explanation[] {
  if (!/^\d{1,4}$/.test(word)) return found
  const number = Number(word)
  // Where the number means something else, bits that no profile has together mean nothing.
  const profile = found.length > 0 && isOddProfileValue(number) ? [] : some(profileValue(number))
  return isKnownProfileValue(number) ? [...profile, ...found] : [...found, ...profile]
}

const SIGN_BIT = 0x8000_0000
const WORD = 0x1_0000_0000
const SYSTEM_MAX = 0xffff

/** Spellings of a code: as it is, and as Windows prints the number that it is. */
function formsOf(word: string): string[] {
  const event = /^event(?: id)? ?[=:]? ?(\d{1,5})$/.exec(word)?.[1]
  if (event !== undefined) return [`event ${event}`]
  const hex = /^(?:0x)?([0-9a-f]{8})$/.exec(word)?.[1]
  if (hex !== undefined) return [word, hex, `0x${hex}`]
  if (/^0x[0-9a-f]{1,4}$/.test(word)) return [word, `0x${word.slice(2).padStart(3, '0')}`]
  if (!/^-?\d{1,10}$/.test(word)) return [word]
  const number = Number(word)
  if (number < 0 || (number >= SIGN_BIT && number < WORD)) return [codeOfSigned(number | 0)]
  return number <= SYSTEM_MAX ? [word, codeOfSigned(signedOfSystemError(number))] : [word]
}

/** What the digits of a Windows code say. A small number has no rule: each would have a meaning. */
function byRule(forms: readonly string[], { tpm }: Families): Explanation[] {
  const code = forms.at(-1)!
  if (!code.startsWith('0x') || (forms.length === 2 && /^\d+$/.test(forms[0]!))) return []
  const response = TPM_SERVICES.exec(code)?.[1] ?? /^0x([0-9a-f]{3})$/.exec(code)?.[1]
  return response === undefined ? some(byNumber(code)) : tpmOf(Number.parseInt(response, 16), tpm)
}

/** Facility 0x28; the low digits of a Windows code are those of the TPM (device-identity.md, 3.10 [K]). */
const TPM_SERVICES = /^0x80280([0-9a-f]{3})$/

/** Bit 7 marks a code that names a handle, session or parameter, in bits 6 and 8 to 11. */
const FORMAT_ONE = 0x080
const FORMAT_ONE_CODE = 0x0bf

function tpmOf(response: number, tpm: readonly Explanation[]): Explanation[] {
  const plain = [response, ...((response & FORMAT_ONE) === 0 ? [] : [response & FORMAT_ONE_CODE])].map(
    (number) => `0x${number.toString(16).padStart(3, '0')}`,
  )
  return tpm.filter(({ also = [] }) => also.some((form) => plain.includes(form))).slice(0, 1)
}

/** Every word that a code may be called, for a search of near ones. */
export const wordsIn = (families: Families): string[] => [
  ...new Set(Object.values(families).flatMap((all) => all.flatMap(({ code, also = [] }) => [code, ...also]))),
]
