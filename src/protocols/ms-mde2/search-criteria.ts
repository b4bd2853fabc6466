import type { NameAttribute } from '../x509/name.ts'

/** Separates several criteria. */
const SEPARATOR = '\uf000'

/**
 * Whether a certificate is one that `SSLCLIENTCERTSEARCHCRITERIA` looks for (w7 APPLICATION CSP):
 * `Subject=<URL-encoded name>&Stores=My%5CSystem`. Of several criteria one is enough. Names are compared attribute by
 * attribute and without letter case; what Windows does with spaces and order is nowhere said.
 */
export function meetsSearchCriteria(subject: readonly NameAttribute[], store: string, criteria: string): boolean {
  const own = subject.map(({ type, value }) => `${type}=${value}`.toLowerCase()).sort()
  return criteria.split(SEPARATOR).some((one) => {
    const query = new URLSearchParams(one.replaceAll('+', '%2B'))
    const stores = query.get('Stores')
    const wanted = query.get('Subject')
    const isHere = stores === null || stores.toLowerCase().split(/[;,]/).includes(`my\\${store.toLowerCase()}`)
    return isHere && (wanted === null || sameNames(attributesOf(wanted), own))
  })
}

/** A comma inside of a value is escaped (RFC 4514, 2.4). */
const attributesOf = (name: string): string[] =>
  name
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim().toLowerCase())
    .filter((part) => part !== '')
    .sort()

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index])
