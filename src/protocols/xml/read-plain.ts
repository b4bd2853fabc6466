import type { XmlAttribute, XmlElement } from './element.ts'
import { XML_ATTRIBUTE_LENGTH_MAX, XML_ATTRIBUTES_MAX, XML_DEPTH_MAX, XML_ELEMENTS_MAX } from './limits.ts'

const NAME = '[A-Za-z_][\\w.-]*'
const SPACE = '[ \\t\\n]'
const VALUE = '"[^"<\\t\\n]*"|\'[^\'<\\t\\n]*\''

/** Text, tabs and lines in ASCII. */
const NOT_PLAIN = /[^\t\n\x20-\x7e]/
const DECLARATION = /^<\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"(?:utf|UTF)-8"|'(?:utf|UTF)-8'))? ?\?>/
const OPENING = new RegExp(
  `<(?:(${NAME}):)?(${NAME})((?:${SPACE}+(?:${NAME}:)?${NAME}${SPACE}*=${SPACE}*(?:${VALUE}))*)${SPACE}*(/?)>`,
  'y',
)
const ATTRIBUTE = new RegExp(`${SPACE}+(?:(${NAME}):)?(${NAME})${SPACE}*=${SPACE}*(${VALUE})`, 'y')
const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(?:(\d{1,7})|x([\dA-Fa-f]{1,6})));|&/g
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Namespaces by prefix; the one without a prefix by `''`. */
type Scope = ReadonlyMap<string, string>

interface Open {
  element: XmlElement
  /** As its end tag has it. */
  name: string
  scope: Scope
}

/** Something that is not certain here. */
class NotPlain extends Error {}
const GIVE_UP = new NotPlain('not plain')

/**
 * Reads the documents that most messages are: ASCII, tags, attributes, text, the references that XML knows without a DOCTYPE.
 * Undefined for every other, be it well-formed or not, and for one that reaches a limit: the caller has to read it with care.
 */
