import { DecodeError } from '../../domain/trouble.ts'
import type { XmlAttribute, XmlElement } from '../xml/element.ts'

/** An attribute as the document writes it out. */
export interface Literal {
  name: string
  value: string
}

/** Namespaces by prefix that an element declares, and those around it: a copy for each element would take time. */
export interface Scope {
  own: ReadonlyMap<string, string>
  above: Scope | undefined
}

export const NO_NAMESPACES: Scope = { own: new Map(), above: undefined }

function namespaceOf(prefix: string, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.above) {
    const uri = at.own.get(prefix)
    if (uri !== undefined) return uri
  }
  return undefined
}

const NAME = /^(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)$/

function split(name: string): { prefix: string; local: string } {
  const [, prefix = '', local] = NAME.exec(name) ?? []
  if (local === undefined) throw new DecodeError('ERR_WBXML_NAME', 'a name that is no XML name')
  return { prefix, local }
}

/**
 * The name of an element that is in no code page. Without a prefix it is of the namespace around it, as the elements of the code pages
 * declare none.
 */
export function nameOf(name: string, scope: Scope, around: string): Pick<XmlElement, 'prefix' | 'local' | 'uri'> {
  const { prefix, local } = split(name)
  return { prefix, local, uri: namespaceOf(prefix, scope) ?? (prefix === '' ? around : '') }
}

/** The attributes of an element, and the namespaces that it declares. */
export function attributesOf(written: readonly Literal[], above: Scope): { scope: Scope; attributes: XmlAttribute[] } {
  if (written.length === 0) return { scope: above, attributes: [] }
  const named = written.map(({ name, value }) => ({ ...split(name), value }))
  if (new Set(written.map(({ name }) => name)).size < written.length) {
    throw new DecodeError('ERR_WBXML_NAME', 'an element with an attribute twice')
  }
  const declares = ({ prefix, local }: { prefix: string; local: string }) =>
    prefix === 'xmlns' || (prefix === '' && local === 'xmlns')
  const declared = named.filter(declares)
  const own = new Map(declared.map(({ prefix, local, value }) => [prefix === '' ? '' : local, value]))
  const scope = declared.length === 0 ? above : { own, above }
  return {
    scope,
    attributes: named
      .filter((one) => !declares(one))
      .map(({ prefix, local, value }) => ({
        prefix,
        local,
        value,
        uri: prefix === '' ? '' : (namespaceOf(prefix, scope) ?? ''),
      })),
  }
}
