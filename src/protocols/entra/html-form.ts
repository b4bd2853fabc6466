import { type Handler, Parser } from 'htmlparser2'
import { DecodeError } from '../../domain/trouble.ts'

/** A form of a page, as far as a client needs it to fill it in. */
export interface HtmlForm {
  method: 'GET' | 'POST'
  /** As the page has it; empty for the page's own address. */
  action: string
  fields: HtmlField[]
}

export interface HtmlField {
  name: string
  /** `hidden`, `text`, `password`, `submit` …, in lower case; `text` when the page says none. */
  type: string
  value: string
}

const LENGTH_MAX = 1024 * 1024
const FORMS_MAX = 32
const FIELDS_MAX = 256
/** The parser keeps open elements in a list that it shifts: a megabyte of `<div>` would take it 36 seconds. */
const DEPTH_MAX = 512

const BLOCKS = new Set([...['p', 'div', 'br', 'li', 'tr', 'form', 'section'], ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6']])
/** The title of the window, the words on buttons and what is for the machine are no text of the page. */
const WORDLESS = new Set(['title', 'button', 'script', 'style'])

const tooLarge = (what: string) => new DecodeError('ERR_HTML_TOO_LARGE', what)

/**
 * The forms of a page. Nothing of the page is run, so a form that a script would send is sent by who reads it.
 *
 * @throws DecodeError `ERR_HTML_TOO_LARGE` more than a megabyte, 32 forms, 256 fields or 512 elements inside each other.
 */
export function decodeForms(html: Uint8Array | string): HtmlForm[] {
  const forms: HtmlForm[] = []
  let open: HtmlForm | undefined
  let fields = 0
  parse(html, {
    onopentag(name, attributes) {
      if (name === 'form') {
        open ??= addForm(attributes)
      } else if (open && (name === 'input' || name === 'button')) {
        if (++fields > FIELDS_MAX) throw tooLarge('too many fields')
        open.fields.push(fieldOf(attributes, name === 'button' ? 'submit' : 'text'))
      }
    },
    onclosetag(name) {
      if (name === 'form') open = undefined
    },
  })
  return forms

  function addForm(attributes: Attributes): HtmlForm {
    const form = formOf(attributes)
    if (forms.push(form) > FORMS_MAX) throw tooLarge('too many forms')
    return form
  }
}

/**
 * What a page says, one line for each paragraph, heading or list item, without its markup.
 *
 * @throws DecodeError `ERR_HTML_TOO_LARGE`
 */
export function decodePageText(html: Uint8Array | string): string[] {
  const lines: string[][] = [[]]
  let wordless = 0
  parse(html, {
    onopentag(name) {
      if (BLOCKS.has(name)) lines.push([])
      if (WORDLESS.has(name)) wordless++
    },
    ontext(text) {
      if (wordless === 0) lines.at(-1)!.push(text)
    },
    onclosetag(name) {
      if (BLOCKS.has(name)) lines.push([])
      if (WORDLESS.has(name)) wordless--
    },
  })
  return lines.map((words) => words.join('').replace(/\s+/g, ' ').trim()).filter((line) => line !== '')
}

function parse(html: Uint8Array | string, handler: Partial<Handler>): void {
  let depth = 0
  const parser = new Parser({
    ...handler,
    onopentag(name, attributes, isImplied) {
      if (++depth > DEPTH_MAX) throw tooLarge('too many elements inside each other')
      handler.onopentag?.(name, attributes, isImplied)
    },
    onclosetag(name, isImplied) {
      depth--
      handler.onclosetag?.(name, isImplied)
    },
  })
  parser.end(textOf(html))
}

function textOf(html: Uint8Array | string): string {
  if (html.length > LENGTH_MAX) throw tooLarge('the page is too large')
  return typeof html === 'string' ? html : new TextDecoder().decode(html)
}

type Attributes = Record<string, string>

const formOf = (attributes: Attributes): HtmlForm => ({
  method: attributes.method?.toUpperCase() === 'POST' ? 'POST' : 'GET',
  action: attributes.action ?? '',
  fields: [],
})

const fieldOf = (attributes: Attributes, usual: string): HtmlField => ({
  name: attributes.name ?? '',
  type: attributes.type?.toLowerCase() ?? usual,
  value: attributes.value ?? '',
})
