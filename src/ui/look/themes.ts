import type { Hex } from './colour.ts'
import type { FillRole, InkRole } from './roles.ts'

export type ThemeName = 'dark' | 'light' | 'contrast'

type SingleInk = Exclude<InkRole, 'onBrand'>

export interface Theme {
  name: ThemeName
  inks: Readonly<Record<SingleInk, Hex>>
  fills: Readonly<Record<FillRole, Hex>>
  /** The colours of a school are left out, as Windows does in a contrast theme. */
  isBrandless: boolean
}

/** Source: colours of WinUI's dark theme, made lighter where text on them needs it. */
const DARK: Theme = {
  name: 'dark',
  inks: {
    text: '#F0F0F0',
    detail: '#B4B4B4',
    accent: '#4CC2FF',
    success: '#6CCB5F',
    error: '#FF99A4',
    caution: '#FCE100',
    onAccent: '#FFFFFF',
    onQuiet: '#FFFFFF',
    focusOnQuiet: '#7FD4FF',
  },
  fills: { page: '#1F1F1F', card: '#282828', accentFill: '#0067C0', quietFill: '#454545' },
  isBrandless: false,
}

/** Source: colours of WinUI's light theme. */
const LIGHT: Theme = {
  name: 'light',
  inks: {
    text: '#1A1A1A',
    detail: '#5C5C5C',
    accent: '#005A9E',
    success: '#0E700E',
    error: '#B3261E',
    caution: '#8A5100',
    onAccent: '#FFFFFF',
    onQuiet: '#1A1A1A',
    focusOnQuiet: '#003E73',
  },
  fills: { page: '#F3F3F3', card: '#FBFBFB', accentFill: '#0067C0', quietFill: '#DADADA' },
  isBrandless: false,
}

/** Source: the contrast theme Night sky of Windows 11, on black. */
const CONTRAST: Theme = {
  name: 'contrast',
  inks: {
    text: '#FFFFFF',
    detail: '#FFFFFF',
    accent: '#8EE3F0',
    success: '#3FF23F',
    error: '#FFB3B3',
    caution: '#FFFF00',
    onAccent: '#000000',
    onQuiet: '#000000',
    focusOnQuiet: '#000000',
  },
  fills: { page: '#000000', card: '#000000', accentFill: '#8EE3F0', quietFill: '#FFFFFF' },
  isBrandless: true,
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = { dark: DARK, light: LIGHT, contrast: CONTRAST }

/** A theme of the sixteen colours that each terminal has, as its own palette shows them. */
export interface Theme16 {
  inks: Readonly<Record<SingleInk, number>>
  fills: Readonly<Record<FillRole, number>>
}

export const THEMES_16: Readonly<Record<ThemeName, Theme16>> = {
  dark: {
    inks: {
      text: 15,
      detail: 7,
      accent: 14,
      success: 10,
      error: 9,
      caution: 11,
      onAccent: 15,
      onQuiet: 0,
      focusOnQuiet: 0,
    },
    fills: { page: 0, card: 0, accentFill: 4, quietFill: 7 },
  },
  light: {
    inks: {
      text: 0,
      detail: 0,
      accent: 4,
      success: 0,
      error: 1,
      caution: 0,
      onAccent: 15,
      onQuiet: 0,
      focusOnQuiet: 0,
    },
    fills: { page: 15, card: 15, accentFill: 4, quietFill: 7 },
  },
  contrast: {
    inks: {
      text: 15,
      detail: 15,
      accent: 14,
      success: 10,
      error: 15,
      caution: 11,
      onAccent: 0,
      onQuiet: 0,
      focusOnQuiet: 0,
    },
    fills: { page: 0, card: 0, accentFill: 14, quietFill: 15 },
  },
}
