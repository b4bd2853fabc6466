/** `#rrggbb`. */
export type Hex = `#${string}`

export const isHex = (text: string | undefined): text is Hex => text !== undefined && /^#[0-9a-f]{6}$/i.test(text)

export type Rgb = readonly [number, number, number]

export const rgbOf = (hex: Hex): Rgb => {
  const part = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16)
  return [part(1), part(3), part(5)]
}

const hexOf = (rgb: Rgb): Hex => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance". */
export function luminance(hex: Hex): number {
  const [r, g, b] = rgbOf(hex).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** From 1 (the same) to 21 (black on white). Source: WCAG 2.2, "contrast ratio". */
export function contrast(one: Hex, other: Hex): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Black or white, whichever can be read better on a fill: at least 4.58:1 on each. */
export const readableOn = (fill: Hex): Hex =>
  contrast('#000000', fill) > contrast('#ffffff', fill) ? '#000000' : '#ffffff'

/** The steps of the colour cube of 256-colour terminals. */
const CUBE = [0, 95, 135, 175, 215, 255] as const
const GREY_FIRST = 232
const greyOf = (step: number): number => 8 + 10 * step

/** The nearest of the fixed colours 16 to 255: the first sixteen differ from terminal to terminal. */
export function indexOf256(hex: Hex): number {
  const rgb = rgbOf(hex)
  const steps = rgb.map((part) => nearestIn(CUBE, part))
  const cube = 16 + 36 * steps[0]! + 6 * steps[1]! + steps[2]!
  const mean = rgb.reduce((sum, part) => sum + part, 0) / 3
  const grey = GREY_FIRST + Math.max(0, Math.min(23, Math.round((mean - 8) / 10)))
  return distance(rgb, rgbOf(hexOf256(grey))) < distance(rgb, rgbOf(hexOf256(cube))) ? grey : cube
}

/** What a terminal shows for one of the colours 16 to 255. */
export function hexOf256(index: number): Hex {
  if (index >= GREY_FIRST) return hexOf([0, 0, 0].map(() => greyOf(index - GREY_FIRST)) as unknown as Rgb)
  const at = index - 16
  return hexOf([CUBE[Math.floor(at / 36)]!, CUBE[Math.floor(at / 6) % 6]!, CUBE[at % 6]!])
}

const nearestIn = (steps: readonly number[], value: number): number =>
  steps.reduce((best, step, index) => (Math.abs(step - value) < Math.abs(steps[best]! - value) ? index : best), 0)

const distance = (one: Rgb, other: Rgb): number =>
  one.reduce((sum, part, index) => sum + (part - other[index]!) ** 2, 0)
