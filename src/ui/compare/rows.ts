import { safeText } from '../../domain/safe-text.ts'
import { plainText } from '../../screens/plain-text.ts'
import { STYLE, told } from '../cockpit/style.ts'
import type { Area } from '../rows/card.ts'
import { clock } from '../rows/clock.ts'
import { BLANK, cutRow, type Row, rowWidth, span } from '../rows/row.ts'
import { cut, wrap } from '../text-width.ts'
import { GLYPHS } from '../theme.ts'
import { type CompareModel, momentOf, pairAt } from './model.ts'
import type { ComparedPair, CompareSource, Side } from './source.ts'

/** Rows at the top, the rule, and the line at the bottom. */
const ROWS_AROUND = 4
const KEYS: readonly (readonly [string, string])[] = [
  ['↑↓', 'scrub'],
  ['p', 'where they part'],
  ['n', 'next difference'],
  ['1 2', 'cockpit'],
  ['q', 'leave'],
]

/** Two runs side by side: their steps, the same ones in one row, and below them what was on both screens at that moment. */
export function compareRows(model: CompareModel, source: CompareSource, { width, height }: Area): Row[] {
  const room = Math.floor((width - 3) / 2)
  const below = Math.max(4, Math.floor((height - ROWS_AROUND) * 0.45))
  const listed = height - ROWS_AROUND - below
  const at = pairAt(model, source)
  const rows = [
    sides([told(`1 ${source.names.left}`, STYLE.key)], [told(`2 ${source.names.right}`, STYLE.key)], room),
    resultRow(source, width),
    ...listRows(source, at, room, listed),
    [span('─'.repeat(room), STYLE.quiet), span('─┼─', STYLE.quiet), span('─'.repeat(room), STYLE.quiet)],
    ...screens(source, at, room, below),
    hintsRow(source, at, width),
  ]
  return rows.slice(0, height).map((row) => cutRow(row, width))
}

const resultRow = ({ result, partedBy }: CompareSource, width: number): Row => [
  span(' '),
  told(cut(partedBy === '' ? result : `${result} They part by ${partedBy}.`, width - 2), STYLE.quiet),
]

function sides(left: Row, right: Row, room: number): Row {
  const first = cutRow(left, room)
  return [
    ...first,
    span(' '.repeat(Math.max(0, room - rowWidth(first)))),
    span(' │ ', STYLE.quiet),
    ...cutRow(right, room),
  ]
}

function listRows({ pairs, partsAt }: CompareSource, at: number, room: number, height: number): Row[] {
  const first = Math.max(0, Math.min(at - Math.floor(height / 2), pairs.length - height))
  return Array.from({ length: height }, (_, index): Row => {
    const pair = pairs[first + index]
    if (!pair) return BLANK
    const isSelected = first + index === at
    const isParted = partsAt !== null && first + index >= partsAt
    const cell = (side: Side) => stepCell(pair, side, isSelected, isParted)
    return sides(cell('left'), cell('right'), room)
  })
}

function stepCell(pair: ComparedPair, side: Side, isSelected: boolean, isParted: boolean): Row {
  const step = pair[side]
  const marker = span(isSelected ? `${GLYPHS.focus} ` : '  ', STYLE.lit)
  if (!step) return isSelected ? [marker, span('·', STYLE.quiet)] : []
  const isAlone = !(pair.left && pair.right)
  const style = step.isFailure ? STYLE.bad : isAlone ? STYLE.caution : isParted ? {} : STYLE.quiet
  // No fact by colour alone: what only one of them has is marked.
  const mark = step.isFailure ? `${GLYPHS.error} ` : isAlone ? '+ ' : ''
  return [
    marker,
    span(`${clock(step.at)} `, STYLE.quiet),
    told(`${mark}${safeText(step.text)}`, isSelected ? { ...style, bold: true } : style),
  ]
}

function screens({ pairs, runs }: CompareSource, at: number, room: number, height: number): Row[] {
  const shown = (side: Side): Row[] => {
    const moment = momentOf(pairs, at, side)
    const entries = runs[side].entries
    const entry = entries.findLast(
      (one) => one.at <= moment && (one.kind === 'power' || (one.kind === 'screen' && 'screen' in one)),
    )
    const lines =
      entry?.kind === 'screen' && 'screen' in entry
        ? plainText(entry.screen)
        : [entry?.kind === 'power' ? `the screen is dark: power ${entry.event}` : 'the screen is dark']
    return [
      [told(clock(moment), STYLE.caution)],
      ...lines.flatMap((line) => indented(safeText(line), room).map((text): Row => [told(text)])),
    ]
  }
  const [left, right] = [shown('left'), shown('right')]
  return Array.from({ length: height }, (_, index) => sides(left[index] ?? BLANK, right[index] ?? BLANK, room))
}

/** Wrapped with the spaces at its beginning: a logo is drawn with them. */
function indented(line: string, room: number): string[] {
  const before = /^ */.exec(line)![0].slice(0, room - 1)
  return wrap(line.slice(before.length), room - before.length).map((text) => before + text)
}

function hintsRow({ pairs }: CompareSource, at: number, width: number): Row {
  const place = `${at + 1} of ${pairs.length} `
  const left: Row = [span(' ')]
  for (const [key, what] of KEYS) {
    const hint: Row = [span(key, STYLE.key), span(` ${what}  `, STYLE.quiet)]
    if (rowWidth(left) + rowWidth(hint) > width - place.length - 1) break
    left.push(...hint)
  }
  return [...left, span(' '.repeat(Math.max(0, width - rowWidth(left) - place.length))), span(place, STYLE.quiet)]
}
