import { describe, expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import { asciiOf } from '../../src/ui/look/ascii.ts'
import { initialModel } from '../../src/ui/model.ts'
import { respond } from '../../src/ui/respond.ts'
import { largeDigits } from '../../src/ui/rows/large-number.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { widthOf } from '../../src/ui/text-width.ts'
import { everywhere, HOSTILE } from './hostile.ts'
import { EMAIL, SNAPSHOT, WIFI } from './samples.ts'

const SIZE = { columns: 80, rows: 24 }
const drawn = (patch: Partial<SessionSnapshot>, size = SIZE) => frameOf({ ...SNAPSHOT, ...patch }, size)

describe('the number to match', () => {
  const proof: Screen = {
    ...EMAIL,
    page: 'signIn',
    step: 'proof',
    body: [{ text: 'Enter the number' }, { text: '42' }],
    progress: {},
  }

  test('is the largest thing on its page', () => {
    const shown = drawn({ screen: proof })
    for (const line of largeDigits('42')) expect(shown).toContain(line.trimEnd())
    expect(shown).toContain('[ Next ]')
    expect(shown).toContain('Email')
    // Also as text, for who does not see it.
    expect(shown).toMatch(/│ {2}42 /)
  })

  test('each digit has its own shape, in ASCII too', () => {
    const shapes = [...'0123456789'].map((digit) => largeDigits(digit))
    expect(new Set(shapes.map((lines) => lines.join('\n'))).size).toBe(10)
    for (const line of shapes.flat()) {
      expect(line).toHaveLength(6)
      expect(asciiOf(line)).toMatch(/^[# ]{6}$/)
    }
  })

  test('what is no number stays as it is', () => {
    for (const text of ['4 2', '4.2', '1234567', 'x42']) {
      expect(drawn({ screen: { ...proof, body: [{ text }] } })).not.toContain('██')
    }
    expect(drawn({ screen: { ...proof, body: [{ text: '42', tone: 'code' }] } })).not.toContain('██')
  })
})

describe('the desktop', () => {
  const desktop: Screen = {
    page: 'desktop',
    title: 'Desktop',
    body: [
      { text: 'Alice Park is signed in on CLS-1.', tone: 'success' },
      { text: 'Standard user, no local administrator rights' },
    ],
    controls: [],
    why: [],
  }
  const ended = { title: 'The first boot has ended', lines: desktop.body.map(({ text }) => text) }

  test.each([
    ['while it is shown', { screen: desktop }],
    ['when the run has ended there', { screen: desktop, ended }],
  ])('has a taskbar, and says who is signed in and what they may do: %s', (_, patch) => {
    const rows = drawn(patch).split('\n')
    expect(rows).toHaveLength(24)
    expect(rows[21]).toMatch(/■ Start {3}○ Search {3}▪ Apps .*Contoso-Students {2}0:01:02/)
    expect(rows.join('\n')).toContain('Alice Park is signed in on CLS-1.')
    expect(rows.join('\n')).toContain('Standard user, no local administrator rights')
    expect(rows[0]).not.toContain('simulated')
  })

  test('the end on another page has its card alone', () => {
    expect(drawn({ screen: EMAIL, ended })).not.toContain('■ Start')
  })
})

describe('bad input', () => {
  /** Pages without a box, and the desktop. */
  const pages: Partial<Screen>[] = [
    { page: 'powerOn' },
    { page: 'welcome', step: 'greeting' },
    { page: 'firstLogon' },
    { page: 'desktop' },
  ]
  const sizes = [SIZE, { columns: 120, rows: 40 }, { columns: 500, rows: 200 }]

  test.each(HOSTILE)('a school, a person and a device with hostile names fill no more than the screen: %s', (text) => {
    for (const part of pages) {
      for (const size of sizes) {
        const screen = { ...everywhere(text), ...part, controls: [], why: [] } as Screen
        const { failure: _, ...quiet } = screen
        const rows = drawn({ screen: quiet, device: text }, size).split('\n')
        expect(rows).toHaveLength(size.rows)
        expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(size.columns)
      }
    }
  })

  test('10,000 Wi-Fi networks: a frame and a key take a moment', () => {
    const options = Array.from({ length: 10_000 }, (_, at) => ({
      id: `n${at}`,
      label: `${at % 3 === 0 ? '漢字' : 'School'} ${at}`,
      detail: 'Secured',
      bars: at % 5,
      locked: true,
    }))
    const screen: Screen = { ...WIFI, controls: [{ kind: 'choice', id: 'network', label: 'Wi-Fi', options }] }
    const snapshot = { ...SNAPSHOT, screen }
    let model = initialModel(snapshot, SIZE)
    const start = performance.now()
    for (const key of ['end', 'pageUp', 'down', { type: 'char', text: 's' }, { type: 'char', text: 'c' }] as const) {
      model = respond({ snapshot, model, tick: 0 }, key).model
      const rows = frameRows({ snapshot, model, tick: 0 })
      expect(rows).toHaveLength(24)
    }
    // Five keys and five frames: far less, but the machine may be busy.
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(model.chosen.network).toMatch(/^n\d+$/)
  })
})
