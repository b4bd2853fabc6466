import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { printRaw, redirectPrinting } from '../../../src/cli/print.ts'
import { canBeLive, fitting, showLive } from '../../../src/cli/run/live.ts'
import { failed, played } from '../../report/finished-scene.ts'

let screen: string
let undo: () => void
const show = (text: string): void => {
  screen += text
}
const terminal = (columns: number) => ({ isTTY: true, columns, write: show })

beforeEach(() => {
  screen = ''
  vi.stubEnv('NO_COLOR', '1')
  vi.stubEnv('FORCE_COLOR', undefined)
  undo = redirectPrinting(() => (_, text) => show(text))
})
afterEach(() => {
  undo()
  vi.unstubAllEnvs()
})

/** The lines of a terminal after all that was written to it: carriage return, one line up, erase below. */
function lines(): string[] {
  const rows = ['']
  let row = 0
  let column = 0
  for (const [sign, up, erase] of screen.matchAll(/\u001b\[(?:(\d+)A|(0J)|\?25[hl])|[\s\S]/g)) {
    if (up !== undefined) row -= Number(up)
    else if (erase !== undefined) rows.splice(row, rows.length, rows[row]!.slice(0, column))
    else if (sign === '\r') column = 0
    else if (sign === '\n') {
      row++
      column = 0
      rows[row] ??= ''
    } else if (sign.length === 1) {
      rows[row] = rows[row]!.slice(0, column) + sign + rows[row]!.slice(column + 1)
      column++
    }
  }
  return rows
}

describe('what a terminal shows of a run', () => {
  test('is counts, and each scenario that is played with its page; what is printed stays above', async () => {
    const live = showLive(terminal(80), [100, 100, 100], 2)
    live.began('first', 0)
    live.began('second', 1)
    live.page('region', 0)
    printRaw('out', 'a note\n')
    expect(lines()).toEqual(['a note', '0/3  0 passed  0 s', '  first  region', '  second'])
    live.ended(played('first'), 0)
    printRaw('out', '✓ first\n')
    live.ended(failed('second'), 1)
    live.began('third', 2)
    printRaw('out', '✗ second\n')
    expect(lines()).toEqual([
      'a note',
      '✓ first',
      '✗ second',
      '2/3  1 passed  1 failed  0 s, about 0 s left',
      '  third',
    ])
    live.end()
    expect(lines()).toEqual(['a note', '✓ first', '✗ second', ''])
    expect(screen.endsWith('\u001b[?25h')).toBe(true)
  })

  test('stays away while a line is open', () => {
    const live = showLive(terminal(80), [100, 100], 1)
    printRaw('out', '·')
    live.began('second', 1)
    printRaw('out', '·')
    expect(lines()).toEqual(['··'])
    live.end()
    printRaw('out', '\n')
    expect(lines()).toEqual(['··', ''])
  })

  test.each([10, 20, 40])('fits into %i columns', (columns) => {
    const live = showLive(terminal(columns), Array(500).fill(100), 1)
    live.began('設定の長い名前のシナリオ-with-a-long-name', 0)
    live.page('enrollmentStatus', 0)
    printRaw('out', '\n')
    const width = (text: string) => [...text].reduce((sum, char) => sum + (/[\u3000-\u9fff]/.test(char) ? 2 : 1), 0)
    for (const line of lines()) expect(width(line)).toBeLessThan(Math.max(columns, 11))
    live.end()
  })

  test('has nothing of a name but its text', () => {
    const live = showLive(terminal(80), [1], 1)
    live.began('a\u001b[2Jb\nc', 0)
    printRaw('out', '\n')
    expect(lines()[2]).toBe('  a\ufffd[2Jb c')
    live.end()
  })
})

test('parts are cut where the line ends', () => {
  expect(fitting(['ab', ['pass', 'cd'], 'ef'], 3)).toEqual(['ab', ['pass', 'c'], ''])
})

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { CI: 'true' }, false],
  [true, { CI: '' }, true],
  [true, { TERM: 'dumb' }, false],
])('a terminal: %j, with %j, is drawn on: %j', (isTTY, env, is) => {
  expect(canBeLive({ isTTY, write: () => {} }, env)).toBe(is)
})
