import { isRightToLeft } from '../domain/languages.ts'
import type { FrameWords } from '../texts/frame-words.ts'
import { cockpitRows } from './cockpit/rows.ts'
import { compareRows } from './compare/rows.ts'
import { onFill } from './look/paint.ts'
import { isPanelBeside, isTooSmall, SIZE_MIN, type Size, type UiModel } from './model.ts'
import { type Area, cardRows } from './rows/card.ts'
import { handRows } from './rows/hands.ts'
import { helpRows } from './rows/help.ts'
import { menuRows } from './rows/menu.ts'
import { isMoment, momentRows } from './rows/moment.ts'
import { panelRows } from './rows/panel.ts'
import { mirrored } from './rows/right-to-left.ts'
import { BLANK, cutRow, indent, type Row, rowWidth, span } from './rows/row.ts'
import { bottomRow, hintRow, statusRow } from './rows/status.ts'
import { isDesktop, taskbarRow } from './rows/taskbar.ts'
import { hasTwoColumns, wideCardRows } from './rows/wide-card.ts'
import { sceneOf } from './scene.ts'
import type { SessionSnapshot } from './session.ts'
import { languageOf, wordsOf } from './words.ts'

const CARD_WIDTH_MAX = 76
const CARD_HEIGHT_MAX = 23
/** A page in two columns. */
const WIDE_CARD: Area = { width: 112, height: 27 }
/** The line at the top, the hint under the card, the line at the bottom. */
const ROWS_AROUND = 3
/** The hint, and the line at the bottom. */
const ROWS_BELOW = 2
/** What is open on the desktop. */
const DESKTOP_WINDOW: Area = { width: 72, height: 14 }
/** Cells that a card's border and padding take. */
const CARD_FRAME = { columns: 6, rows: 2 } as const

export interface Frame {
  snapshot: SessionSnapshot
  model: UiModel
  /** Counts the spinner on. */
  tick: number
}

/**
 * One whole frame in exactly the rows of the terminal, as a function of what the device shows and what the terminal knows. The terminal, a
 * film and a report draw the same rows.
 */
export function frameRows(frame: Frame): Row[] {
  const { snapshot, model, tick } = frame
  const { columns, rows } = model.size
  if (isTooSmall(model)) return tooSmallRows(model.size, wordsOf(snapshot))
  const compared = comparison(frame)
  if (compared) return compared
  const scene = sceneOf(snapshot, model)
  if (scene && model.cockpit.isOpen && !isOverlaid(model)) return cockpitRows(model.cockpit, scene)
  const inOrder = (row: Row, width: number) => (isRightToLeft(languageOf(snapshot)) ? mirrored(row, width) : row)
  const said = cutRow(hintRow(snapshot, model), columns - 2)
  const hint = centred(inOrder(said, rowWidth(said)), columns)
  const bottom = inOrder(bottomRow(snapshot, model, columns), columns)
  if (isMoment(snapshot) && !isOverlaid(model) && !model.isPanelOpen) {
    const moment = momentRows(snapshot, tick, { width: columns, height: rows - ROWS_BELOW })
    return [...moment, hint, bottom]
  }
  if (isDesktop(snapshot) && !isOverlaid(model) && !model.isPanelOpen) {
    const area = { width: columns, height: rows - ROWS_BELOW - 1 }
    const window = card(DESKTOP_WINDOW, (inside) => cardRows(snapshot, model, tick, inside))
    return [...centredIn(window, area), inOrder(taskbarRow(snapshot, columns), columns), hint, bottom]
  }
  const middle = centredIn(middleRows(frame), { width: columns, height: rows - ROWS_AROUND })
  return [inOrder(statusRow(snapshot, columns), columns), ...middle, hint, bottom]
}

/** Two runs side by side, or the cockpit of one of them. */
function comparison({ snapshot, model }: Frame): Row[] | undefined {
  const { compare } = snapshot
  if (!compare) return undefined
  const { side } = model.compare
  if (side) return cockpitRows(model.cockpit, { source: compare.runs[side], snapshot, values: {}, size: model.size })
  return compareRows(model.compare, compare, { width: model.size.columns, height: model.size.rows })
}

