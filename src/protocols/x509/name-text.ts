import { DecodeError } from '../../domain/trouble.ts'
import type { NameAttribute, NameAttributeType } from './name.ts'

const OID_BY_WORD: Readonly<Record<string, NameAttributeType>> = {
  CN: 'CN',
  OU: 'OU',
  O: 'O',
  C: 'C',
  DC: 'DC',
  L: '2.5.4.7',
  S: '2.5.4.8',
  ST: '2.5.4.8',
  E: '1.2.840.113549.1.9.1',
  EMAIL: '1.2.840.113549.1.9.1',
  SERIALNUMBER: '2.5.4.5',
  T: '2.5.4.12',
  G: '2.5.4.42',
  SN: '2.5.4.4',
}

/** One attribute and what parts it from the next: a comma, a semicolon or the end. Quotes and backslashes keep those inside. */
const ATTRIBUTE = /\s*([A-Za-z]+|\d+(?:\.\d+)+)\s*=\s*("(?:[^"\\]|\\.)*"|(?:[^,;"\\]|\\.)*)\s*(?:[,;]|$)/y

/**
 * A distinguished name as administrators write it: `CN=CLS-1,OU="Room 1, east"`, first the most special.
 *
 * @throws DecodeError `ERR_X509_NAME` with the place
 */
export function nameFrom(text: string): NameAttribute[] {
  const found: NameAttribute[] = []
  ATTRIBUTE.lastIndex = 0
  while (ATTRIBUTE.lastIndex < text.length) {
    const at = ATTRIBUTE.lastIndex
    const [, word, written] = ATTRIBUTE.exec(text) ?? []
    if (word === undefined || written === undefined) {
      throw new DecodeError('ERR_X509_NAME', `"${text}" is no distinguished name, from character ${at + 1} on`)
    }
    const type = OID_BY_WORD[word.toUpperCase()] ?? (/^\d/.test(word) ? (word as NameAttributeType) : undefined)
    if (!type) throw new DecodeError('ERR_X509_NAME', `"${word}" is no attribute of a distinguished name`)
    const value = (written.startsWith('"') ? written.slice(1, -1) : written.trim()).replace(/\\(.)/g, '$1')
    found.unshift({ type, value })
  }
  return found
}
