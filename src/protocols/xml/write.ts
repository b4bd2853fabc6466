declare const xmlMark: unique symbol

/** Markup that was built here, so everything inside it is escaped already. A plain string is not assignable to it. */
export type Xml = string & { readonly [xmlMark]: true }

/** Attributes in the order they are written; an undefined one is left out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>

/** What may stand inside an element; undefined leaves a part out. */
export type XmlChild = Xml | readonly Xml[] | undefined

const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/

/** Everything outside the Char production of XML 1.0 (section 2.2), lone surrogates included. */
const NOT_A_CHAR = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  // A bare CR would come back as LF (XML 1.0 section 2.11).
  ['\r', '&#xD;'],
  // The list separator of the CSPs: invisible as a character, and servers write it as a reference.
  ['\uf000', '&#xF000;'],
])

/** Printable ASCII without anything to escape: most texts. */
const PLAIN = /^[ !#-%'-;=?-~]*$/

const escapeOne = (char: string): string => ESCAPES.get(char) ?? char

/** Text as it is written between tags. What XML 1.0 cannot carry at all becomes U+FFFD. */
export const escapeText = (value: string): string =>
  PLAIN.test(value) ? value : value.replace(NOT_A_CHAR, '\ufffd').replace(/[&<>\r\uf000]/g, escapeOne)

/** Text as it is written between double quotes. Line ends are references, or attribute normalisation would eat them. */
export const escapeAttribute = (value: string): string =>
  PLAIN.test(value) ? value : value.replace(NOT_A_CHAR, '\ufffd').replace(/[&<>"\t\n\r\uf000]/g, escapeOne)

/** Character data. */
export const text = (value: string | number | boolean): Xml => escapeText(String(value)) as Xml

/**
 * One element, without any white space around its children. Without a children argument it is an empty-element tag
 * (`<Final/>`); with one, even an empty text, it has an explicit close tag, which servers that read by pattern need.
 *
 * @throws Error when a name is not a plain XML name: names are constants of this code, never input.
 */
export function element(name: string, attributes?: XmlAttributes, ...children: readonly XmlChild[]): Xml {
  let out = `<${checked(name)}`
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined) out += ` ${checked(key)}="${escapeAttribute(value)}"`
  }
  if (children.length === 0) return `${out}/>` as Xml
  return `${out}>${joined(children)}</${name}>` as Xml
}

/** An element that holds one text. */
export const leaf = (name: string, value: string | number | boolean, attributes?: XmlAttributes): Xml =>
  element(name, attributes, text(value))

/** As {@link leaf}, or nothing when there is no value. */
export const optionalLeaf = (
  name: string,
  value: string | number | boolean | undefined,
  attributes?: XmlAttributes,
): Xml | undefined => (value === undefined ? undefined : leaf(name, value, attributes))

/** Pieces one after another. */
export const joinXml = (...pieces: readonly XmlChild[]): Xml => joined(pieces)

function joined(pieces: readonly XmlChild[]): Xml {
  let out = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') out += piece
    else if (piece !== undefined) for (const one of piece) out += one
  }
  return out as Xml
}

/** Names that were looked at: there are as many as this code has. */
const names = new Set<string>()

function checked(name: string): string {
  if (names.has(name)) return name
  if (!NAME.test(name)) throw new Error(`Not an XML name: ${JSON.stringify(name)}`)
  names.add(name)
  return name
}
