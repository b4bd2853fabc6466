import type { XmlElement } from '../xml/element.ts'
import { tokenOf } from './code-pages.ts'
import { HAS_ATTRIBUTES, HAS_CONTENT, PUBLIC_ID, TOKEN, UTF_8, VERSION } from './constants.ts'

const XML_PREFIX = 'xml'

/** A document of SyncML 1.2 in WBXML. Names that are in no code page, and all attributes, are written out in its string table. */
export const encodeWbxml = (root: XmlElement): Uint8Array<ArrayBuffer> => new Writer().document(root)

class Writer {
  readonly #table = new Map<string, number>()
  #tableLength = 0
  readonly #body: Uint8Array[] = []
  #page = 0

  document(root: XmlElement): Uint8Array<ArrayBuffer> {
    this.#element(root, '', new Map())
    const table = [...this.#table.keys()].map((text) => Buffer.from(`${text}\0`))
    const header = [VERSION, ...integer(PUBLIC_ID), ...integer(UTF_8), ...integer(this.#tableLength)]
    return new Uint8Array(Buffer.concat([Uint8Array.from(header), ...table, ...this.#body]))
  }

  #element(element: XmlElement, around: string, outer: ReadonlyMap<string, string>): void {
    const known = tokenOf(element.uri, element.local)
    let scope = outer
    const attributes: (readonly [string, string])[] = []
    const declare = (prefix: string, uri: string): void => {
      scope = new Map(scope).set(prefix, uri)
      attributes.push([prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri])
    }
    const qualified = (prefix: string, uri: string, local: string): string => {
      if (prefix === '' || uri === '') return local
      if (scope.get(prefix) !== uri && prefix !== XML_PREFIX) declare(prefix, uri)
      return `${prefix}:${local}`
    }
    const name = known ? '' : qualified(element.prefix, element.uri, element.local)
    if (!known && element.prefix === '' && (scope.get('') ?? around) !== element.uri) declare('', element.uri)
    for (const { prefix, uri, local, value } of element.attributes) {
      attributes.push([qualified(prefix, uri, local), value])
    }
    if (known) this.#switchTo(known.page)
    const bits = (attributes.length > 0 ? HAS_ATTRIBUTES : 0) | (element.content.length > 0 ? HAS_CONTENT : 0)
    this.#bytes((known?.token ?? TOKEN.literal) | bits)
    if (!known) this.#bytes(...integer(this.#indexOf(name)))
    for (const [attribute, value] of attributes) {
      this.#bytes(TOKEN.literal, ...integer(this.#indexOf(attribute)))
      this.#string(value)
    }
    if (attributes.length > 0) this.#bytes(TOKEN.end)
    for (const piece of element.content) {
      if (typeof piece === 'string') this.#string(piece)
      else this.#element(piece, element.uri, scope)
    }
    if (element.content.length > 0) this.#bytes(TOKEN.end)
  }

  #switchTo(page: number): void {
    if (page === this.#page) return
    this.#page = page
    this.#bytes(TOKEN.switchPage, page)
  }

  #string(text: string): void {
    if (text === '') return
    this.#bytes(TOKEN.inlineString)
    this.#body.push(Buffer.from(`${text}\0`))
  }

  #bytes(...bytes: number[]): void {
    this.#body.push(Uint8Array.from(bytes))
  }

  /** The place of a name in the string table. */
  #indexOf(name: string): number {
    const known = this.#table.get(name)
    if (known !== undefined) return known
    const index = this.#tableLength
    this.#table.set(name, index)
    this.#tableLength += Buffer.byteLength(name) + 1
    return index
  }
}

/** `mb_u_int32`: seven bits a byte, the most significant first (WBXML 1.3, 5.1). */
function integer(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}