const isOverlaid = ({ isHelpOpen, isHandsOpen, menu }: UiModel): boolean => isHelpOpen || isHandsOpen || menu !== null

function middleRows({ snapshot, model, tick }: Frame): Row[] {
  const { columns, rows } = model.size
  const full = rows - ROWS_AROUND
  const isBeside = model.isPanelOpen && isPanelBeside(model)
  const panelWidth = isBeside ? Math.min(64, Math.max(38, columns - CARD_WIDTH_MAX - 3)) : CARD_WIDTH_MAX
  const width = isBeside ? Math.min(CARD_WIDTH_MAX, columns - panelWidth - 2) : CARD_WIDTH_MAX
  const height = Math.min(full, CARD_HEIGHT_MAX)
  const panel = () => card({ width: panelWidth, height: full }, (area) => panelRows(snapshot, area))
  const words = wordsOf(snapshot)
  const inOrder = (rows: Row[], inside: Area) =>
    isRightToLeft(languageOf(snapshot)) ? rows.map((row) => mirrored(row, inside.width)) : rows
  if (model.isHelpOpen) return card({ width: CARD_WIDTH_MAX, height }, (area) => inOrder(helpRows(words), area))
  const { menu } = model
  if (menu)
    return card({ width: CARD_WIDTH_MAX, height: Math.min(full, CARD_HEIGHT_MAX) }, (area) =>
      menuRows(menu, snapshot, snapshot.cockpit?.offers?.() ?? [], area),
    )
  if (model.isHandsOpen) return card({ width: CARD_WIDTH_MAX, height }, (area) => inOrder(handRows(words), area))
  if (model.isPanelOpen && !isBeside) return panel()
  const { screen } = snapshot
  if (!isBeside && screen && hasTwoColumns(snapshot, model)) {
    const area = { width: WIDE_CARD.width, height: Math.min(full, WIDE_CARD.height) }
    return card(area, (inside) => wideCardRows({ ...snapshot, screen }, model, tick, inside))
  }
  const page = card({ width, height }, (area) => cardRows(snapshot, model, tick, area))
  return isBeside ? beside(centredIn(page, { width, height: full }), panel()) : page
}

/** A box with round corners; what does not fit into it is left out. */
function card({ width, height }: Area, draw: (inside: Area) => Row[]): Row[] {
  const inside = { width: width - CARD_FRAME.columns, height: height - CARD_FRAME.rows }
  const line = '─'.repeat(width - 2)
  const edge = (text: string): Row => [span(text, { dim: true })]
  const drawn = draw(inside).slice(0, inside.height)
  const body = Array.from({ length: inside.height }, (_, index): Row => {
    const row = cutRow(drawn[index] ?? BLANK, inside.width)
    const rest = ' '.repeat(inside.width - rowWidth(row) + 2)
    return [...edge('│'), span('  '), ...row, span(rest), ...edge('│')]
  })
  return [edge(`╭${line}╮`), ...body, edge(`╰${line}╯`)].map((row) => onFill(row, 'card'))
}

const beside = (left: Row[], right: Row[]): Row[] => left.map((row, index) => [...row, span(' '), ...right[index]!])

function centredIn(rows: Row[], { width, height }: Area): Row[] {
  const above = Math.round((height - rows.length) / 2)
  const blanks = (count: number): Row[] => Array.from({ length: Math.max(0, count) }, () => BLANK)
  const drawn = rows.map((row) => centred(row, width))
  return [...blanks(above), ...drawn, ...blanks(height - rows.length - above)]
}

function centred(row: Row, columns: number): Row {
  const room = Math.floor((columns - rowWidth(row)) / 2)
  return row.length === 0 || room <= 0 ? row : indent(row, room)
}

function tooSmallRows({ columns, rows }: Size, { frame }: FrameWords): Row[] {
  const least = `${SIZE_MIN.columns} x ${SIZE_MIN.rows}`
  const lines: Row[] = [
    [span(frame.tooSmall, { bold: true })],
    [span(frame.tooSmallSize({ columns, rows, least }))],
    [span(frame.tooSmallHelp, { dim: true })],
  ]
  return Array.from({ length: rows }, (_, index) => cutRow(lines[index] ?? BLANK, columns))
}
