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

/** Of what a terminal can do: what of it is used. */
export interface TerminalModes {
  hasMouse?: boolean
  /** Keys that old terminals cannot tell apart. */
  isKitty?: boolean
}

/** Clicks and the wheel, with cells as numbers. */
const MOUSE_ON = `${ESC}?1000h${ESC}?1006h`
const MOUSE_OFF = `${ESC}?1006l${ESC}?1000l`
/** Source: kitty keyboard protocol, "Disambiguate escape codes". */
const KITTY_ON = `${ESC}>1u`
const KITTY_OFF = `${ESC}<u`

/** What a terminal that does not say its size is taken for, and the largest that is drawn. */
const SIZE_UNKNOWN: Size = { columns: 80, rows: 24 }
const SIZE_MAX: Size = { columns: 500, rows: 200 }

/** The size that a terminal says it has, made one that can be drawn: some say nothing, 0, or more than they have. */
export function sizeOf({ columns, rows }: { columns?: number | undefined; rows?: number | undefined }): Size {
  const sane = (value: number | undefined, name: keyof Size): number =>
    value !== undefined && value >= 1 ? Math.min(Math.floor(value), SIZE_MAX[name]) : SIZE_UNKNOWN[name]
  return { columns: sane(columns, 'columns'), rows: sane(rows, 'rows') }
}

export interface FrameScreen {
  /** Given to Ink as its standard output. In debug mode Ink writes nothing but whole frames. */
  stream: NodeJS.WriteStream
  size(): Size
  enter(): void
  leave(): void
  /**
   * Writes a frame of painted rows when it differs in few of them from the one before; else it is for Ink to draw, and false is returned. To lay
   * out a whole frame costs Ink twenty times as much as a clock or a spinner that moves on.
   */
  patch(rows: readonly string[]): boolean
  /** The terminal has another size: the next frame is drawn whole. */
  resized(): void
}

/** A frame that differs in more rows than this is another page. */
const PATCHED_MOST = 3

/** Cleared before it is written: clearing to the end after a full row would take its last cell. */
const rowChange = (index: number, row: string): string => `${ESC}${index + 1};1H${ESC}0m${ESC}2K${row}`

/**
 * Writes only the rows that changed. Ink 6.8 clears the whole terminal on every frame of full height, and its own
 * incremental mode draws frames one row too low; here a frame may fill the terminal.
 */
export function createFrameScreen(stdout: TerminalOutput, modes: TerminalModes = {}): FrameScreen {
  const on = (modes.hasMouse ? MOUSE_ON : '') + (modes.isKitty ? KITTY_ON : '')
  const off = (modes.isKitty ? KITTY_OFF : '') + (modes.hasMouse ? MOUSE_OFF : '')
  let shown: string[] | null = null
  /** The frame as it was painted: Ink writes the same with other codes. */
  let painted: readonly string[] | null = null
  let isOpen = false

  const draw = (frame: string) => {
    if (!isOpen) return
    const rows = frame.split('\n').slice(0, sizeOf(stdout).rows)
    const before = shown
    let changes = before === null ? `${ESC}0m${ESC}2J` : ''
    for (let index = 0; index < Math.max(rows.length, before?.length ?? 0); index++) {
      const row = rows[index] ?? ''
      if (before !== null && row === (before[index] ?? '')) continue
      changes += rowChange(index, row)
    }
    shown = rows
    if (changes !== '') stdout.write(`${SYNC_START}${changes}${ESC}0m${SYNC_END}`)
  }

  // Not a TTY for Ink, so that it leaves cursor and modes to us.
  const stream = Object.assign(new EventEmitter(), {
    ...sizeOf(stdout),
    write(frame: string, done?: () => void) {
      draw(frame)
      done?.()
      return true
    },
  })

  return {
    stream: stream as unknown as NodeJS.WriteStream,
    size: () => sizeOf(stdout),
    enter() {
      if (isOpen) return
      isOpen = true
      stdout.write(ENTER + on)
    },
    leave() {
      if (!isOpen) return
      isOpen = false
      stdout.write(off + LEAVE)
    },
    patch(rows) {
      const before = painted
      painted = rows
      if (!isOpen || shown === null || before?.length !== rows.length) return false
      const changed = rows.flatMap((row, index) => (row === before[index] ? [] : [index]))
      if (changed.length > PATCHED_MOST) return false
      for (const index of changed) shown[index] = rows[index]!
      const changes = changed.map((index) => rowChange(index, rows[index]!)).join('')
      if (changes !== '') stdout.write(`${SYNC_START}${changes}${ESC}0m${SYNC_END}`)
      return true
    },
    resized() {
      shown = null
      painted = null
      Object.assign(stream, sizeOf(stdout))
    },
  }
}
