import { afterEach, describe, expect, test, vi } from 'vitest'

vi.hoisted(() => {
  // Read once, when the colour library is loaded; FORCE_COLOR alone loses against a plain TERM.
  Object.assign(process.env, { FORCE_COLOR: '3', COLORTERM: 'truecolor' })
})

import type { MountOptions } from '../../src/ui/mount.tsx'
import { type MountedTerminal, mountTerminal } from '../../src/ui/mount.tsx'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { FakeSession } from './fake-session.ts'
import { everywhere, HOSTILE } from './hostile.ts'
import { DOWNLOAD, EMAIL, PASSWORD, REGION, SNAPSHOT, STATUS, WIFI } from './samples.ts'
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

const DOWN = '\u001b[B'
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

test('a page with more fields than rows follows the focus', async () => {
  const fields = Array.from({ length: 14 }, (_, at) => ({ kind: 'text' as const, id: `f${at}`, label: `Field ${at}` }))
  const { terminal } = await start({ screen: { ...EMAIL, controls: [...fields, ...EMAIL.controls] } })
  expect(terminal.text()).toContain('Field 0')
  expect(terminal.text()).not.toContain('Field 13')
  for (let at = 0; at < 13; at++) await terminal.press('\t')
  expect(terminal.text()).toContain('Field 13')
  expect(terminal.text()).not.toContain('Field 0')
})

