import type { Rgb } from '../look/colour.ts'
import { type CellSize, isDrawable, type Pixels } from './pixels.ts'

/** How much of a point of a cell is ink, 0 to 1; x and y are parts of the cell from its upper left corner. */
type Shape = (x: number, y: number) => number

const upTo =
  (eighths: number): Shape =>
  (_, y) =>
    y >= 1 - eighths / 8 ? 1 : 0
const leftUpTo =
  (eighths: number): Shape =>
  (x) =>
    x < eighths / 8 ? 1 : 0
const shade =
  (share: number): Shape =>
  () =>
    share
/** Quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
const quarters =
  (bits: number): Shape =>
  (x, y) =>
    (bits >> ((x < 0.5 ? 0 : 1) + (y < 0.5 ? 0 : 2))) & 1

const UPPER_HALF = 3
const LOWER = '▁▂▃▄▅▆▇█'
const LEFT = '▏▎▍▌▋▊▉'

/** Source: the Unicode Standard, Block Elements (U+2580 to U+259F). */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [' ', shade(0)],
  ...[...LOWER].map((sign, index): [string, Shape] => [sign, upTo(index + 1)]),
  ...[...LEFT].map((sign, index): [string, Shape] => [sign, leftUpTo(7 - (LEFT.length - 1 - index))]),
  ['▀', quarters(UPPER_HALF)],
  ['▐', quarters(10)],
  ['▔', (_, y) => (y < 1 / 8 ? 1 : 0)],
  ['▕', (x) => (x >= 7 / 8 ? 1 : 0)],
  ['░', shade(0.25)],
  ['▒', shade(0.5)],
  ['▓', shade(0.75)],
  ['▖', quarters(4)],
  ['▗', quarters(8)],
  ['▘', quarters(1)],
  ['▙', quarters(13)],
  ['▚', quarters(9)],
  ['▛', quarters(7)],
  ['▜', quarters(11)],
  ['▝', quarters(2)],
  ['▞', quarters(6)],
  ['▟', quarters(14)],
])

/**
 * A logo of block characters as a picture, without the gaps that a font leaves between them. Undefined where it has another character, and
 * where it is too large.
 */
export function pixelsOfBlocks(rows: readonly string[], cell: CellSize, ink: Rgb, fill: Rgb): Pixels | undefined {
  const columns = Math.max(0, ...rows.map((row) => [...row].length))
  const [width, height] = [columns * cell.width, rows.length * cell.height]
  if (!isDrawable(width, height)) return undefined
  const rgb = new Uint8Array(width * height * 3)
  for (const [line, row] of rows.entries()) {
    const signs = [...row.padEnd(columns)]
    for (const [column, sign] of signs.entries()) {
      const shape = SHAPES.get(sign)
      if (!shape) return undefined
      for (let y = 0; y < cell.height; y++) {
        for (let x = 0; x < cell.width; x++) {
          const share = shape((x + 0.5) / cell.width, (y + 0.5) / cell.height)
          const at = ((line * cell.height + y) * width + column * cell.width + x) * 3
          for (let part = 0; part < 3; part++)
            rgb[at + part] = Math.round(fill[part]! + (ink[part]! - fill[part]!) * share)
        }
      }
    }
  }
  return { width, height, rgb }
}
