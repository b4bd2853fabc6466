import { elapsed, every } from '../../ports/stopwatch.ts'
import { type Part, rendered } from '../../report/line.ts'
import type { Finished } from '../../report/reporter.ts'
import { redirectPrinting } from '../print.ts'
import { hasColours } from './colours.ts'

/** What a person at a terminal sees of a run that is under way. */
export interface Live {
  began(id: string, index: number): void
  page(page: string, index: number): void
  ended(finished: Finished, index: number): void
  /** It is gone from the screen. */
  end(): void
}

/** Real time between two looks. */
const DRAW_MS = 80

/** A terminal, as far as it is drawn on. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): void
}

/** Where it would not be seen, or would be in the way of what a program reads, there is none. */
export const canBeLive = (terminal: Terminal, env: Readonly<NodeJS.ProcessEnv>): boolean =>
  terminal.isTTY === true && env.TERM !== 'dumb' && (env.CI === undefined || env.CI === '' || env.CI === 'false')

const ESC = '\u001b['
const HIDE = `${ESC}?25l`
const SHOW = `${ESC}?25h`

/**
 * Counts, the time that is left, and the scenarios that are played with their pages, in the last lines of a terminal; what is printed
 * comes above them.
 *
 * @param expectedMs real milliseconds that each scenario is expected to take, in their order
 * @param size how many are played side by side
 */
export function showLive(terminal: Terminal, expectedMs: readonly number[], size: number): Live {
  const sinceStart = elapsed()
  const playing = new Map<number, { id: string; page: string }>()
  const count = { passed: 0, failed: 0 }
  const allMs = expectedMs.reduce((sum, ms) => sum + ms, 0)
  let doneMs = 0
  let drawn = 0
  let isLineOpen = false
  let sinceDrawn: (() => number) | undefined

  const erased = () => (drawn > 0 ? `\r${ESC}${drawn > 1 ? `${drawn - 1}A${ESC}` : ''}0J` : '')
  const draw = () => {
    if (isLineOpen) return
    const lines = linesOf()
    terminal.write(`${erased()}${lines.join('\n')}`)
    drawn = lines.length
    sinceDrawn = elapsed()
  }
  const drawSoon = () => {
    if (!sinceDrawn || sinceDrawn() >= DRAW_MS) draw()
  }
  const linesOf = (): string[] => {
    const width = Math.max(10, (terminal.columns ?? 80) - 1)
    const colours = hasColours(terminal, process.env)
    const shown = [...playing.values()].slice(0, size)
    const rows = [
      headOf(),
      ...shown.map(({ id, page }): Part[] => ['  ', id, ...(page === '' ? [] : [['quiet', `  ${page}`] as const])]),
    ]
    return rows.map((parts) => rendered(fitting(parts, width), colours))
  }
  const headOf = (): Part[] => {
    const done = count.passed + count.failed
    const leftMs = done === 0 ? undefined : (sinceStart() / Math.max(1, doneMs)) * (allMs - doneMs)
    return [
      ['strong', `${done}/${expectedMs.length}`],
      '  ',
      ['pass', `${count.passed} passed`],
      ...(count.failed > 0 ? (['  ', ['fail', `${count.failed} failed`]] as const) : []),
      [
        'quiet',
        `  ${seconds(sinceStart())}${leftMs === undefined || done === expectedMs.length ? '' : `, about ${seconds(leftMs)} left`}`,
      ],
    ]
  }

  terminal.write(HIDE)
  const showCursor = () => terminal.write(SHOW)
  process.once('exit', showCursor)
  // All on one terminal: what is printed takes the place of what is drawn.
  const undo = redirectPrinting((before) => (kind, text) => {
    terminal.write(erased())
    drawn = 0
    before(kind, text)
    if (kind === 'out') isLineOpen = !text.endsWith('\n')
    draw()
  })
  const stop = every(DRAW_MS * 3, draw)
  draw()
  return {
    began(id, index) {
      playing.set(index, { id, page: '' })
      drawSoon()
    },
    page(page, index) {
      const one = playing.get(index)
      if (one) one.page = page
      drawSoon()
    },
    ended({ passed }, index) {
      playing.delete(index)
      count[passed ? 'passed' : 'failed']++
      doneMs += expectedMs[index] ?? 0
      drawSoon()
    },
    end() {
      stop()
      undo()
      terminal.write(`${erased()}${SHOW}`)
      process.off('exit', showCursor)
    },
  }
}

const seconds = (ms: number): string => {
  const whole = Math.round(ms / 1_000)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`
}

/** The parts, as far as they fit into so many columns. */
export function fitting(parts: readonly Part[], width: number): Part[] {
  let left = width
  return parts.map((part): Part => {
    const text = typeof part === 'string' ? part : part[1]
    let cut = ''
    for (const char of text.replace(/[\r\n\t]/g, ' ')) {
      left -= columnsOf(char)
      if (left < 0) break
      cut += char
    }
    return typeof part === 'string' ? cut : [part[0], cut]
  })
}

/** Signs of East Asian scripts, and pictures: two columns each (Unicode, UAX 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{3fffd}]/u

const columnsOf = (char: string): number => (/\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1)
