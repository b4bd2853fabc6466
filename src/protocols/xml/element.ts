export interface XmlAttribute {
  local: string
  /** Empty for an attribute without a prefix. */
  uri: string
  prefix: string
  value: string
}

/** One element as it was read. Everything is an array: no name from outside ever becomes a property. */
export interface XmlElement {
  local: string
  /** Namespace; empty when there is none, and for a prefix without a declaration (see `tolerateUndeclaredPrefix`). */
  uri: string
  prefix: string
  /** Without the namespace declarations. */
  attributes: XmlAttribute[]
  children: XmlElement[]
  /** The element's own text, untrimmed, CDATA sections included, without the text of its children. */
  text: string
  /** Text and children in the order of the document. */
  content: (string | XmlElement)[]
}

/** The first child with this name, in any namespace unless one is asked for. */
export const child = (element: XmlElement | undefined, local: string, uri?: string): XmlElement | undefined =>
  element?.children.find((one) => one.local === local && (uri === undefined || one.uri === uri))

/** As {@link child}, for peers that cannot agree on the letter case. */
export const childIgnoringCase = (element: XmlElement | undefined, local: string): XmlElement | undefined =>
  element?.children.find((one) => one.local.toLowerCase() === local.toLowerCase())

/** All children with this name. */
export const children = (element: XmlElement | undefined, local: string): XmlElement[] =>
  element?.children.filter((one) => one.local === local) ?? []

/** The element at the end of a path of local names, or undefined. */
export const path = (element: XmlElement | undefined, ...locals: readonly string[]): XmlElement | undefined =>
  locals.reduce<XmlElement | undefined>((at, local) => child(at, local), element)

/** The trimmed text of the element at the end of a path; undefined when it is absent or `xsi:nil`. */
export function textOf(element: XmlElement | undefined, ...locals: readonly string[]): string | undefined {
  const found = path(element, ...locals)
  return found === undefined || isNil(found) ? undefined : found.text.trim()
}

/** As {@link textOf}, and an empty text counts as absent. */
export const filledTextOf = (element: XmlElement | undefined, ...locals: readonly string[]): string | undefined =>
  textOf(element, ...locals) || undefined

/** The value of the first attribute with this local name, untrimmed. */
export const attribute = (element: XmlElement | undefined, local: string): string | undefined =>
  element?.attributes.find((one) => one.local === local)?.value

/** Whether `xsi:nil` says that the element has no value (XML Schema part 1, section 2.6.2). */
export const isNil = (element: XmlElement): boolean => ['true', '1'].includes(attribute(element, 'nil') ?? '')
