import type { CategoryState, Line } from '../domain/screen.ts'
import type { SpanStyle } from './rows/row.ts'

/** Colours of Windows 11's dark theme. No fact is shown by colour alone: a glyph or a word always says it too. */
export const THEME = {
  accent: '#0067C0',
  accentLight: '#4CC2FF',
  onAccent: '#FFFFFF',
  quietFill: '#3B3B3B',
  success: '#6CCB5F',
  error: '#FF99A4',
  caution: '#FCE100',
  /** Visible on its fill, also where there are only sixteen colours. */
  quietBracket: '#9A9A9A',
} as const

export const GLYPHS = {
  focus: '▸',
  focusEnd: '◂',
  /** Where the focus is in a list in which nothing is selected yet. */
  focusUnselected: '▹',
  current: '●',
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

/** A colour that a tenant chose: used only when it is one, with a text colour that can be read on it. */
export function chip(color: string | undefined): SpanStyle {
  const background = color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? color : THEME.accent
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => Number.parseInt(background.slice(start, start + 2), 16))
  const isLight = 0.299 * r + 0.587 * g + 0.114 * b > 150
  return { background, color: isLight ? '#000000' : '#FFFFFF', bold: true }
}
