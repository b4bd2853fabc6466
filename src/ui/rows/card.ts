import { isRightToLeft } from '../../domain/languages.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { buttonsOf } from '../controls.ts'
import type { UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { cut, wrap } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { languageOf, wordsOf } from '../words.ts'
import { buttonsSection } from './buttons.ts'
import type { Moment } from './progress.ts'
import { mirrored } from './right-to-left.ts'
import { BLANK, cutRow, type Row, span } from './row.ts'
import { controlSections, stack, textSections } from './sections.ts'

export interface Area {
  width: number
  height: number
}

/** The inside of the card, in exactly `height` rows: buttons at the bottom, the rest from the top. */
export function cardRows(snapshot: SessionSnapshot, model: UiModel, tick: number, { width, height }: Area): Row[] {
  const { screen, ended } = snapshot
  const inOrder = (rows: Row[]): Row[] =>
    isRightToLeft(languageOf(snapshot)) ? rows.map((row) => mirrored(row, width)) : rows
  if (ended !== null) return inOrder(endedRows(ended, wordsOf(snapshot), width, height))
  if (screen === null) return []
  const buttons = buttonsSection(buttonsOf(screen), model.focus, width)
  const foot = buttons.draw(buttons.max)
  const room = height - foot.length - (foot.length > 0 ? 1 : 0)
  const sections = [...textSections(screen, width), ...controlSections(screen, model, momentOf(snapshot, tick), width)]
  const content = stack(sections, room, model.focus)
  const filler = Array.from({ length: Math.max(0, height - foot.length - content.length) }, () => BLANK)
  return inOrder([...content, ...filler, ...foot].slice(0, height).map((row) => cutRow(row, width)))
}

/** How long the page has been there, in device time. */
export const momentOf = ({ now, since }: SessionSnapshot, tick: number): Moment => ({
  tick,
  elapsedMs: since === undefined ? undefined : Math.max(0, now - since),
})

function endedRows(
  { title, lines }: NonNullable<SessionSnapshot['ended']>,
  { frame }: FrameWords,
  width: number,
  height: number,
): Row[] {
  const body = lines.flatMap((line) => wrap(line, width)).slice(0, height - 5)
  const rows: Row[] = [[span(cut(title, width), { bold: true })], BLANK, ...body.map((line) => [span(line)])]
  while (rows.length < height - 1) rows.push(BLANK)
  const style = { color: THEME.accentLight, bold: true } as const
  return [...rows, [span(`${GLYPHS.focus} `, style), span(frame.leave, style)]]
}
