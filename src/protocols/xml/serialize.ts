import type { XmlElement } from './element.ts'
import { escapeAttribute, escapeText, type Xml } from './write.ts'

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/**
 * Writes the content of an element back as markup: text and children in order, namespaces declared where they
 * change, comments and processing instructions gone.
 *
 * @param element what to write the inside of; its own namespace is taken as the default one of the place
 */
export const serializeContent = (element: XmlElement): Xml => content(element, new Map([['', element.uri]])) as Xml

function content(element: XmlElement, scope: ReadonlyMap<string, string>): string {
  return element.content
    .map((piece) => (typeof piece === 'string' ? escapeText(piece) : serialize(piece, scope)))
    .join('')
}

function serialize(element: XmlElement, outer: ReadonlyMap<string, string>): string {
  const scope = new Map(outer)
  let declarations = ''
  const qualified = (prefix: string, uri: string, local: string): string => {
    // No namespace and yet a prefix: it was not declared, so only the name is worth keeping.
    const used = uri === '' ? '' : prefix
    if (uri !== XML_NAMESPACE && (scope.get(used) ?? '') !== uri) {
      scope.set(used, uri)
      declarations += used === '' ? ` xmlns="${escapeAttribute(uri)}"` : ` xmlns:${used}="${escapeAttribute(uri)}"`
    }
    return used === '' ? local : `${used}:${local}`
  }
  const name = qualified(element.prefix, element.uri, element.local)
  let attributes = ''
  for (const { prefix, uri, local, value } of element.attributes) {
    const key = uri === '' ? local : qualified(prefix, uri, local)
    attributes += ` ${key}="${escapeAttribute(value)}"`
  }
  const inside = content(element, scope)
  const head = `<${name}${declarations}${attributes}`
  return inside === '' ? `${head}/>` : `${head}>${inside}</${name}>`
}
