import { EventEmitter } from 'node:events'
import type { Size } from './model.ts'
import type { Placed } from './picture/place.ts'
import { KITTY_DELETE, type PictureKind } from './picture/ways.ts'

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
  /** What it takes pictures in. */
  pictures?: PictureKind
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
  /** What is drawn over the cells of the frames from the next one on. */
  show(picture: Placed | undefined): void
  /** The terminal has another size: the next frame is drawn whole. */
  resized(): void
}

/** A frame that differs in more rows than this is another page. */
const PATCHED_MOST = 3

/** Cleared before it is written: clearing to the end after a full row would take its last cell. */
const rowChange = (index: number, row: string): string => `${ESC}${index + 1};1H${ESC}0m${ESC}2K${row}`

/** Is in no frame. */
const WRITTEN_ANEW = '\u0000'

const isSamePicture = (one: Placed | undefined, other: Placed | undefined): boolean =>
  one?.sequence === other?.sequence && one?.column === other?.column && one?.row === other?.row

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
  let picture: Placed | undefined
  /** What is on the terminal: until it is drawn again, its cells are its own. */
  let drawn: Placed | undefined

  /** Takes a picture away that the next frame does not have: what is written over its cells ends it, but for kitty's. */
  const takeAway = (): string => {
    if (drawn === undefined || drawn === picture) return ''
    const { row, rows } = drawn
    for (let index = row; index < row + rows; index++) if (shown && index < shown.length) shown[index] = WRITTEN_ANEW
    drawn = undefined
    return modes.pictures === 'kitty' ? KITTY_DELETE : ''
  }
  /** Draws the picture when it is not there, or when one of its rows has been written. */
  const over = (changed: readonly number[]): string => {
    if (picture === undefined) return ''
    const { column, row, rows, sequence } = picture
    if (drawn === picture && !changed.some((index) => index >= row && index < row + rows)) return ''
    const before = drawn !== undefined && modes.pictures === 'kitty' ? KITTY_DELETE : ''
    drawn = picture
    return `${before}${ESC}${row + 1};${column + 1}H${ESC}0m${sequence}`
  }

  const draw = (frame: string) => {
    if (!isOpen) return
    const rows = frame.split('\n').slice(0, sizeOf(stdout).rows)
    let changes = takeAway()
    const before = shown
    const changed: number[] = []
    if (before === null) changes += `${ESC}0m${ESC}2J`
    for (let index = 0; index < Math.max(rows.length, before?.length ?? 0); index++) {
      const row = rows[index] ?? ''
      if (before !== null && row === (before[index] ?? '')) continue
      changes += rowChange(index, row)
      changed.push(index)
    }
    shown = rows
    changes += over(changed)
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
      stdout.write((drawn !== undefined && modes.pictures === 'kitty' ? KITTY_DELETE : '') + off + LEAVE)
      drawn = undefined
    },
    patch(rows) {
      const before = painted
      painted = rows
      // Another picture is for a whole frame.
      if (!isOpen || shown === null || before?.length !== rows.length || drawn !== picture) return false
      const changed = rows.flatMap((row, index) => (row === before[index] ? [] : [index]))
      if (changed.length > PATCHED_MOST) return false
      for (const index of changed) shown[index] = rows[index]!
      const changes = changed.map((index) => rowChange(index, rows[index]!)).join('') + over(changed)
      if (changes !== '') stdout.write(`${SYNC_START}${changes}${ESC}0m${SYNC_END}`)
      return true
    },
    show(next) {
      picture = isSamePicture(picture, next) ? picture : next
    },
    resized() {
      shown = null
      painted = null
      Object.assign(stream, sizeOf(stdout))
    },
  }
}
