/** A picture of pixels, row by row: red, green and blue, a byte each. */
export interface Pixels {
  width: number
  height: number
  rgb: Uint8Array
}

/** Cells of a terminal are so large, in pixels. */
export interface CellSize {
  width: number
  height: number
}

/** For terminals that scale a picture to its cells. */
export const CELL_ASSUMED: CellSize = { width: 10, height: 20 }

/** The largest cell that is believed: a terminal may say anything. */
const CELL_MAX: CellSize = { width: 64, height: 128 }
/** More than any logo has in any terminal that people read. */
const PIXELS_MAX = 1_000_000

/** Whether a terminal says something about its cells that can be so. */
export const isCellSize = ({ width, height }: CellSize): boolean =>
  width >= 1 && height >= 2 && width <= CELL_MAX.width && height <= CELL_MAX.height

/** Whether a picture of so many pixels is drawn. */
export const isDrawable = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width * height <= PIXELS_MAX
