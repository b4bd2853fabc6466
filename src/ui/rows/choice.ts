import type { ChoiceControl, ChoiceOption } from '../../domain/screen.ts'
import { cut, pad, widthOf } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { barsOf } from './network.ts'
import { BLANK, cutRow, hitting, indent, type Row, rowWidth, span } from './row.ts'
import type { Section } from './section.ts'

const OPTIONS_MIN = 3
const MARKER_WIDTH = 2
const SCROLL_BAR_WIDTH = 2

/** A list with a marker, as many options as fit around the selected one, and a scroll bar when there are more. */
export function choiceSection(
  control: ChoiceControl,
  state: { chosen: string | undefined; isFocused: boolean },
  width: number,
): Section {
  const { options, label } = control
  const labelRows: Row[] = label === '' ? [] : [[span(cut(label, width), { dim: true })]]
  const room = width - MARKER_WIDTH - SCROLL_BAR_WIDTH
  const isTall = widestWithDetail(options) > room
  const each = isTall ? 2 : 1
  return {
    min: labelRows.length + Math.min(OPTIONS_MIN, options.length) * each,
    max: labelRows.length + options.length * each,
    priority: 1,
    draw(height) {
      const count = Math.max(1, Math.floor((height - labelRows.length) / each))
      const at = options.findIndex(({ id }) => id === state.chosen)
      const first = Math.max(0, Math.min(at - Math.floor(count / 2), options.length - count))
      const rows = options.slice(first, first + count).flatMap((option, index) => {
        const isEntry = at === -1 && index === 0
        const drawn = drawOption(option, { ...state, isChosen: option.id === state.chosen, isEntry, isTall }, room)
        const hit = { control: control.id, option: option.id }
        return drawn.map((row) => hitting(pushTo(row, width - SCROLL_BAR_WIDTH), hit))
      })
      if (options.length > count) addScrollBar(rows, first / options.length, count / options.length)
      return [...labelRows, ...rows]
    },
  }
}

/** Of lists as they are: to measure 10,000 networks for each frame would take most of its time. */
const measured = new WeakMap<readonly ChoiceOption[], number>()

function widestWithDetail(options: readonly ChoiceOption[]): number {
  const known = measured.get(options)
  if (known !== undefined) return known
  const widths = options.map((option) => (option.detail === undefined ? 0 : inlineWidth(option)))
  const widest = widths.reduce((most, width) => Math.max(most, width), 0)
  measured.set(options, widest)
  return widest
}

const inlineWidth = (option: ChoiceOption): number =>
  widthOf(option.label) +
  2 +
  widthOf(option.detail ?? '') +
  (option.bars === undefined ? 0 : 5) +
  (option.locked ? 2 : 0)

function drawOption(
  option: ChoiceOption,
  {
    isChosen,
    isEntry,
    isFocused,
    isTall,
  }: { isChosen: boolean; isEntry: boolean; isFocused: boolean; isTall: boolean },
  room: number,
): Row[] {
  const marker = isChosen
    ? isFocused
      ? GLYPHS.focus
      : GLYPHS.current
    : isEntry && isFocused
      ? GLYPHS.focusUnselected
      : ' '
  const style = !isChosen ? {} : isFocused ? { color: THEME.accentLight, bold: true } : { bold: true }
  const signal: Row = option.bars === undefined ? [] : [...barsOf(option.bars), span(' ')]
  const lock: Row = option.locked === true ? [span(` ${GLYPHS.lock}`, { dim: true })] : []
  const detail: Row = option.detail ? [span(option.detail, { dim: true })] : []
  const labelRoom = room - rowWidth(signal) - rowWidth(lock)
  const label = span(cut(option.label, labelRoom), { ...style, underline: isChosen && isFocused })
  const head: Row = [span(`${marker} `, style), ...signal, label, ...lock]
  if (isTall) return [cutRow(head, room + MARKER_WIDTH), detail.length ? indent(cutRow(detail, room - 2), 4) : BLANK]
  return [cutRow(detail.length ? [...head, span('  '), ...detail] : head, room + MARKER_WIDTH)]
}

const pushTo = (row: Row, width: number): Row => [...row, span(pad('', width - rowWidth(row)))]

function addScrollBar(rows: Row[], start: number, shown: number): void {
  const thumb = Math.max(1, Math.round(rows.length * shown))
  // Only a list that is at its end may look so, and the other way round.
  const top = Math.min(rows.length - thumb, Math.ceil(start * rows.length))
  rows.forEach((row, index) => {
    const isThumb = index >= top && index < top + thumb
    row.push(span(` ${isThumb ? GLYPHS.scrollThumb : GLYPHS.scrollTrack}`, { dim: !isThumb }))
  })
}
