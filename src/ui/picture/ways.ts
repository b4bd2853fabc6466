import type { Pixels } from './pixels.ts'
import { encodePng } from './png.ts'
import { encodeSixel } from './sixel.ts'

/** How a terminal takes pictures. */
export type PictureKind = 'kitty' | 'iterm' | 'sixel'

/** Of all pictures of other programs in this terminal: one that is hardly taken. */
const ID = 1_865_301_869
/** Source: kitty graphics protocol, "Remote clients, chunked transfer". */
const CHUNK = 4_096

const kitty = (keys: string, payload = ''): string => `\u001b_G${keys}${payload && `;${payload}`}\u001b\\`

/** Its pixels are deleted, too. */
export const KITTY_DELETE = kitty(`a=d,d=I,i=${ID},q=2`)

/**
 * The sequence that draws a picture over so many cells, from the cursor on.
 *
 * Source: the kitty graphics protocol; iTerm2, Inline Images Protocol; for sixels see `encodeSixel`.
 */
export function pictureSequence(
  kind: PictureKind,
  pixels: Pixels,
  { columns, rows }: { columns: number; rows: number },
): string {
  if (kind === 'sixel') return encodeSixel(pixels)
  const png = encodePng(pixels)
  const text = png.toString('base64')
  if (kind === 'iterm') {
    const keys = `inline=1;size=${png.length};width=${columns};height=${rows};preserveAspectRatio=0`
    return `\u001b]1337;File=${keys}:${text}\u0007`
  }
  const parts = text.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? []
  // The cursor stays, and nothing is answered: an answer would be taken for keys.
  const first = `a=T,f=100,t=d,i=${ID},p=1,c=${columns},r=${rows},C=1,q=2`
  return parts
    .map((part, index) => {
      const more = `m=${index < parts.length - 1 ? 1 : 0}`
      return kitty(index === 0 ? `${first},${more}` : `${more},q=2`, part)
    })
    .join('')
}
