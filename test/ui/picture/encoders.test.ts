import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pixelsOfBlocks } from '../../../src/ui/picture/blocks.ts'
import type { Pixels } from '../../../src/ui/picture/pixels.ts'
import { encodePng } from '../../../src/ui/picture/png.ts'
import { encodeSixel } from '../../../src/ui/picture/sixel.ts'
import { KITTY_DELETE, pictureSequence } from '../../../src/ui/picture/ways.ts'
import { pngPixels, sixelPixels } from './pixels-of.ts'

const WHITE = [255, 255, 255] as const
const BLACK = [0, 0, 0] as const

/** A drawing as `#` and `.`, a pixel each. */
const drawn = (rows: string[], width = 4, height = 4): string[] | undefined => {
  const pixels = pixelsOfBlocks(rows, { width, height }, WHITE, BLACK)
  return (
    pixels &&
    Array.from({ length: pixels.height }, (_, y) =>
      Array.from({ length: pixels.width }, (_, x) => (pixels.rgb[(y * pixels.width + x) * 3]! > 127 ? '#' : '.')).join(
        '',
      ),
    )
  )
}

/** As many colours as there are pixels, up to all. */
function colourful(width: number, height: number): Pixels {
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) rgb.set([(at * 7) & 255, (at * 3) & 255, (at >> 3) & 255], at * 3)
  return { width, height, rgb }
}

describe('blocks', () => {
  test.each([
    [['▀▄'], ['####....', '####....', '....####', '....####']],
    [['▌▐'], ['##....##', '##....##', '##....##', '##....##']],
    [['▞'], ['..##', '..##', '##..', '##..']],
    [['▙'], ['##..', '##..', '####', '####']],
    [['▂▎'], ['....#...', '....#...', '....#...', '#####...']],
  ])('%j', (rows, pixels) => expect(drawn(rows)).toEqual(pixels))

  test('rows of different width are filled up, and a shade is between ink and fill', () => {
    expect(drawn(['█', '██'], 1, 2)).toEqual(['#.', '#.', '##', '##'])
    expect(pixelsOfBlocks(['▒'], { width: 1, height: 2 }, WHITE, BLACK)?.rgb[0]).toBe(128)
  })

  test('letters are no drawing, and neither is nothing', () => {
    expect(drawn(['▀A'])).toBeUndefined()
    expect(drawn([])).toBeUndefined()
    expect(drawn([''])).toBeUndefined()
  })

  test('a drawing of more than a million pixels is refused, before it is made', () => {
    expect(pixelsOfBlocks(Array(6).fill('█'.repeat(40)), { width: 64, height: 128 }, WHITE, BLACK)).toBeUndefined()
    expect(pixelsOfBlocks(['█'.repeat(1_000_000)], { width: 9, height: 20 }, WHITE, BLACK)).toBeUndefined()
  })
})

describe('encoders', () => {
  const pixels = colourful(13, 11)
  const at = (x: number, y: number): string =>
    `#${[0, 1, 2].map((part) => pixels.rgb[(y * 13 + x) * 3 + part]!.toString(16).padStart(2, '0')).join('')}`

  test('PNG: each pixel comes back, each chunk has its sum', () => {
    const file = encodePng(pixels)
    const seen = pngPixels(file)
    expect([seen.length, seen[0]!.length]).toEqual([11, 13])
    for (const [y, row] of seen.entries()) for (const [x, colour] of row.entries()) expect(colour).toBe(at(x, y))
    for (let from = 8; from < file.length; ) {
      const length = file.readUInt32BE(from)
      expect(file.readUInt32BE(from + 8 + length)).toBe(crc32(file.subarray(from + 4, from + 8 + length)))
      from += length + 12
    }
  })

  test('sixel: each pixel comes back, as near as percent are', () => {
    const seen = sixelPixels(encodeSixel(pixels))
    for (const [y, row] of seen.entries()) {
      for (const [x, colour] of row.entries()) {
        const parts = (hex: string) => [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16))
        for (const [part, value] of parts(colour).entries())
          expect(Math.abs(value - parts(at(x, y))[part]!), `${x},${y}`).toBeLessThanOrEqual(2)
      }
    }
  })

  test('sixel: more colours than registers are rounded, and no pixel is left out', () => {
    const sequence = encodeSixel(colourful(80, 40))
    expect(new Set(sequence.match(/#\d+;2;/g)).size).toBeLessThanOrEqual(216)
    expect(sixelPixels(sequence).flat()).not.toContain('')
  })

  test('sixel: a plain band is a few bytes', () => {
    const plain = { width: 400, height: 6, rgb: new Uint8Array(400 * 6 * 3) }
    expect(encodeSixel(plain)).toBe('\u001bP0;1;0q"1;1;400;6#0;2;0;0;0#0!400~\u001b\\')
  })
})

describe('what a terminal is sent', () => {
  const size = { columns: 5, rows: 2 }

  test('kitty: parts of at most 4096 bytes, the same file, no answer, and the cursor stays', () => {
    // Noise, so that it takes several parts.
    const noisy: Pixels = {
      width: 90,
      height: 60,
      rgb: Uint8Array.from({ length: 16_200 }, (_, at) => (Math.imul(at + 1, 0x9e3779b1) >>> 24) ^ ((at * at) >>> 3)),
    }
    const sequence = pictureSequence('kitty', noisy, size)
    const parts = [...sequence.matchAll(/\u001b_G([^;]*);([^\u001b]*)\u001b\\/g)]
    expect(parts.map(([whole]) => whole).join('')).toBe(sequence)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts[0]![1]).toMatch(/^a=T,f=100,t=d,i=\d+,p=1,c=5,r=2,C=1,q=2,m=1$/)
    expect(parts.map(([, keys]) => /m=\d/.exec(keys!)![0])).toEqual([...parts.slice(1).map(() => 'm=1'), 'm=0'])
    for (const [, keys, text] of parts) {
      expect(keys).toContain('q=2')
      expect(text!.length).toBeLessThanOrEqual(4_096)
    }
    expect(Buffer.from(parts.map(([, , text]) => text).join(''), 'base64')).toEqual(encodePng(noisy))
    expect(KITTY_DELETE).toContain(/i=\d+/.exec(parts[0]![1]!)![0])
  })

  test('iTerm2: the file, over so many cells', () => {
    const pixels = colourful(4, 4)
    const file = encodePng(pixels)
    expect(pictureSequence('iterm', pixels, size)).toBe(
      `\u001b]1337;File=inline=1;size=${file.length};width=5;height=2;preserveAspectRatio=0:${file.toString('base64')}\u0007`,
    )
  })
})
