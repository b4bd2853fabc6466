import { SaxesParser, type SaxesTagNS } from 'saxes'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import type { XmlAttribute, XmlElement } from './element.ts'
import {
  XML_ATTRIBUTE_LENGTH_MAX,
  XML_ATTRIBUTES_MAX,
  XML_DEPTH_MAX,
  XML_ELEMENTS_MAX,
  XML_SIZE_MAX,
} from './limits.ts'
import { readPlain } from './read-plain.ts'

export * from './element.ts'
export * from './limits.ts'

export interface ParseXmlOptions {
  /** Reads `xcep:policy` without a declaration of `xcep` as a `policy` in no namespace, as Windows does. */
  tolerateUndeclaredPrefix?: boolean
  /** The same, and hears of each such prefix once, with its `line:column`. */
  onUndeclaredPrefix?: (prefix: string, place: string) => void
}

const XMLNS = 'http://www.w3.org/2000/xmlns/'
const UNDECLARED = 'urn:undeclared-prefix:'

/**
 * Reads one XML 1.0 document with namespaces, within fixed limits and without anything that XML can fetch or expand:
 * a DOCTYPE is refused before parsing starts, and only the five predefined entities and character references exist.
 *
 * @param input text, or bytes in UTF-8
 * @throws DecodeError with `line:column` in front of the message:
 *   `ERR_XML_DOCTYPE` has a document type declaration; `ERR_XML_ENCODING` not UTF-8, or says that it is not;
 *   `ERR_XML_TOO_LARGE` size, number of elements or length of an attribute; `ERR_XML_TOO_DEEP`;
 *   `ERR_XML_TOO_MANY_ATTRIBUTES`; `ERR_XML_MALFORMED` not well-formed.
 */
export function parseXml(input: string | Uint8Array, options: ParseXmlOptions = {}): XmlElement {
  // The number of code units of a string is at most the number of its bytes, so one limit serves both.
  if (input.length > XML_SIZE_MAX) throw new DecodeError('ERR_XML_TOO_LARGE', `1:1 more than ${XML_SIZE_MAX} bytes`)
  const source = typeof input === 'string' ? input : decodeUtf8(input)
  const plain = readPlain(source)
  if (plain) return plain
  if (startsWithDoctype(source)) throw new DecodeError('ERR_XML_DOCTYPE', '1:1 a document type declaration is refused')
  if (/\p{Surrogate}/u.test(source)) throw new DecodeError('ERR_XML_ENCODING', '1:1 half of a surrogate pair')
  try {
    return readTree(source, typeof input !== 'string', options)
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    // saxes quotes names from the input, and those can be as long as the input.
    throw new DecodeError('ERR_XML_MALFORMED', String(cause instanceof Error ? cause.message : cause).slice(0, 200), {
      cause,
    })
  }
}

/** A declaration anywhere but before the root is not well-formed, so the prolog is all there is to look at. */
function startsWithDoctype(source: string): boolean {
  let at = 0
  for (;;) {
    while (/[\s\ufeff]/.test(source[at] ?? '')) at++
    const end = source.startsWith('<?', at) ? '?>' : source.startsWith('<!--', at) ? '-->' : undefined
    if (end === undefined) return source.slice(at, at + 9).toUpperCase() === '<!DOCTYPE'
    const next = source.indexOf(end, at + 2)
    if (next === -1) return false
    at = next + end.length
  }
}

function readTree(source: string, fromBytes: boolean, options: ParseXmlOptions): XmlElement {
  const { tolerateUndeclaredPrefix, onUndeclaredPrefix } = options
  const undeclared = new Set<string>()
  const resolvePrefix = (prefix: string): string => {
    // Without a prefix it is a name of no namespace, which needs no declaration.
    if (prefix !== '' && !undeclared.has(prefix)) onUndeclaredPrefix?.(prefix, `${parser.line}:${parser.column}`)
    undeclared.add(prefix)
    return `${UNDECLARED}${prefix}`
  }
  const parser = new SaxesParser({
    xmlns: true,
    // XML 1.1 would allow control characters.
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
    ...(tolerateUndeclaredPrefix || onUndeclaredPrefix ? { resolvePrefix } : {}),
  })
  const refuse = (code: string, message: string): never => {
    throw new DecodeError(code, `${parser.line}:${parser.column} ${message}`)
  }
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let elements = 0
  let attributes = 0

  parser.on('doctype', () => refuse('ERR_XML_DOCTYPE', 'a document type declaration is refused'))
  parser.on('xmldecl', ({ encoding }) => {
    // A string was decoded before, by a caller who knew its encoding better than the label.
    if (fromBytes && encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      refuse('ERR_XML_ENCODING', 'the declaration names an encoding other than UTF-8')
    }
  })
  parser.on('opentagstart', () => {
    attributes = 0
    if (open.length >= XML_DEPTH_MAX) refuse('ERR_XML_TOO_DEEP', `more than ${XML_DEPTH_MAX} levels`)
    if (++elements > XML_ELEMENTS_MAX) refuse('ERR_XML_TOO_LARGE', `more than ${XML_ELEMENTS_MAX} elements`)
  })
  parser.on('attribute', ({ value }) => {
    if (++attributes > XML_ATTRIBUTES_MAX) {
      refuse('ERR_XML_TOO_MANY_ATTRIBUTES', `more than ${XML_ATTRIBUTES_MAX} attributes`)
    }
    if (value.length > XML_ATTRIBUTE_LENGTH_MAX) {
      refuse('ERR_XML_TOO_LARGE', `an attribute of more than ${XML_ATTRIBUTE_LENGTH_MAX} characters`)
    }
  })
  parser.on('opentag', (tag) => {
    const element = toElement(tag)
    const parent = open.at(-1)
    if (parent === undefined) root = element
    parent?.children.push(element)
    parent?.content.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (element !== undefined) element.text = element.content.filter((piece) => typeof piece === 'string').join('')
  })
  const onText = (piece: string) => {
    open.at(-1)?.content.push(piece)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)

  parser.write(source).close()
  return root ?? refuse('ERR_XML_MALFORMED', 'no root element')
}

const declaredUri = (uri: string): string => (uri.startsWith(UNDECLARED) ? '' : uri)

function toElement(tag: SaxesTagNS): XmlElement {
  const attributes: XmlAttribute[] = []
  for (const { local, uri, prefix, value } of Object.values(tag.attributes)) {
    if (uri !== XMLNS) attributes.push({ local, uri: declaredUri(uri), prefix, value })
  }
  return {
    local: tag.local,
    uri: declaredUri(tag.uri),
    prefix: tag.prefix,
    attributes,
    children: [],
    text: '',
    content: [],
  }
}
