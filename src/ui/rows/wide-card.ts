import { isRightToLeft } from '../../domain/languages.ts'
import type { Screen } from '../../domain/screen.ts'
import { buttonsOf } from '../controls.ts'
import type { UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { buttonsSection } from './buttons.ts'
import { type Area, momentOf } from './card.ts'
import { pictureSection } from './pictures.ts'
import { mirrored } from './right-to-left.ts'
import { BLANK, cutRow, type Row, rowWidth, span } from './row.ts'
import { controlSections, stack, textSections } from './sections.ts'

/** From this width on a page has two columns. */
const COLUMNS_FOR_TWO = 120
const LEFT_SHARE = 0.42
const GAP = 4

/** Whether a page is drawn in two columns: it has something for the right one. */
export function hasTwoColumns({ screen, ended }: SessionSnapshot, { size }: UiModel): boolean {
  if (size.columns < COLUMNS_FOR_TWO || ended !== null || screen === null) return false
  return screen.progress !== undefined || screen.controls.some(({ kind }) => kind !== 'button')
}

/** The inside of the card in two columns, as Windows has them: a picture and what the page says, and what can be done beside it. */
export function wideCardRows(
  snapshot: SessionSnapshot & { screen: Screen },
  model: UiModel,
  tick: number,
  { width, height }: Area,
): Row[] {
  const { screen } = snapshot
  const leftWidth = Math.floor(width * LEFT_SHARE)
  const rightWidth = width - leftWidth - GAP
  const buttons = buttonsSection(buttonsOf(screen), model.focus, rightWidth)
  const foot = buttons.draw(buttons.max)
  const room = height - foot.length - (foot.length > 0 ? 1 : 0)
  // The school's logo is the picture of its page.
  const picture = screen.brand ? [] : [{ section: pictureSection(screen.page) }]
  const left = stack([...picture, ...textSections(screen, leftWidth)], height, null)
  const right = stack(controlSections(screen, model, momentOf(snapshot, tick), rightWidth), room, model.focus)
  const filler = Array.from({ length: Math.max(0, height - foot.length - right.length) }, () => BLANK)
  const rows = [...right, ...filler, ...foot].slice(0, height).map((row, index): Row => {
    const beside = cutRow(left[index] ?? BLANK, leftWidth)
    const gap = ' '.repeat(leftWidth - rowWidth(beside) + GAP)
    return [...beside, span(gap), ...cutRow(row, rightWidth)]
  })
  return isRightToLeft(screen.language) ? rows.map((row) => mirrored(row, width)) : rows
}
