import { safeText } from '../../domain/safe-text.ts'
import { cleanText } from './clean-text.ts'
import { beginsAnother, HashInLines } from './hash-in-lines.ts'

export interface FoundInText {
  /** `line 2 (SIM-1)`; empty when it is all of the text. */
  place: string
  input: string
}

interface Line {
  /** From 1. */
  number: number
  text: string
}

/** Characters of a device's name that are kept. */
const NAME_MAX = 40

/** How every hash begins: "OA" in base64. */
const BEGINS_HASH = /^T0[E-H]/

/** Of the column that holds it, in exports of management tools too. */
const HEADER = /^(device )?hardware ?(hash|identifier|data)$|^device ?hardware ?data$|^4k ?hh$/i

/** What ends a hash in a text; anything else in it is damage, which its decoder names. */
const TOKEN = /(?<![A-Za-z0-9+/_-])T0[E-H][^\s,;"'`<>|&(){}[\]]{9,}/g

const SEPARATOR = /[,;\t|]/

export const looksLikeHash = (text: string): boolean => BEGINS_HASH.test(text) && text.length >= 12

/** A column that holds hashes, and how many columns its table has. */
interface Column {
  at: number
  count: number
}

/**
 * Hashes in a text, line by line: in a table the column that is called so, elsewhere whatever begins like a hash, with the
 * lines below that continue it. Quotation marks of mails, bars of tables and blanks around are no part of it.
 */
export function scanText(given: string): FoundInText[] {
  const spaced = oneSpacedHash(given)
  if (spaced !== undefined) return [{ place: '', input: spaced }]
  const lines = linesOf(given)
  const found: FoundInText[] = []
  let column: Column | undefined
  for (let at = 0; at < lines.length; at++) {
    const { number, text } = lines[at]!
    const fields = text.split(SEPARATOR).map(bare)
    const header = fields.findIndex((field) => HEADER.test(field))
    if (header >= 0 && !fields.some(looksLikeHash)) {
      column = { at: header, count: fields.length }
      continue
    }
    const [first] = fields
    const isNamed = fields.length > 1 && first !== '' && !looksLikeHash(first!)
    const place = `line ${number}${isNamed ? ` (${safeText(first!, NAME_MAX)})` : ''}`
    const cell = cellOf(fields, column)
    if (cell !== undefined && !looksLikeHash(cell)) {
      found.push({ place, input: cell })
      continue
    }
    const start = cell === undefined ? 0 : text.indexOf(cell)
    for (const { 0: token, index } of text.slice(start).matchAll(TOKEN)) {
      const hash = new HashInLines(token)
      if (text.slice(start + index + token.length).trim() === '') {
        while (at + 1 < lines.length && hash.takes(lines[at + 1]!.text)) at++
      }
      found.push({ place, input: plainBase64(hash.text) })
      if (cell !== undefined) break
    }
  }
  const isAll = found.length === 1 && lines[0]!.text.trimStart().startsWith(found[0]!.input.slice(0, 12))
  return isAll && !SEPARATOR.test(lines[0]!.text) ? [{ place: '', input: found[0]!.input }] : found
}

/** What a row has in the column of hashes, unless it is a rule between rows, prose, or continues below its line. */
function cellOf(fields: readonly string[], column: Column | undefined): string | undefined {
  const cell = column && fields.length === column.count ? fields[column.at]! : ''
  if (cell === '' || /^[-:=]+$/.test(cell) || /^["'`]|\s/.test(cell)) return undefined
  return column!.count > 1 || /^[A-Za-z0-9+/=]{12,}$/.test(cell) ? cell : undefined
}

/** A text that is one hash with blanks in its lines. */
function oneSpacedHash(given: string): string | undefined {
  if (!/^\s*T0[E-H]/.test(given.slice(0, 1000))) return undefined
  const text = cleanText(given).trim()
  if (!/[^\S\r\n]/.test(text) || !/^[A-Za-z0-9+/\s]*[=\s]*$/.test(text)) return undefined
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim())
  return lines.slice(1).some(beginsAnother) ? undefined : text
}

/** Lines with their numbers; a `<br>` ends one too. */
const linesOf = (given: string): Line[] =>
  given
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) =>
      line.split(/<br ?\/?>/i).map((part) => ({ number: index + 1, text: withoutQuoting(cleanText(part)) })),
    )

/** Without the marks of a mail that is answered. */
const withoutQuoting = (line: string): string => line.replace(/^[\s>]*>/, '')

const bare = (field: string): string => field.trim().replace(/^(["'`])(.*)\1$/, '$2')

/** From the alphabet of addresses to the usual one. */
const plainBase64 = (text: string): string =>
  /[-_]/.test(text) && !/[+/]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text
