import type { Hex } from './colour.ts'

/** What a text is, not which colour it has: each theme has a colour for it. */
export type InkRole =
  | 'text'
  | 'detail'
  | 'accent'
  | 'success'
  | 'error'
  | 'caution'
  | 'onAccent'
  | 'onQuiet'
  | 'focusOnQuiet'
  /** Black or white, on the colour of a school. */
  | 'onBrand'

/** What is behind a text. */
export type FillRole = 'page' | 'card' | 'accentFill' | 'quietFill'

export type Ink = InkRole | Hex
export type Fill = FillRole | Hex

/** On which fills a text may be: on these its contrast is computed, and on no other is it drawn. */
export const FILLS_OF: Readonly<Record<Exclude<InkRole, 'onBrand'>, readonly FillRole[]>> = {
  text: ['page', 'card'],
  detail: ['page', 'card'],
  accent: ['page', 'card'],
  success: ['page', 'card'],
  error: ['page', 'card'],
  caution: ['page', 'card'],
  onAccent: ['accentFill'],
  onQuiet: ['quietFill'],
  focusOnQuiet: ['quietFill'],
}
