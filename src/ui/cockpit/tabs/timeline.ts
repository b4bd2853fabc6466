import type { JournalEntry } from '../../../domain/journal.ts'
import { initialModel, SIZE_MIN } from '../../model.ts'
import { type Area, cardRows } from '../../rows/card.ts'
import { clock } from '../../rows/clock.ts'
import { BLANK, cutRow, type Row, type Span, span } from '../../rows/row.ts'
import { cut, pad } from '../../text-width.ts'
import { entryText } from '../entry-text.ts'
import { type Lane, lanesOf, type Mark } from '../lanes.ts'
import type { Reading } from '../reading.ts'
import { STYLE, told } from '../style.ts'
import { snapshotIn } from './device.ts'

const NAME_WIDTH = 11
/** A name that is cut to less says nothing. */
const LABEL_MIN = 4

interface Drawn {
  /** The whole journal: the lanes do not end at the moment that is looked at. */
  entries: readonly JournalEntry[]
  /** Up to the moment. */
  reading: Reading
  /** The lane that is selected. */
  lane: number
  /** The page of the moment is shown below, and not what happened. */
  isPage: boolean
}

const known = new WeakMap<readonly JournalEntry[], { count: number; lanes: Lane[] }>()

/** The lanes of a journal, worked out anew when it has grown. */
export function lanesIn(entries: readonly JournalEntry[]): Lane[] {
  const found = known.get(entries)
  if (found?.count === entries.length) return found.lanes
  const lanes = lanesOf(entries)
  known.set(entries, { count: entries.length, lanes })
  return lanes
}

/** Lanes over device time, the moment that is looked at, and below it what happened then or what was on the screen. */
export function timelineRows({ entries, reading, lane, isPage }: Drawn, { width, height }: Area): Row[] {
  const lanes = lanesIn(entries)
  const end = Math.max(1, entries.at(-1)?.at ?? 1)
  const room = Math.max(10, width - NAME_WIDTH - 2)
  const columnOf = (at: number): number => Math.min(room - 1, Math.floor((at / end) * room))
  const cursor = columnOf(reading.at)
  const drawn = lanes.map((one, index) => {
    const isSelected = index === lane
    const name = span(pad(`${isSelected ? '▸ ' : '  '}${one.name}`, NAME_WIDTH), isSelected ? STYLE.lit : STYLE.quiet)
    const cells = index === 0 ? axis(room, end) : laneCells(one.marks, room, columnOf)
    return [name, ...joined(cells, cursor)]
  })
  const mark = lanes[lane]?.marks.findLast(({ seq }) => seq <= (reading.entries.at(-1)?.seq ?? 0))
  const about: Row = [
    told(`${clock(reading.at)}  entry #${reading.entries.at(-1)?.seq ?? 0}`, STYLE.key),
    ...(mark ? [told(`  ${mark.text}`, mark.style)] : []),
  ]
  const left = Math.max(0, height - drawn.length - 2)
  const below = isPage ? pageRows(reading, { width, height: left }) : lastEntries(reading, left)
  return [...drawn, BLANK, about, ...below].slice(0, height).map((row) => cutRow(row, width))
}

interface Cell {
  text: string
  style: Span
}

const cell = (text: string, style: Omit<Span, 'text'>): Cell => ({ text, style: { text, ...style } })

/** The time of each tenth of the width. */
function axis(room: number, end: number): Cell[] {
  const cells = Array.from({ length: room }, () => cell('·', STYLE.quiet))
  const step = 16
  for (let column = 0; column + 8 < room; column += step) {
    for (const [offset, char] of [...clock((column / room) * end)].entries())
      cells[column + offset] = cell(char, STYLE.quiet)
  }
  return cells
}

function laneCells(marks: readonly Mark[], room: number, columnOf: (at: number) => number): Cell[] {
  const cells: Cell[] = Array.from({ length: room }, () => cell(' ', {}))
  for (const { at, until, text, glyph, style } of marks) {
    const from = columnOf(at)
    const to = until === undefined ? from : Math.max(from, columnOf(until) - 1)
    for (let column = from; column <= to; column++) cells[column] = cell(glyph, style)
    if (until === undefined || to - from < 3) continue
    cells[from] = cell('├', style)
    const label = cut(text, to - from)
    if (label !== text && to - from < LABEL_MIN) continue
    for (const [offset, char] of [...label].entries()) cells[from + 1 + offset] = cell(char, {})
  }
  return cells
}

/** Cells as spans, the moment in reverse. */
function joined(cells: readonly Cell[], cursor: number): Row {
  return cells.map(({ text, style }, column) => ({ ...style, text, ...(column === cursor ? { inverse: true } : {}) }))
}

function lastEntries({ entries }: Reading, count: number): Row[] {
  return entries
    .slice(-Math.max(1, count))
    .map((entry, index, shown) => [
      told(index === shown.length - 1 ? '▸ ' : '  ', STYLE.lit),
      told(`${clock(entry.at)} `, STYLE.quiet),
      told(entryText(entry), index === shown.length - 1 ? STYLE.key : {}),
    ])
}

/** The page as it was. */
function pageRows(reading: Reading, area: Area): Row[] {
  const snapshot = { ...snapshotIn(reading), now: reading.at, speed: 0, suggestion: null, note: null, ended: null }
  if (snapshot.screen === null) return [[told('The screen was dark.', STYLE.quiet)]]
  return cardRows(snapshot, initialModel(snapshot, SIZE_MIN), 0, {
    width: Math.min(72, area.width),
    height: area.height,
  })
}
