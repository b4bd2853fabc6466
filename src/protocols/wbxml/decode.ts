import { DecodeError } from '../../domain/trouble.ts'
import type { XmlElement } from '../xml/element.ts'
import {
  XML_ATTRIBUTE_LENGTH_MAX,
  XML_ATTRIBUTES_MAX,
  XML_DEPTH_MAX,
  XML_ELEMENTS_MAX,
  XML_SIZE_MAX,
} from '../xml/limits.ts'
import { CODE_PAGES, tagOf } from './code-pages.ts'
import {
  CHARSETS,
  HAS_ATTRIBUTES,
  HAS_CONTENT,
  PUBLIC_ID,
  PUBLIC_ID_UNKNOWN,
  PUBLIC_NAME,
  TAG_MASK,
  TOKEN,
  VERSIONS,
} from './constants.ts'
import { Cursor, stringAt, utf8 } from './cursor.ts'
import { attributesOf, type Literal, NO_NAMESPACES, nameOf, type Scope } from './literals.ts'

/**
 * Reads a SyncML 1.2 document in WBXML (WBXML 1.3, WAP-192; code pages of SyncML and MetInf) within the limits of an XML document.
 *
 * @throws DecodeError with `byte n` in the message: `ERR_WBXML_HEADER` another version, document type or charset;
 *   `ERR_WBXML_TRUNCATED`, `ERR_WBXML_INTEGER`, `ERR_WBXML_STRING`, `ERR_WBXML_ENCODING`; `ERR_WBXML_TOKEN` a token that this
 *   document type does not have; `ERR_WBXML_NAME` no XML name; `ERR_WBXML_TOO_LARGE` bytes, texts, elements, attributes;
 *   `ERR_WBXML_TOO_DEEP`; `ERR_WBXML_TRAILING` bytes behind the root.
 */
export function decodeWbxml(bytes: Uint8Array): XmlElement {
  if (bytes.length > XML_SIZE_MAX) throw new DecodeError('ERR_WBXML_TOO_LARGE', `more than ${XML_SIZE_MAX} bytes`)
  return new Reader(bytes).document()
}

interface Open {
  element: XmlElement
  scope: Scope
}

class Reader {
  readonly #cursor: Cursor
  #table: Uint8Array = new Uint8Array(0)
  #page = 0
  #elements = 0
  /** UTF-16 units of all texts: a string of the table may be used often. */
  #units = 0

  constructor(bytes: Uint8Array) {
    this.#cursor = new Cursor(bytes)
  }

  document(): XmlElement {
    this.#header()
    const root = this.#body()
    if (!this.#cursor.isAtEnd) throw this.#cursor.trouble('ERR_WBXML_TRAILING', 'bytes follow the root')
    return root
  }

  /** WBXML 1.3, 5.4 to 5.7. */
  #header(): void {
    const cursor = this.#cursor
    const refuse = (text: string) => cursor.trouble('ERR_WBXML_HEADER', text)
    if (!VERSIONS.includes(cursor.byte())) throw refuse('the version is none of 1.1, 1.2 and 1.3')
    const publicId = cursor.integer()
    const nameAt = publicId === 0 ? cursor.integer() : undefined
    if (!CHARSETS.includes(cursor.integer())) throw refuse('the charset is not UTF-8')
    this.#table = cursor.take(cursor.integer())
    const isSyncml =
      nameAt === undefined
        ? publicId === PUBLIC_ID || publicId === PUBLIC_ID_UNKNOWN
        : this.#tableString(nameAt) === PUBLIC_NAME
    if (!isSyncml) throw refuse('the document type is not SyncML 1.2')
  }

