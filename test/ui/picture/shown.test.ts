import { afterEach, describe, expect, test } from 'vitest'
import { PLAIN_LOOK } from '../../../src/ui/look/look.ts'
import { type MountedTerminal, mountTerminal } from '../../../src/ui/mount.tsx'
import type { Pictures } from '../../../src/ui/picture/place.ts'
import { KITTY_DELETE } from '../../../src/ui/picture/ways.ts'
import { FakeSession } from '../fake-session.ts'
import { PASSWORD, REGION } from '../samples.ts'
import { FakeTerminal } from '../terminal.ts'
import { pngPixels, sixelPixels } from './pixels-of.ts'

const LOGO = [' ▄█▄ ', '▀███▀']
const BRANDED = { ...PASSWORD, brand: { name: 'Contoso School', color: '#ffd700', logo: LOGO } }
const KITTY: Pictures = { kind: 'kitty', cell: { width: 4, height: 8 } }
const SIXEL: Pictures = { kind: 'sixel', cell: { width: 4, height: 8 } }
const BLOCKS = /[▀▄█]/

let mounted: MountedTerminal | undefined
afterEach(() => mounted?.unmount())

async function start(pictures?: Pictures, screen = BRANDED) {
  const session = new FakeSession({ screen })
  const terminal = new FakeTerminal()
  const { stdin, stdout, every } = terminal
  mounted = mountTerminal(session, { stdin, stdout, every, look: PLAIN_LOOK, ...(pictures ? { pictures } : {}) })
  await terminal.settle()
  return { session, terminal, mounted }
}

/** What has been written since, each picture as its name. */
const pictures = (written: string): string[] =>
  [...written.matchAll(/\u001b_Ga=(T|d)|\u001bP0;1;0q|\u001b\]1337;/g)].map(
    ([start, action]) => action ?? start.slice(1),
  )
const since = (terminal: FakeTerminal, before: number): string[] => pictures(terminal.written.slice(before))

test('without pictures the logo is blocks, and nothing else is sent', async () => {
  const { terminal } = await start()
  expect(terminal.text()).toContain(LOGO[1])
  expect(pictures(terminal.written)).toEqual([])
})

describe('a picture over its cells', () => {
  test('the cells of the blocks are kept free, all else is where it was', async () => {
    const plain = await start()
    const blocks = plain.terminal.rows()
    plain.mounted.unmount()
    const { terminal } = await start(KITTY)
    // The last row has the bars of the Wi-Fi.
    const last = blocks.pop()
    expect(terminal.rows().slice(0, -1).join('\n')).not.toMatch(BLOCKS)
    expect(terminal.rows()).toEqual([...blocks.map((row) => row.replaceAll(/[▀▄█]/g, ' ')), last])
    expect(pictures(terminal.written)).toEqual(['T'])
  })

  test('it begins at the cell where the blocks began, with the colours of the school', async () => {
    const plain = await start()
    const y = plain.terminal.rows().findIndex((row) => row.includes('▀███▀'))
    const x = plain.terminal.rows()[y]!.indexOf('▀███▀')
    plain.mounted.unmount()
    const { terminal } = await start(KITTY)
    const [, row, column, text] = /\u001b\[(\d+);(\d+)H\u001b\[0m\u001b_G[^;]*;([^\u001b]*)/.exec(terminal.written)!
    expect([Number(row), Number(column)]).toEqual([y, x + 1])
    const seen = pngPixels(Buffer.from(text!, 'base64'))
    expect([seen.length, seen[0]!.length]).toEqual([16, 20])
    expect(new Set(seen.flat())).toEqual(new Set(['#ffd700', '#000000']))
    expect([seen[0]![0], seen[15]![0], seen[8]![0], seen[8]![8]]).toEqual(['#ffd700', '#ffd700', '#000000', '#000000'])
  })

  test('a page that moves on elsewhere sends no second one', async () => {
    const { terminal } = await start(KITTY)
    const before = terminal.written.length
    await terminal.press('a', 'b')
    await terminal.tick()
    expect(since(terminal, before)).toEqual([])
  })

  test('when the page is left, kitty deletes it, and the next page has no rest of it', async () => {
    const { terminal, session } = await start(KITTY)
    const before = terminal.written.length
    session.show(REGION)
    await terminal.tick()
    expect(since(terminal, before)).toEqual(['d'])
    session.show(BRANDED)
    await terminal.tick()
    expect(since(terminal, before)).toEqual(['d', 'T'])
  })

  test('sixels end where cells are written: the rows of the old picture are written anew', async () => {
    const { terminal, session } = await start(SIXEL)
    expect(pictures(terminal.written)).toEqual(['P0;1;0q'])
    const [sequence, row] = [
      /\u001bP.*?\u001b\\/s.exec(terminal.written)![0],
      /\u001b\[(\d+);\d+H\u001b\[0m\u001bP/.exec(terminal.written)![1],
    ]
    expect(new Set(sixelPixels(sequence).flat())).toEqual(new Set(['#ffd600', '#000000']))
    const before = terminal.written.length
    // The same page without its logo and with an empty band in its place: the cells are the same.
    session.show({ ...BRANDED, brand: { ...BRANDED.brand, logo: ['     ', '     '] } })
    await terminal.tick()
    const after = terminal.written.slice(before)
    for (const index of [0, 1]) expect(after).toContain(`\u001b[${Number(row) + index};1H`)
  })

  test('help over the page takes it away, and it comes back', async () => {
    const { terminal } = await start(KITTY, { ...BRANDED, controls: [] })
    const before = terminal.written.length
    await terminal.press('?')
    await terminal.press('\u001b')
    await terminal.rest()
    await new Promise((done) => setTimeout(done, 80))
    await terminal.settle()
    expect(since(terminal, before)).toEqual(['d', 'T'])
  })
})

describe('the terminal changes', () => {
  test('another size: all is drawn anew, and the size of a cell is asked for again', async () => {
    const { terminal } = await start(SIXEL)
    const before = terminal.written.length
    await terminal.resize(100, 30)
    const after = terminal.written.slice(before)
    expect(after).toContain('\u001b[16t')
    expect(pictures(after)).toContain('P0;1;0q')
    const later = terminal.written.length
    await terminal.press('\u001b[6;16;8t')
    const sequence = /\u001bP.*?\u001b\\/s.exec(terminal.written.slice(later))![0]
    expect(sixelPixels(sequence).length).toBe(32)
  })

  test('a cell that cannot be is not believed, and types nothing', async () => {
    const { terminal } = await start(SIXEL)
    const before = terminal.written.length
    await terminal.press('\u001b[6;99999;99999t', '\u001b[6;0;0t')
    expect(since(terminal, before)).toEqual([])
    expect(terminal.text()).not.toContain('99999')
  })

  test('too small for the page: none', async () => {
    const { terminal } = await start(KITTY)
    const before = terminal.written.length
    await terminal.resize(40, 10)
    expect(since(terminal, before)).toEqual(['d'])
  })

  test('a stopped job and an end leave no picture; a continued one has it again', async () => {
    const { terminal, mounted } = await start(KITTY)
    const before = terminal.written.length
    mounted.suspend()
    expect(since(terminal, before)).toEqual(['d'])
    mounted.resume()
    await terminal.settle()
    expect(since(terminal, before)).toEqual(['d', 'T'])
    mounted.unmount()
    expect(since(terminal, before)).toEqual(['d', 'T', 'd'])
    expect(terminal.written.lastIndexOf(KITTY_DELETE)).toBeLessThan(terminal.written.lastIndexOf('\u001b[?1049l'))
  })
})