export function readPlain(source: string): XmlElement | undefined {
  // Comments, CDATA, a DOCTYPE; the end of a CDATA section that was never begun; processing instructions.
  if (NOT_PLAIN.test(source) || source.includes('<!') || source.includes(']]>') || source.includes('<?', 1))
    return undefined
  try {
    return readTags(source, DECLARATION.exec(source)?.[0].length ?? 0)
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

const SLASH = 0x2f
const CLOSE = 0x3e

function readTags(source: string, from: number): XmlElement | undefined {
  const open: Open[] = []
  let root: XmlElement | undefined
  let elements = 0
  for (let at = from; ; ) {
    const next = source.indexOf('<', at)
    const parent = open.length > 0 ? open[open.length - 1] : undefined
    if (next !== at) addText(parent?.element, next < 0 ? source.slice(at) : source.slice(at, next))
    if (next < 0) return open.length === 0 ? root : undefined
    if (source.charCodeAt(next + 1) === SLASH) {
      at = next + 2 + (parent?.name.length ?? 0)
      if (!parent || source.charCodeAt(at) !== CLOSE || !source.startsWith(parent.name, next + 2)) return undefined
      at++
      open.pop()
      continue
    }
    const tag = tagAt(source, next)
    if (tag === undefined || (parent === undefined && root) || ++elements > XML_ELEMENTS_MAX) return undefined
    if (open.length >= XML_DEPTH_MAX) return undefined
    const above = parent === undefined ? NOTHING : parent.scope
    const { scope, list } = tag.attributes === '' ? { scope: above, list: [] } : attributesOf(tag.attributes, above)
    const element = elementOf(uriOf(scope, tag.prefix), tag.prefix, tag.local, list)
    root ??= element
    if (parent !== undefined) {
      parent.element.children.push(element)
      parent.element.content.push(element)
    }
    if (!tag.isEmpty) open.push({ element, name: tag.name, scope })
    at = next + tag.length
  }
}

/** A start tag. */
interface Tag {
  prefix: string
  local: string
  /** Both. */
  name: string
  /** As they are written. */
  attributes: string
  isEmpty: boolean
  length: number
}

/** Tags without attributes, by what is between the brackets: a protocol has some dozens of them. */
const knownTags = new Map<string, Tag>()
const KNOWN_MAX = 1_000
/** No name of a protocol is longer; another document's names are not to be kept. */
const KNOWN_LENGTH_MAX = 64

/** V8 keeps the whole of a text alive as long as a part of it is in use. A copy is alone. */
const copied = (ascii: string): string => Buffer.from(ascii, 'latin1').toString('latin1')

function tagAt(source: string, at: number): Tag | undefined {
  const close = source.indexOf('>', at)
  if (close < 0) return undefined
  const inner = source.slice(at + 1, close)
  const known = knownTags.get(inner)
  if (known) return known
  OPENING.lastIndex = at
  const [whole, prefix = '', local = '', attributes = '', end] = OPENING.exec(source) ?? []
  if (whole === undefined) return undefined
  const name = prefix === '' ? local : `${prefix}:${local}`
  const tag = { prefix, local, name, attributes, isEmpty: end === '/', length: whole.length }
  if (inner === `${name}${end}` && inner.length <= KNOWN_LENGTH_MAX && knownTags.size < KNOWN_MAX) {
    knownTags.set(copied(inner), { ...tag, prefix: copied(prefix), local: copied(local), name: copied(name) })
  }
  return tag
}

const NOTHING: Scope = new Map([['', '']])

const elementOf = (uri: string, prefix: string, local: string, attributes: XmlAttribute[]): XmlElement => ({
  local,
  uri,
  prefix,
  attributes,
  children: [],
  text: '',
  content: [],
})

function addText(element: XmlElement | undefined, written: string): void {
  if (written === '') return
  if (!element) {
    if (written.trim() !== '') throw GIVE_UP
    return
  }
  const text = resolved(written)
  element.content.push(text)
  element.text += text
}

/** @param written one attribute at least */
function attributesOf(written: string, above: Scope): { scope: Scope; list: XmlAttribute[] } {
  const list: XmlAttribute[] = []
  const names = new Set<string>()
  let declared: Map<string, string> | undefined
  let found = 0
  ATTRIBUTE.lastIndex = 0
  for (let match = ATTRIBUTE.exec(written); match; match = ATTRIBUTE.exec(written)) {
    const [, prefix = '', local = '', quoted = ''] = match
    const value = resolved(quoted.slice(1, -1))
    if (++found > XML_ATTRIBUTES_MAX) throw GIVE_UP
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) {
      declared ??= new Map(above)
      declare(declared, prefix === '' ? '' : local, value)
      names.add(`${prefix}:${local}`)
      continue
    }
    if (value.length > XML_ATTRIBUTE_LENGTH_MAX) throw GIVE_UP
    list.push({ local, uri: '', prefix, value })
  }
  const scope = declared ?? above
  // A declaration may come behind what it is for.
  for (const one of list) {
    if (one.prefix !== '') one.uri = uriOf(scope, one.prefix)
    names.add(`${one.uri} ${one.local}`)
  }
  if (names.size < found) throw GIVE_UP
  return { scope, list }
}

/** Reserved names, and declarations that undo another, have further rules: they are not read here. */
function declare(scope: Map<string, string>, prefix: string, uri: string): void {
  const isReserved =
    prefix.startsWith('xml') ||
    uri.startsWith('http://www.w3.org/XML/') ||
    uri.startsWith('http://www.w3.org/2000/xmlns')
  if (isReserved || uri === '' || uri !== uri.trim() || uri.length > XML_ATTRIBUTE_LENGTH_MAX) throw GIVE_UP
  scope.set(prefix, uri)
}

function uriOf(scope: Scope, prefix: string): string {
  const uri = scope.get(prefix)
  if (uri === undefined) throw GIVE_UP
  return uri
}

/** With the characters that its references stand for. */
function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return PREDEFINED[name]!
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    // Of others not all are characters of XML.
    const isCharacter =
      code === 0x9 ||
      code === 0xa ||
      code === 0xd ||
      (code >= 0x20 && code < 0xd800) ||
      (code >= 0xe000 && code < 0xfffe)
    if (!isCharacter) throw GIVE_UP
    return String.fromCharCode(code)
  })
}
