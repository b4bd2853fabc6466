import type { Pixels } from './pixels.ts'

const BAND = 6
/** Registers that each terminal with sixels has. */
const COLOURS_MAX = 256
/** Steps of each part, where there are more colours than registers. */
const STEPS = 6

/**
 * A picture as sixels: its size, its colours in percent, then bands of six rows, each colour of a band for itself. Source: DEC, VT330/VT340
 * Programmer Reference Manual, chapter 14.
 */
export function encodeSixel(pixels: Pixels): string {
  const { width, height } = pixels
  const { indexes, colours } = registersOf(pixels)
  const defined = colours.map((colour, index) => `#${index};2;${percent(colour).join(';')}`).join('')
  const bands: string[] = []
  for (let top = 0; top < height; top += BAND) bands.push(band(indexes, width, top, Math.min(BAND, height - top)))
  return `\u001bP0;1;0q"1;1;${width};${height}${defined}${bands.join('-')}\u001b\\`
}

function band(indexes: Uint8Array, width: number, top: number, rows: number): string {
  /** The bits of each column, by register. */
  const bits = new Map<number, Uint8Array>()
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      const register = indexes[(top + y) * width + x]!
      const columns = bits.get(register) ?? new Uint8Array(width)
      columns[x]! |= 1 << y
      bits.set(register, columns)
    }
  }
  return [...bits].map(([register, columns]) => `#${register}${runs(columns)}`).join('$')
}

/** Columns that are alike are written once with their number; empty ones at the end are left out. */
function runs(columns: Uint8Array): string {
  let out = ''
  for (let at = 0; at < columns.length; ) {
    let end = at
    while (end < columns.length && columns[end] === columns[at]) end++
    if (end === columns.length && columns[at] === 0) break
    const sign = String.fromCharCode(0x3f + columns[at]!)
    out += end - at > 3 ? `!${end - at}${sign}` : sign.repeat(end - at)
    at = end
  }
  return out
}

function registersOf(pixels: Pixels): { indexes: Uint8Array; colours: number[] } {
  return indexed(pixels, (part) => part) ?? indexed(pixels, stepped)!
}

const stepped = (part: number): number => (Math.round((part / 255) * (STEPS - 1)) * 255) / (STEPS - 1)

/** The register of each pixel; undefined where there are too few of them. */
function indexed(
  { rgb }: Pixels,
  rounded: (part: number) => number,
): { indexes: Uint8Array; colours: number[] } | undefined {
  const registers = new Map<number, number>()
  const indexes = new Uint8Array(rgb.length / 3)
  for (let at = 0; at < indexes.length; at++) {
    const [red, green, blue] = [0, 1, 2].map((part) => rounded(rgb[at * 3 + part]!)) as [number, number, number]
    const colour = (red << 16) | (green << 8) | blue
    let register = registers.get(colour)
    if (register === undefined) {
      register = registers.size
      if (register === COLOURS_MAX) return undefined
      registers.set(colour, register)
    }
    indexes[at] = register
  }
  return { indexes, colours: [...registers.keys()] }
}

const percent = (colour: number): number[] =>
  [16, 8, 0].map((shift) => Math.round((((colour >> shift) & 255) / 255) * 100))
