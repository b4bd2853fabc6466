import { describe, expect, test } from 'vitest'
import type { Screen } from '../../../src/domain/screen.ts'
import { frameRows } from '../../../src/ui/frame.ts'
import { contrast, type Hex, hexOf256, indexOf256, isHex, luminance } from '../../../src/ui/look/colour.ts'
import { inkOf, painted, painted256, roles16 } from '../../../src/ui/look/paint.ts'
import { FILLS_OF, type FillRole, type InkRole } from '../../../src/ui/look/roles.ts'
import { THEMES, type ThemeName } from '../../../src/ui/look/themes.ts'
import { initialModel } from '../../../src/ui/model.ts'
import { type Span, span } from '../../../src/ui/rows/row.ts'
import { chip } from '../../../src/ui/theme.ts'
import * as samples from '../samples.ts'

/** WCAG 2.2, success criteria 1.4.3 (AA) and 1.4.6 (AAA). */
const LEAST: Record<ThemeName, number> = { dark: 4.5, light: 4.5, contrast: 7 }

const pairs = Object.entries(FILLS_OF).flatMap(([ink, fills]) => fills.map((fill) => [ink as InkRole, fill] as const))
const themes = Object.values(THEMES)
const withPair = (ink: InkRole, fill: FillRole): Span => span('text', { color: ink, background: fill })

/** The sixteen colours, as terminals show them unless a person changed them. */
const PALETTES: Record<string, readonly Hex[]> = {
  xterm: hexes(
    '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
  ),
  VGA: hexes(
    '000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff',
  ),
  Campbell: hexes(
    '0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2',
  ),
}

function hexes(text: string): readonly Hex[] {
  return text.split(' ').map((hex): Hex => `#${hex}`)
}

/** Of schools: light, dark, in between, and the greys for which black and white are equally bad. */
const BRANDS: readonly Hex[] = [
  ...hexes('000000 ffffff ff0000 00ff00 0000ff ffff00 00ffff ff00ff 757575 767676 777777 0067c0 b22222 c8a2c8 808000'),
  ...Array.from({ length: 216 }, (_, at) => hexOf256(16 + at)),
]

describe.each(themes)('each role on each fill that it can have: $name', (theme) => {
  test.each(pairs)('%s on %s', (ink, fill) => {
    const one = painted(withPair(ink, fill), theme)
    expect(contrast(one.ink, one.fill)).toBeGreaterThanOrEqual(LEAST[theme.name])
    const other = painted256(withPair(ink, fill), theme)
    expect(contrast(other.ink, other.fill)).toBeGreaterThanOrEqual(LEAST[theme.name])
  })

  test.each(Object.keys(PALETTES))('with the sixteen colours of %s', (name) => {
    for (const [ink, fill] of pairs) {
      const { ink: on, fill: behind } = roles16(withPair(ink, fill), theme)
      const ratio = contrast(PALETTES[name]![on]!, PALETTES[name]![behind]!)
      expect(ratio, `${ink} on ${fill}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('the colours of schools', () => {
    for (const brand of BRANDS) {
      for (const { ink, fill } of [painted(span('x', chip(brand)), theme), painted256(span('x', chip(brand)), theme)]) {
        expect(contrast(ink, fill), brand).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})

const screens = Object.entries(samples).filter((entry): entry is [string, Screen] => 'controls' in entry[1])

test.each(screens)('a frame draws no text on a fill for which its contrast was not computed: %s', (_name, screen) => {
  for (const isPanelOpen of [false, true]) {
    for (const columns of [80, 120]) {
      const snapshot = { ...samples.SNAPSHOT, screen, note: 'no such network' }
      const model = { ...initialModel(snapshot, { columns, rows: 30 }), isPanelOpen }
      for (const one of frameRows({ snapshot, model, tick: 0 }).flat()) {
        const [ink, fill] = [inkOf(one), one.background ?? 'page']
        if (isHex(fill)) expect(ink, one.text).toBe('onBrand')
        else expect(FILLS_OF[ink as 'text'], `${one.text}: ${ink} on ${fill}`).toContain(fill)
      }
    }
  }
})

test('a school without its own colour has the accent', () => {
  for (const color of [undefined, 'red', '#12', '#12345g']) {
    expect(chip(color)).toEqual({ background: 'accentFill', color: 'onAccent', bold: true })
  }
})

test('a contrast theme leaves out the colours of a school', () => {
  expect(painted(span('x', chip('#b22222')), THEMES.contrast)).toEqual({ ink: '#000000', fill: '#FFFFFF' })
})

test('the nearest of 256 colours', () => {
  for (let index = 16; index < 256; index++) expect(hexOf256(indexOf256(hexOf256(index)))).toBe(hexOf256(index))
  expect(hexOf256(indexOf256('#5e5f5f'))).toBe('#5f5f5f')
})

test('luminance is that of WCAG', () => {
  expect(luminance('#ffffff')).toBeCloseTo(1, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