  #body(): XmlElement {
    const open: Open[] = []
    for (;;) {
      const token = this.#cursor.byte()
      const parent = open.at(-1)
      if (token === TOKEN.switchPage) {
        this.#page = this.#switchedPage()
        continue
      }
      if (token === TOKEN.end && parent) {
        open.pop()
        if (open.length === 0) return parent.element
        continue
      }
      const text = parent && this.#text(token)
      if (text !== undefined) {
        if (text !== '') parent!.element.content.push(text)
        parent!.element.text += text
        continue
      }
      const next = this.#element(token, open)
      parent?.element.children.push(next.element)
      parent?.element.content.push(next.element)
      if ((token & HAS_CONTENT) !== 0) open.push(next)
      else if (!parent) return next.element
    }
  }

  #switchedPage(): number {
    const page = this.#cursor.byte()
    if (CODE_PAGES[page] === undefined) throw this.#cursor.trouble('ERR_WBXML_TOKEN', `there is no code page ${page}`)
    return page
  }

  #element(token: number, open: readonly Open[]): Open {
    const cursor = this.#cursor
    if (open.length >= XML_DEPTH_MAX) throw cursor.trouble('ERR_WBXML_TOO_DEEP', `more than ${XML_DEPTH_MAX} levels`)
    if (++this.#elements > XML_ELEMENTS_MAX) {
      throw cursor.trouble('ERR_WBXML_TOO_LARGE', `more than ${XML_ELEMENTS_MAX} elements`)
    }
    const tag = token & TAG_MASK
    const known = tagOf(this.#page, tag)
    const name = tag === TOKEN.literal ? this.#counted(this.#tableString(cursor.integer())) : undefined
    if (known === undefined && name === undefined) {
      throw cursor.trouble('ERR_WBXML_TOKEN', `token ${token} is no tag of code page ${this.#page}`)
    }
    const above = open.at(-1)
    const written = (token & HAS_ATTRIBUTES) === 0 ? [] : this.#attributes()
    const { scope, attributes } = attributesOf(written, above?.scope ?? NO_NAMESPACES)
    const named = known ? { prefix: '', ...known } : nameOf(name!, scope, above?.element.uri ?? '')
    return { element: { ...named, attributes, children: [], text: '', content: [] }, scope }
  }

  /** SyncML has no attribute tokens: each is written out (WBXML 1.3, 5.8.3). */
  #attributes(): Literal[] {
    const cursor = this.#cursor
    const found: Literal[] = []
    for (;;) {
      const token = cursor.byte()
      if (token === TOKEN.end) return found
      if (token === TOKEN.literal) {
        if (found.length >= XML_ATTRIBUTES_MAX) {
          throw cursor.trouble('ERR_WBXML_TOO_LARGE', `more than ${XML_ATTRIBUTES_MAX} attributes`)
        }
        found.push({ name: this.#counted(this.#tableString(cursor.integer())), value: '' })
        continue
      }
      const attribute = found.at(-1)
      const text = attribute && this.#text(token)
      if (text === undefined) throw cursor.trouble('ERR_WBXML_TOKEN', `token ${token} is no part of an attribute`)
      attribute!.value += text
      if (attribute!.value.length > XML_ATTRIBUTE_LENGTH_MAX) {
        throw cursor.trouble('ERR_WBXML_TOO_LARGE', `an attribute of more than ${XML_ATTRIBUTE_LENGTH_MAX} characters`)
      }
    }
  }

  /** The text that a token begins; undefined when it begins none. */
  #text(token: number): string | undefined {
    const cursor = this.#cursor
    switch (token) {
      case TOKEN.inlineString:
        return this.#counted(cursor.string())
      case TOKEN.tableString:
        return this.#counted(this.#tableString(cursor.integer()))
      case TOKEN.opaque: {
        const length = cursor.integer()
        return this.#counted(utf8(cursor.take(length), cursor.at))
      }
      case TOKEN.entity:
        return this.#counted(this.#character(cursor.integer()))
      default:
        return undefined
    }
  }

  #character(code: number): string {
    const isUnicode = code <= 0x10_ffff && !(code >= 0xd800 && code < 0xe000)
    if (!isUnicode) throw this.#cursor.trouble('ERR_WBXML_ENCODING', `${code} is no character`)
    return utf8(Buffer.from(String.fromCodePoint(code)), this.#cursor.at)
  }

  #tableString(at: number): string {
    return stringAt(this.#table, at)
  }

  #counted(text: string): string {
    this.#units += text.length
    if (this.#units > XML_SIZE_MAX) {
      throw this.#cursor.trouble('ERR_WBXML_TOO_LARGE', `texts of more than ${XML_SIZE_MAX} characters`)
    }
    return text
  }
}
