import { expect } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { plainText } from '../../src/screens/plain-text.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import { widthOf } from '../../src/ui/text-width.ts'
import { SNAPSHOT } from '../ui/samples.ts'
import { boot, type Check } from './scene.ts'

/** What a terminal acts on, and what changes a line without being seen. */
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u{e0000}-\u{e007f}]/u
const SIZE = { columns: 80, rows: 24 }

/** A first boot in a school with this name, sign-in text and user: what its pages say, and how they are drawn. */
const inert = (what: string, text: string): Check => [
  what,
  async () => {
    const [{ tenant }] = loadScenarios('surface-wifi-happy-path') as [ReturnType<typeof loadScenarios>[number]]
    const { journal } = await boot({
      tenant: { ...tenant, name: text, branding: { ...tenant.branding, signInPageText: text, usernameHint: text } },
    })
    const screens = journal.flatMap((entry): Screen[] =>
      entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : [],
    )
    expect(screens.some(({ brand }) => brand !== undefined)).toBe(true)
    for (const screen of screens) {
      for (const line of plainText(screen)) {
        expect(line).not.toMatch(ACTIVE)
        expect(line.length).toBeLessThan(2_000)
      }
      const start = performance.now()
      const rows = frameOf({ ...SNAPSHOT, screen }, SIZE).split('\n')
      expect(performance.now() - start).toBeLessThan(1_000)
      expect(rows).toHaveLength(SIZE.rows)
      for (const row of rows) {
        expect(row).not.toMatch(ACTIVE)
        expect(widthOf(row)).toBeLessThanOrEqual(SIZE.columns)
      }
    }
  },
]

export const SCREENS: Record<number, readonly Check[]> = {
  23: [inert('OSC 52', 'a\u001b]52;c;ZXZpbA==\u0007b')],
  24: [
    inert('a title', 'a\u001b]0;gone\u0007b'),
    inert('a link', 'a\u001b]8;;https://evil.example\u001b\\b\u001b]8;;\u001b\\'),
    inert('bell, CR, backspace, NUL', 'a\u0007\r\b\0b'),
  ],
  25: [inert('in one another', '\u001b\u001b[2J[2J\u001b]\u001b]0;x\u00070;y\u0007')],
  26: [
    inert('8 bits', '\u009b2J\u009d0;x\u009c\u0090q\u009c'),
    inert('DCS, APC, RIS, no end', '\u001bPq\u001b\\\u001b_x\u001b\\\u001bc\u001b]0;'),
  ],
  27: [
    inert('override and isolates', 'a\u202egnp.exe\u2066x\u2069'),
    inert('tags and zero width', 'a\u{e0041}\u{e007f}\u200b\u200d\u2060b'),
    inert('combining marks', `e${'\u0301'.repeat(10_000)}`),
  ],
  28: [inert('a name of 1 MB', 'x'.repeat(1_000_000)), inert('10,000 lines', 'line\n'.repeat(10_000))],
}
