import type { XmlAttribute, XmlElement } from '../xml/element.ts'

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

const TEXT: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const ATTRIBUTE: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/**
 * Exclusive XML Canonicalization 1.0 without comments, of an element and all that is in it (W3C xml-exc-c14n, section
 * 3), without an InclusiveNamespaces list.
 *
 * @param leaveOut an element that is passed over: the enveloped-signature transform (XML Signature, section 6.6.4)
 */
export function canonicalize(
  element: XmlElement,
  leaveOut?: XmlElement,
  scope: ReadonlyMap<string, string> = NO_SCOPE,
) {
  const name = qualified(element.prefix, element.local)
  const inside = new Map(scope)
  const declared: string[] = []
  const used = [element, ...element.attributes.filter(({ prefix }) => prefix !== '')]
  for (const { prefix, uri } of used) {
    if (prefix === 'xml' || uri === XML_NAMESPACE || (inside.get(prefix) ?? '') === uri) continue
    inside.set(prefix, uri)
    declared.push(prefix)
  }
  // Both lists in the order of code points, as section 2.3 of Canonical XML has it.
  const namespaces = declared
    .sort(byCodePoint)
    .map((prefix) => ` ${qualified('xmlns', prefix)}="${escaped(inside.get(prefix)!, /[&<"\t\n\r]/g, ATTRIBUTE)}"`)
  const attributes = [...element.attributes]
    .sort((a, b) => byCodePoint(a.uri, b.uri) || byCodePoint(a.local, b.local))
    .map(attributeText)
  const content: string[] = element.content.map((piece) => {
    if (typeof piece === 'string') return escaped(piece, /[&<>\r]/g, TEXT)
    return piece === leaveOut ? '' : canonicalize(piece, leaveOut, inside)
  })
  return `<${name}${namespaces.join('')}${attributes.join('')}>${content.join('')}</${name}>`
}

const NO_SCOPE: ReadonlyMap<string, string> = new Map()

const qualified = (prefix: string, local: string): string =>
  prefix === '' ? local : local === '' ? prefix : `${prefix}:${local}`

const attributeText = ({ prefix, local, value }: XmlAttribute): string =>
  ` ${qualified(prefix, local)}="${escaped(value, /[&<"\t\n\r]/g, ATTRIBUTE)}"`

const escaped = (text: string, what: RegExp, by: Record<string, string>): string =>
  text.replace(what, (char) => by[char]!)

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
