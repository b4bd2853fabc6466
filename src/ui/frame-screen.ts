import { EventEmitter } from 'node:events'
import type { Size } from './model.ts'

/** What is needed of a terminal to write to. */
export interface TerminalOutput {
  columns: number
  rows: number
  write(data: string): unknown
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

const ESC = '\u001b['
const SYNC_START = `${ESC}?2026h`
const SYNC_END = `${ESC}?2026l`
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l${ESC}?2004h${ESC}2J`
/** Cleared before it is left: tmux mixes the two screens when the terminal was resized in between. */
const LEAVE = `${SYNC_END}${ESC}?2004l${ESC}?7h${ESC}0m${ESC}2J${ESC}H${ESC}?25h${ESC}?1049l`

export interface FrameScreen {
  /** Given to Ink as its standard output. In debug mode Ink writes nothing but whole frames. */
  stream: NodeJS.WriteStream
  size(): Size
  enter(): void
  leave(): void
  /** The terminal has another size: the next frame is drawn whole. */
  resized(): void
}

/**
 * Writes only the rows that changed. Ink 6.8 clears the whole terminal on every frame of full height, and its own
 * incremental mode draws frames one row too low; here a frame may fill the terminal.
 */
export function createFrameScreen(stdout: TerminalOutput): FrameScreen {
  let shown: string[] | null = null
  let isOpen = false

  const draw = (frame: string) => {
    if (!isOpen) return
    const rows = frame.split('\n').slice(0, stdout.rows)
    const before = shown
    let changes = before === null ? `${ESC}0m${ESC}2J` : ''
    for (let index = 0; index < Math.max(rows.length, before?.length ?? 0); index++) {
      const row = rows[index] ?? ''
      if (before !== null && row === (before[index] ?? '')) continue
      // Cleared before it is written: clearing to the end after a full row would take its last cell.
      changes += `${ESC}${index + 1};1H${ESC}0m${ESC}2K${row}`
    }
    shown = rows
    if (changes !== '') stdout.write(`${SYNC_START}${changes}${ESC}0m${SYNC_END}`)
  }

  // Not a TTY for Ink, so that it leaves cursor and modes to us.
  const stream = Object.assign(new EventEmitter(), {
    columns: stdout.columns,
    rows: stdout.rows,
    write(frame: string, done?: () => void) {
      draw(frame)
      done?.()
      return true
    },
  })

  return {
    stream: stream as unknown as NodeJS.WriteStream,
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    enter() {
      if (isOpen) return
      isOpen = true
      stdout.write(ENTER)
    },
    leave() {
      if (!isOpen) return
      isOpen = false
      stdout.write(LEAVE)
    },
    resized() {
      shown = null
      stream.columns = stdout.columns
      stream.rows = stdout.rows
    },
  }
}
