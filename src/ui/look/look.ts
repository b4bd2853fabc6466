import type { Hex } from './colour.ts'
import { luminance } from './colour.ts'
import { THEMES, type Theme, type ThemeName } from './themes.ts'

/** How many colours a terminal has. */
export type Depth = 'none' | '16' | '256' | 'true'

/** How frames become cells of one terminal. */
export interface Look {
  theme: Theme
  depth: Depth
  /** Only characters that each terminal and each font has. */
  isAscii: boolean
}

/** What documents, films and tests are drawn in. */
export const PLAIN_LOOK: Look = { theme: THEMES.dark, depth: 'true', isAscii: false }

export const LOOK_NAMES = ['dark', 'light', 'contrast', 'none'] as const
export type LookName = (typeof LOOK_NAMES)[number]

type Environment = Readonly<Record<string, string | undefined>>

const TRUE_COLOUR_TERMS = /kitty|ghostty|alacritty|wezterm|foot|direct|truecolor/
const DEPTHS: Readonly<Record<string, Depth>> = { '': '16', true: '16', '1': '16', '2': '256', '3': 'true' }

/**
 * How many colours, by the variables that terminals and users set.
 *
 * Source: no-color.org; FORCE_COLOR as Node reads it, which takes it before NO_COLOR; COLORTERM and TERM of terminfo.
 */
export function depthOf(env: Environment, platform: string): Depth {
  const forced = env.FORCE_COLOR
  if (forced !== undefined) return DEPTHS[forced] ?? 'none'
  if (env.NO_COLOR) return 'none'
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? '') || env.WT_SESSION) return 'true'
  const term = env.TERM ?? ''
  if (term === 'dumb') return 'none'
  if (TRUE_COLOUR_TERMS.test(term)) return 'true'
  if (/256/.test(term)) return '256'
  return platform === 'win32' ? 'true' : '16'
}

/** Whether a locale names an encoding in which lines and marks cannot be written. */
export function isAsciiLocale(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG
  return locale !== undefined && locale !== '' && (/^(C|POSIX)$/.test(locale) || /\.(?!utf-?8)/i.test(locale))
}

/** Plain lines instead of frames: a terminal that has no cursor, or a machine that watches. */
export const isPlainPlace = ({ TERM, CI }: Environment): boolean =>
  TERM === 'dumb' || (CI !== undefined && !['', '0', 'false'].includes(CI))

export interface LookChoice {
  /** What a person asked for. */
  name?: LookName | undefined
  isAscii?: boolean | undefined
  /** What the terminal says is behind its text. */
  background?: Hex | undefined
}

/** The look for a terminal: what was asked for, else what the terminal and its variables tell. */
export function lookOf(choice: LookChoice, env: Environment, platform: string): Look {
  const named: ThemeName | undefined = choice.name === 'none' ? undefined : choice.name
  const isLight = choice.background !== undefined && luminance(choice.background) > 0.4
  const depth = depthOf(env, platform)
  return {
    theme: THEMES[named ?? (isLight ? 'light' : 'dark')],
    depth: choice.name === 'none' ? 'none' : depth,
    isAscii: choice.isAscii ?? isAsciiLocale(env),
  }
}
