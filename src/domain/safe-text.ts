/** Text from outside of this program (a service, a tenant, a radio). It reaches a screen only through {@link safeText}. */
export type Untrusted = string & { readonly __untrusted: unique symbol }

const LENGTH_MAX = 400

/** Bidirectional controls, zero-width characters and tags: they change what a reader sees without being seen. */
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Variation_Selector}|[\u{e0000}-\u{e007f}]/u

/**
 * Makes text inert for a terminal: each control character becomes a visible mark, none is deleted (deleting can join
 * the halves of a split sequence), runs of combining marks are cut, and the length is capped.
 */
export function safeText(text: Untrusted | string, lengthMax = LENGTH_MAX): string {
  let out = ''
  let length = 0
  let combining = 0
  for (const char of text) {
    if (length >= lengthMax) return `${out}…`
    combining = /\p{M}/u.test(char) ? combining + 1 : 0
    if (combining > 3) continue
    out += visible(char)
    length++
  }
  return out
}

function visible(char: string): string {
  const code = char.codePointAt(0)!
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  if (code >= 0x80 && code < 0xa0) return '�'
  if (code >= 0xd800 && code <= 0xdfff) return '�'
  if (code === 0x2028 || code === 0x2029) return '␤'
  return INVISIBLE.test(char) ? '�' : char
}
