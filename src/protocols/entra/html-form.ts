import { DecodeError } from '../../domain/trouble.ts'

/** A form of a page, as far as a client needs it to fill it in. */
export interface HtmlForm {
  method: 'GET' | 'POST'
  /** As it stands in the page; empty for the page's own address. */
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

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * A tag. Between its quotes there may be anything, in the rest no `<`: of all starts at most three are followed at one
 * place, so the time is linear. A name is never tried in a shorter form.
 */
const TAG = /<(\/?)([a-z][a-z0-9]*)(?![a-z0-9])((?:"[^"]*"|'[^']*'|[^'"<>])*)>/gi
const ATTRIBUTE = /([a-z][a-z0-9-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi

/**
 * The forms of a page. Nothing of the page is run, so a form that a script would send is sent by who reads it.
 *
 * @throws DecodeError `ERR_HTML_TOO_LARGE` more than a megabyte, 32 forms or 256 fields.
 */
export function decodeForms(html: Uint8Array | string): HtmlForm[] {
  const text = withoutInvisible(textOf(html))
  const forms: HtmlForm[] = []
  let open: HtmlForm | undefined
  let fields = 0
  for (const [, slash, tag = '', rest = ''] of text.matchAll(TAG)) {
    const name = tag.toLowerCase()
    if (name === 'form') {
      open = slash ? undefined : formOf(attributesOf(rest))
      if (open && forms.push(open) > FORMS_MAX) throw new DecodeError('ERR_HTML_TOO_LARGE', 'too many forms')
    } else if (open && !slash && (name === 'input' || name === 'button')) {
      if (++fields > FIELDS_MAX) throw new DecodeError('ERR_HTML_TOO_LARGE', 'too many fields')
      open.fields.push(fieldOf(attributesOf(rest), name === 'button' ? 'submit' : 'text'))
    }
  }
  return forms
}

/**
 * What a page says, one line for each paragraph, heading or list item, without its markup.
 *
 * @throws DecodeError `ERR_HTML_TOO_LARGE`
 */
export function decodePageText(html: Uint8Array | string): string[] {
  // The title of the window and what stands on buttons are no text of the page.
  const body = withoutInvisible(textOf(html)).replace(/<(title|button)\b[^<>]*>[^<]*<\/\1\s*>/gi, '')
  return body
    .replace(/<\/?(?:p|div|h[1-6]|li|br|tr|form|section)\b[^<>]*>/gi, '\n')
    .replace(TAG, '')
    .replace(/<!doctype[^<>]*>/gi, '')
    .split('\n')
    .map((line) => unescaped(line).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}

function textOf(html: Uint8Array | string): string {
  if (html.length > LENGTH_MAX) throw new DecodeError('ERR_HTML_TOO_LARGE', 'the page is too large')
  return typeof html === 'string' ? html : new TextDecoder().decode(html)
}

/** A form in a comment or a script is none. By index: a pattern that looks for an end may look for ever. */
function withoutInvisible(html: string): string {
  let out = html
  for (const [start, end] of [
    ['<!--', '-->'],
    ['<script', '</script'],
    ['<style', '</style'],
  ] as const) {
    const lower = out.toLowerCase()
    const kept: string[] = []
    let at = 0
    for (let from = lower.indexOf(start); from >= 0; from = lower.indexOf(start, at)) {
      kept.push(out.slice(at, from))
      const to = lower.indexOf(end, from + start.length)
      // An end tag may have white space before its bracket.
      const close = to < 0 ? -1 : out.indexOf('>', to)
      at = close < 0 ? out.length : close + 1
    }
    out = kept.join('') + out.slice(at)
  }
  return out
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase()
    // The first of a name counts (HTML, section 13.2.5.33).
    if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? bare ?? ''))
  }
  return attributes
}

const formOf = (attributes: Map<string, string>): HtmlForm => ({
  method: attributes.get('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
  action: attributes.get('action') ?? '',
  fields: [],
})

const fieldOf = (attributes: Map<string, string>, usual: string): HtmlField => ({
  name: attributes.get('name') ?? '',
  type: attributes.get('type')?.toLowerCase() ?? usual,
  value: attributes.get('value') ?? '',
})

const unescaped = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? whole
      const code = Number.parseInt(hex ?? decimal ?? '', hex ? 16 : 10)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