describe('the terminal', () => {
  test('is taken while mounted', async () => {
    const { terminal } = await start()
    expect(isRestored(terminal)).toEqual({
      isAlternate: true,
      isRaw: true,
      isCursorHidden: true,
      bracketedPasteMode: true,
      wraparoundMode: false,
      paces: [100],
    })
    expect(terminal.text()).toContain('Is this the right country or region?')
  })

  test('is given back on Ctrl+C', async () => {
    const { terminal, session, mounted } = await start()
    await terminal.press('\u0003')
    expect(await mounted.done).toBe('quit')
    expect(isRestored(terminal)).toEqual(RESTORED)
    expect(terminal.written).toMatch(/\u001b\[2J\u001b\[H\u001b\[\?25h\u001b\[\?1049l$/)
    expect(session.listeners).toBe(0)
    expect(terminal.stdin.listenerCount('keypress')).toBe(0)
    expect(terminal.stdout.listenerCount('resize')).toBe(0)
  })

  test('is given back at once on unmount, and only once', async () => {
    const { terminal, mounted } = await start()
    mounted.unmount()
    mounted.unmount()
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
    expect(terminal.written.split('\u001b[?1049l')).toHaveLength(2)
    expect(await mounted.done).toBe('quit')
  })

  test('is given back while the job is stopped, and taken and drawn again after', async () => {
    const { terminal, session, mounted } = await start()
    const before = terminal.text()
    mounted.suspend()
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
    const written = terminal.written.length
    session.show(EMAIL)
    await terminal.settle()
    expect(terminal.written).toHaveLength(written)
    session.show(REGION)
    mounted.resume()
    await terminal.settle()
    expect(isRestored(terminal)).toMatchObject({ isAlternate: true, isRaw: true, isCursorHidden: true, paces: [100] })
    expect(terminal.text()).toBe(before)
    await terminal.press('\u0003')
    expect(isRestored(terminal)).toEqual(RESTORED)
  })

  test('is drawn again after a stop that came without a warning', async () => {
    const { terminal, mounted } = await start()
    const before = terminal.text()
    // What a shell leaves: its own screen and modes.
    terminal.stdin.setRawMode(false)
    terminal.stdout.write('\u001b[?1049l\u001b[?25h$ fg\r\n')
    mounted.resume()
    await terminal.settle()
    expect(isRestored(terminal)).toMatchObject({ isAlternate: true, isRaw: true, isCursorHidden: true })
    expect(terminal.text()).toBe(before)
  })

  test('is not taken again when it is over', async () => {
    const { terminal, mounted } = await start()
    mounted.suspend()
    mounted.unmount()
    mounted.resume()
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
  })

  test('is given back when the input ends', async () => {
    const { terminal, mounted } = await start()
    terminal.stdin.end()
    expect(await mounted.done).toBe('quit')
  })

  test('is given back when the session fails', async () => {
    const { terminal, session, mounted } = await start()
    session.onAct = () => {
      throw new Error('broken')
    }
    const failed = expect(mounted.done).rejects.toThrow('broken')
    await terminal.press('\r')
    await failed
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
  })

  test('is given back when drawing fails', async () => {
    const { terminal, session, mounted } = await start()
    const failed = expect(mounted.done).rejects.toThrow()
    session.show({ ...REGION, body: null as never })
    await terminal.tick()
    await failed
    await terminal.settle()
    expect(isRestored(terminal)).toEqual(RESTORED)
  })
})

describe('drawing', () => {
  test('writes only rows that changed, as one synchronized update', async () => {
    const { terminal } = await start()
    terminal.written = ''
    await terminal.press(DOWN)
    expect(terminal.written.match(/\u001b\[2K/g)).toHaveLength(2)
    expect(terminal.written).toMatch(/^\u001b\[\?2026h[\s\S]*\u001b\[\?2026l$/)
    expect(terminal.text()).toContain('▸ Austria')
  })

  test('a burst of keys in one read is one update', async () => {
    const { terminal } = await start()
    terminal.written = ''
    await terminal.press(DOWN.repeat(5))
    expect(terminal.written.match(/\u001b\[\?2026h/g)).toHaveLength(1)
    expect(terminal.text()).toContain('▸ Chile')
  })

  test('a long list scrolls, and says where it is', async () => {
    const { terminal } = await start()
    expect(terminal.text()).not.toContain('Spain')
    const isThumb = () => terminal.rows().map((row) => row.includes('┃'))
    const before = isThumb()
    await terminal.press('\u001b[F')
    expect(terminal.text()).toContain('▸ Spain')
    expect(terminal.text()).not.toContain('Australia')
    expect(isThumb()).not.toEqual(before)
    expect(isThumb().lastIndexOf(true)).toBe(terminal.rows().findIndex((row) => row.includes('Spain')))
  })

  test('shows the focus by colour and by shape', async () => {
    const { terminal } = await start()
    expect(terminal.styleOf('▸ Australia')).toMatchObject({ color: '#4cc2ff', isBold: true })
    expect(terminal.styleOf('[ Yes ]').background).toBe('#0067c0')
    await terminal.press('\t')
    expect(terminal.text()).toContain('● Australia')
    expect(terminal.styleOf('▸ Yes ◂')).toMatchObject({ background: '#0067c0', isBold: true })
    expect(terminal.styleOf('Yes ◂').isUnderlined).toBe(true)
  })

  test('shows a brand in its colour, and a colour that is none as the accent', async () => {
    const { terminal, session } = await start({ screen: PASSWORD })
    expect(terminal.styleOf('Contoso School')).toMatchObject({ background: '#7a1f5c', color: '#ffffff' })
    session.show({ ...PASSWORD, brand: { name: 'Contoso School', color: '\u001b[31m' } })
    await terminal.tick()
    expect(terminal.styleOf('Contoso School').background).toBe('#0067c0')
  })

  test('resizing shows a notice when it is too small, and the page again', async () => {
    const { terminal } = await start()
    const before = terminal.text()
    await terminal.resize(70, 20)
    expect(terminal.text()).toContain('It has 70 x 20 cells; 80 x 24 are needed.')
    await terminal.resize(80, 24)
    expect(terminal.text()).toBe(before)
    await terminal.resize(120, 40)
    expect(terminal.rows().findIndex((row) => row.includes('╭'))).toBeGreaterThan(5)
  })

  test('shows the panel over the card, or beside it', async () => {
    const { terminal } = await start({ screen: { ...WIFI } })
    await terminal.press('\u0002')
    for (const part of [
      'oobe.region',
      'CloudAssignedOobeConfig bit 1',
      'Discover',
      '0x80180014',
      'SIM-0001',
      'language -> region',
    ]) {
      expect(terminal.text()).toContain(part)
    }
    expect(terminal.text()).not.toContain('Contoso-Guest')
    await terminal.resize(110, 24)
    expect(terminal.text()).toContain('Contoso-Guest')
    expect(terminal.text()).toContain('oobe.region')
  })

  test('shows the help', async () => {
    const { terminal } = await start()
    await terminal.press('\u001bOP')
    expect(terminal.text()).toContain('Shift+Tab')
    await terminal.press('?')
    expect(terminal.text()).toContain('Australia')
  })
})

test.each(HOSTILE)('a real terminal agrees about the width of %s', async (text) => {
  const { terminal } = await start({ screen: everywhere(text), device: text })
  const edge = Array.from({ length: 21 }, (_, index) => terminal.charAt(77, index + 1))
  expect(edge.join('')).toBe(`╮${'│'.repeat(19)}╯`)
})

describe('typing', () => {
  test('a sequence split over two reads is one key', async () => {
    const { terminal } = await start()
    await terminal.press('\u001b', '[B')
    expect(terminal.text()).toContain('▸ Austria')
  })

  test('a password is never in the cells, nor in what was written', async () => {
    const { terminal, session } = await start({ screen: PASSWORD })
    await terminal.press('Pass', '\u001b[200~word-1\u001b[201~')
    expect(terminal.text()).toContain('●'.repeat(10))
    await terminal.press('\u0002', '\u0002', '\r')
    expect(session.actions).toEqual([{ page: 'signIn', control: 'signIn', values: { password: 'Password-1' } }])
    for (const part of ['Pass', 'word-1']) expect(terminal.written.replaceAll('Password', '')).not.toContain(part)
    expect(terminal.text()).not.toContain('●')
  })

  test('keys of one read meet the page that the earlier ones led to', async () => {
    const { terminal, session } = await start({ screen: REGION })
    session.onAct = ({ control }) => session.show(control === 'next' ? EMAIL : null)
    await terminal.press('\ralice')
    expect(terminal.text()).toContain('▸ alice')
  })

  test('a long text shows its end', async () => {
    const { terminal } = await start({ screen: { ...EMAIL, controls: [{ kind: 'text', id: 'a', label: 'A' }] } })
    await terminal.press(`${'x'.repeat(70)}漢end`)
    expect(terminal.text()).toMatch(/▸ x+漢end/)
    expect(Math.max(...terminal.rows().map((row) => row.length))).toBeLessThanOrEqual(80)
  })
})

describe('sampling', () => {
  test('a resting page is not drawn again', async () => {
    const { terminal, session } = await start({ speed: 0 })
    terminal.written = ''
    const before = session.snapshots
    await terminal.tick()
    expect([terminal.written, session.snapshots]).toEqual(['', before])
  })

  test('the clock is drawn when its second changes', async () => {
    const { terminal, session } = await start()
    session.current = { ...SNAPSHOT, now: 62_900 }
    terminal.written = ''
    await terminal.tick()
    expect(terminal.written).toBe('')
    session.current = { ...SNAPSHOT, now: 63_000 }
    await terminal.tick()
    expect(terminal.text()).toContain('0:01:03')
  })

  test('a clock that moves on is one short write, and a page that follows is whole', async () => {
    const { terminal, session } = await start({ screen: REGION })
    session.current = { ...SNAPSHOT, screen: REGION, now: 99_000 }
    terminal.written = ''
    await terminal.tick()
    expect(terminal.written.length).toBeLessThan(600)
    expect(terminal.written.split('\u001b[2K')).toHaveLength(2)
    expect(terminal.text()).toContain('0:01:39')
    session.show(EMAIL)
    await terminal.settle()
    await terminal.tick()
    const fresh = new FakeTerminal()
    const other = mountTerminal(session, fresh)
    await fresh.settle()
    expect(terminal.rows()).toEqual(fresh.rows())
    other.unmount()
  })

  test('the spinner turns only while the progress is unknown', async () => {
    const { terminal, session } = await start({ screen: STATUS })
    expect(terminal.paces).toEqual([125])
    expect(terminal.text()).toContain('⠋ Working…')
    await terminal.tick()
    expect(terminal.text()).toContain('⠙ Working…')
    session.show(DOWNLOAD)
    await terminal.tick()
    expect(terminal.paces).toEqual([100])
    session.change({ screen: STATUS, speed: 0 })
    await terminal.tick()
    expect(terminal.paces).toEqual([100])
  })
})
