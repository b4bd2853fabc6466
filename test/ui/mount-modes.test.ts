import { afterEach, describe, expect, test, vi } from 'vitest'

vi.hoisted(() => {
  // Read once, when the colour library is loaded; FORCE_COLOR alone loses against a plain TERM.
  Object.assign(process.env, { FORCE_COLOR: '3', COLORTERM: 'truecolor' })
})

import { sizeOf } from '../../src/ui/frame-screen.ts'
import type { MountOptions } from '../../src/ui/mount.tsx'
import { type MountedTerminal, mountTerminal } from '../../src/ui/mount.tsx'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { FakeSession } from './fake-session.ts'
import { EMAIL, REGION } from './samples.ts'
import { FakeTerminal } from './terminal.ts'

let mounted: MountedTerminal | undefined
afterEach(() => mounted?.unmount())

async function start(
  patch: Partial<SessionSnapshot> = {},
  columns = 80,
  rows = 24,
  options: Partial<MountOptions> = {},
) {
  const session = new FakeSession(patch)
  const terminal = new FakeTerminal(columns, rows)
  const { stdin, stdout, every } = terminal
  mounted = mountTerminal(session, { stdin, stdout, every, ...options })
  await terminal.settle()
  return { session, terminal, mounted }
}

const isRestored = (terminal: FakeTerminal) => ({
  isAlternate: terminal.isAlternate,
  isRaw: terminal.stdin.isRaw,
  isCursorHidden: terminal.isCursorHidden,
  ...terminal.modes,
  paces: terminal.paces,
})
const RESTORED = {
  isAlternate: false,
  isRaw: false,
  isCursorHidden: false,
  bracketedPasteMode: false,
  wraparoundMode: true,
  paces: [],
}

describe('what a terminal can do', () => {
  const MODES = ['\u001b[?1000h', '\u001b[?1006h', '\u001b[>1u']

  test('is used where it can, and given back', async () => {
    const { terminal, mounted } = await start({}, 80, 24, { hasMouse: true, isKitty: true })
    for (const mode of MODES) expect(terminal.written).toContain(mode)
    mounted.unmount()
    const after = terminal.written.slice(terminal.written.lastIndexOf('\u001b[?1000h'))
    for (const mode of ['\u001b[?1000l', '\u001b[?1006l', '\u001b[<u']) expect(after).toContain(mode)
  })

  test('is left alone where it was not asked for', async () => {
    const { terminal, mounted } = await start()
    mounted.unmount()
    for (const mode of [...MODES, '\u001b[?1000l', '\u001b[<u']) expect(terminal.written).not.toContain(mode)
  })

  test('a click goes to what is drawn there', async () => {
    const { terminal, session } = await start({ screen: REGION }, 80, 24, { hasMouse: true })
    const rows = terminal.rows()
    const y = rows.findIndex((row) => row.includes('[ Yes ]'))
    await terminal.press(`\u001b[<0;${rows[y]!.indexOf('Yes') + 1};${y + 1}M`)
    expect(session.actions).toMatchObject([{ control: 'next' }])
  })

  test('Ctrl+Z stops the job, and types nothing', async () => {
    let stops = 0
    const { terminal, session } = await start({ screen: EMAIL }, 80, 24, { onStop: () => stops++ })
    await terminal.press('a\u001ab')
    expect([stops, session.actions]).toEqual([1, []])
    expect(terminal.text()).toContain('▸ ab')
  })

  test('letters that come late begin anew', async () => {
    const { terminal } = await start({ screen: REGION })
    await terminal.press('i', 'r')
    expect(terminal.text()).toContain('▸ Ireland')
    expect(terminal.text()).toContain('Find: ir')
    await terminal.tick()
    expect(terminal.text()).not.toContain('Find:')
    await terminal.press('i')
    expect(terminal.text()).toContain('▸ Italy')
  })

  test('an answer that comes late is no key', async () => {
    const { terminal, session } = await start({ screen: EMAIL })
    await terminal.press('\u001b]11;rgb:1f1f/1f1f', '/1f1f\u001b\\\u001b[?62;22c')
    expect(terminal.text()).not.toContain('rgb')
    expect(session.actions).toEqual([])
  })
})

describe('sizes', () => {
  test('a window that is dragged is drawn twice, and in the end whole', async () => {
    const { terminal, session } = await start({ screen: REGION })
    const before = session.snapshots
    terminal.written = ''
    terminal.drag(Array.from({ length: 200 }, (_, at) => [80 + (at % 41), 24 + (at % 17)] as const))
    expect(terminal.written.split('\u001b[2J').length - 1).toBe(1)
    await terminal.rest()
    expect(terminal.written.split('\u001b[2J').length - 1).toBe(2)
    expect(session.snapshots - before).toBeLessThan(5)
    expect(terminal.rows()).toHaveLength(24 + (199 % 17))
    expect(terminal.text()).toContain('Is this the right country or region?')
    expect(terminal.paces).toEqual([100])
  })

  test.each([
    [1, 1],
    [2, 1],
    [1, 40],
    [79, 24],
    [80, 23],
  ])('%i x %i: the size is said, and keys do no harm', async (columns, rows) => {
    const { terminal, session } = await start({ screen: REGION }, columns, rows)
    expect(terminal.rows()).toHaveLength(rows)
    await terminal.press('\r', 'x', '\u001b[B', '\u001b[<0;1;1M')
    expect(session.actions).toEqual([])
    await terminal.resize(80, 24)
    expect(terminal.text()).toContain('▸ Australia')
  })

  test.each([
    [0, 0, 80, 24],
    [undefined, undefined, 80, 24],
    [Number.NaN, -5, 80, 24],
    [100_000, 100_000, 500, 200],
    [Number.POSITIVE_INFINITY, 24.9, 500, 24],
  ])('a terminal that says %s x %s is taken for %i x %i', (columns, rows, sane, high) => {
    expect(sizeOf({ columns, rows })).toEqual({ columns: sane, rows: high })
  })

  test('one that has fewer cells than it says keeps its page, and is given back', async () => {
    const session = new FakeSession({ screen: REGION })
    const terminal = new FakeTerminal(80, 24)
    Object.assign(terminal.stdout, { columns: 200, rows: 60 })
    mounted = mountTerminal(session, terminal)
    await terminal.press('\u001b[B', '\r')
    expect(session.actions).toMatchObject([{ values: { region: 'austria' } }])
    mounted.unmount()
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
  })
})

test('an input that had ended before is seen', async () => {
  const terminal = new FakeTerminal()
  terminal.stdin.end()
  terminal.stdin.resume()
  await terminal.settle()
  mounted = mountTerminal(new FakeSession(), terminal)
  expect(await mounted.done).toBe('quit')
})
