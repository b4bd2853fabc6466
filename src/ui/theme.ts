import type { CategoryState, Line } from '../domain/screen.ts'
import { isHex } from './look/colour.ts'
import type { Fill, Ink } from './look/roles.ts'
import type { SpanStyle } from './rows/row.ts'

/** Roles of text and of what is behind it. No fact is shown by colour alone: a glyph or a word always says it too. */
export const THEME = {
  accent: 'accentFill',
  accentLight: 'accent',
  onAccent: 'onAccent',
  quietFill: 'quietFill',
  onQuiet: 'onQuiet',
  focusOnQuiet: 'focusOnQuiet',
  success: 'success',
  error: 'error',
  caution: 'caution',
} as const satisfies Record<string, Ink | Fill>

export const GLYPHS = {
  focus: '▸',
  focusEnd: '◂',
  /** Where the focus is in a list in which nothing is selected yet. */
  focusUnselected: '▹',
  current: '●',
  off: '○',
  mask: '●',
  line: '_',
  lock: '⚿',
  scrollThumb: '┃',
  scrollTrack: '│',
  barDone: '━',
  barLeft: '─',
  error: '✗',
  success: '✓',
  paused: '❚❚',
} as const

export const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const

export const TONES: Record<NonNullable<Line['tone']>, { prefix: string; style: SpanStyle }> = {
  normal: { prefix: '', style: {} },
  detail: { prefix: '', style: { dim: true } },
  error: { prefix: `${GLYPHS.error} `, style: { color: THEME.error } },
  code: { prefix: '', style: { color: THEME.accentLight } },
  success: { prefix: `${GLYPHS.success} `, style: { color: THEME.success } },
}

export const STATES: Record<CategoryState, { glyph: string; style: SpanStyle }> = {
  notStarted: { glyph: '○', style: { dim: true } },
  inProgress: { glyph: '●', style: { color: THEME.accentLight } },
  succeeded: { glyph: GLYPHS.success, style: { color: THEME.success } },
  failed: { glyph: GLYPHS.error, style: { color: THEME.error } },
  notRequired: { glyph: '–', style: { dim: true } },
}

/** A colour that a tenant chose: used only when it is one, with a text that can be read on it. */
export const chip = (color: string | undefined): SpanStyle =>
  isHex(color)
    ? { background: color, color: 'onBrand', bold: true }
    : { background: THEME.accent, color: THEME.onAccent, bold: true }
