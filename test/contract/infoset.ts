import { parseXml, type XmlElement } from '../../src/protocols/xml/read.ts'

/** What a document says, whatever its prefixes, indentation and declaration: names in full, attributes, text or children. */
export interface Infoset {
  name: string
  attributes?: Record<string, string>
  text?: string
  children?: Infoset[]
}

/** Text of an element by its local name is replaced: what is another one in every run. */
export type Volatile = Readonly<Record<string, string>>

export interface Reading {
  volatile?: Volatile
  /** Order has no meaning in what a server writes, and nil, empty or unknown parts say nothing. */
  isUnordered?: boolean
  /** Local names that are left out. */
  without?: readonly string[]
}

export function infoset(input: string | Uint8Array, reading: Reading = {}): Infoset {
  return of(parseXml(input), reading)!
}

function of(element: XmlElement, reading: Reading): Infoset | undefined {
  const { volatile = {}, isUnordered = false, without = [] } = reading
  if (without.includes(element.local)) return undefined
  const isNil = element.attributes.some(({ local, value }) => local === 'nil' && value === 'true')
  const text = element.text.trim()
  const children = element.children.flatMap((child) => of(child, reading) ?? [])
  if (isUnordered && (isNil || (children.length === 0 && text === '' && element.attributes.length === 0)))
    return undefined
  const attributes = Object.fromEntries(
    element.attributes
      .map(({ uri, local, value }): [string, string] => [`${uri} ${local}`.trim(), value])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  if (isUnordered) children.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
  return {
    name: `${element.uri} ${element.local}`.trim(),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(children.length > 0 ? { children } : { text: volatile[element.local] ?? text }),
  }
}

/** The paths of a provisioning document, each with its value. */
export function provisioning(document: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const attribute = (element: XmlElement, name: string) =>
    element.attributes.find(({ local }) => local === name)?.value ?? ''
  const walk = (element: XmlElement, path: string): void => {
    for (const child of element.children) {
      const isParm = child.local === 'parm'
      const name = `${path}/${attribute(child, isParm ? 'name' : 'type')}`
      if (isParm) found.set(name, [...(found.get(name) ?? []), attribute(child, 'value')])
      else walk(child, name)
    }
  }
  walk(parseXml(document), '')
  return found
}
