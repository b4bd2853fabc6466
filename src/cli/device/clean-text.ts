/**
 * Characters that are not seen, and that web pages and text processors put into long words: soft hyphen, zero-width
 * blanks and joiners, byte order marks.
 */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]/g

/** Blanks of web pages. */
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g

/** How settings, web pages and addresses write a character of base64, and a line end in the middle of it. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\/': '/',
  '\\+': '+',
  '\\=': '=',
  '\\r': '',
  '\\n': '',
  '\\u002b': '+',
  '\\u002f': '/',
  '\\u003d': '=',
  '%2b': '+',
  '%2f': '/',
  '%3d': '=',
  '%0a': '',
  '%0d': '',
  '&#43;': '+',
  '&#47;': '/',
  '&#61;': '=',
  '&#x2b;': '+',
  '&#x2f;': '/',
  '&#x3d;': '=',
  '&plus;': '+',
  '&sol;': '/',
  '&equals;': '=',
  '&#10;': '',
  '&#13;': '',
  '&#xa;': '',
  '&#xd;': '',
  '&shy;': '',
  '&#173;': '',
  '&#8203;': '',
  '&zwj;': '',
  '&nbsp;': ' ',
  '&#160;': ' ',
  '<wbr>': '',
  '<wbr/>': '',
  '<wbr />': '',
}

const ESCAPE =
  /\\u00[0-9a-f]{2}|\\[/+=rn]|%[023][0-9a-f]|&(?:#x?[0-9a-f]{1,4}|plus|sol|equals|shy|zwj|nbsp);|<wbr ?\/?>/gi

/** A text whose base64 is written as such: escapes are undone, what is not seen is taken out. */
export const cleanText = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .replace(ESCAPE, (written) => ESCAPES[written.toLowerCase()] ?? written)
