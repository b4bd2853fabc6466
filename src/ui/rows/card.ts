import { isRightToLeft } from '../../domain/languages.ts'
import type { Control, Screen } from '../../domain/screen.ts'
import { buttonsOf } from '../controls.ts'
import { chosenOption, fieldDraft, type UiModel } from '../model.ts'
import type { SessionSnapshot } from '../session.ts'
import { cut, wrap } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { buttonsSection } from './buttons.ts'
import { choiceSection } from './choice.ts'
import { fieldSection, linkSection } from './field.ts'
import { largeNumberSection } from './large-number.ts'
import { type Moment, progressSection } from './progress.ts'
import { mirrored } from './right-to-left.ts'
import { BLANK, cutRow, type Row, span } from './row.ts'
import { type Section, share } from './section.ts'
import { bodySection, failureSection, titleSection } from './title.ts'

export interface Area {
  width: number
  height: number
}

/** The inside of the card, in exactly `height` rows: buttons at the bottom, the rest from the top. */
export function cardRows(snapshot: SessionSnapshot, model: UiModel, tick: number, { width, height }: Area): Row[] {
  const { screen, ended } = snapshot
  if (ended !== null) return endedRows(ended, width, height)
  if (screen === null) return []
  const buttons = buttonsSection(buttonsOf(screen), model.focus, width)
  const foot = buttons.draw(buttons.max)
  const room = height - foot.length - (foot.length > 0 ? 1 : 0)
  const content = stack(sectionsOf(screen, model, { tick, elapsedMs: elapsedOn(snapshot) }, width), room, model.focus)
  const filler = Array.from({ length: Math.max(0, height - foot.length - content.length) }, () => BLANK)
  const rows = [...content, ...filler, ...foot].slice(0, height).map((row) => cutRow(row, width))
  return isRightToLeft(screen.language) ? rows.map((row) => mirrored(row, width)) : rows
}

interface Named {
  id?: string
  section: Section
}

/** How long the page has been there, in device time. */
const elapsedOn = ({ now, since }: SessionSnapshot): number | undefined =>
  since === undefined ? undefined : Math.max(0, now - since)

function sectionsOf(screen: Screen, model: UiModel, moment: Moment, width: number): Named[] {
  const body = bodySection(screen, width)
  const number = largeNumberSection(screen, width)
  return [
    { section: titleSection(screen, width) },
    ...(screen.failure ? [{ section: failureSection(screen.failure, width) }] : []),
    ...(body ? [{ section: body }] : []),
    ...(number ? [{ section: number }] : []),
    ...(screen.progress ? [{ section: progressSection(screen.progress, moment, width) }] : []),
    ...screen.controls.flatMap((control) => {
      const section = controlSection(control, model, width)
      return section ? [{ id: control.id, section }] : []
    }),
  ]
}

function controlSection(control: Control, model: UiModel, width: number): Section | null {
  const isFocused = control.id === model.focus
  switch (control.kind) {
    case 'choice':
      return choiceSection(control, { chosen: chosenOption(model, control), isFocused }, width)
    case 'text':
    case 'secret':
      return fieldSection(control, fieldDraft(model, control), isFocused, width)
    case 'link':
      return linkSection(control, isFocused, width)
    case 'button':
      return null
  }
}

function stack(named: Named[], room: number, focus: string | null): Row[] {
  const { heights, isSpaced } = share(
    named.map(({ section }) => section),
    room,
  )
  const rows: Row[] = []
  let focusEnd = 0
  named.forEach(({ id, section }, index) => {
    const height = heights[index]!
    if (height === 0) return
    if (isSpaced) rows.push(BLANK)
    rows.push(...section.draw(height).slice(0, height))
    if (id !== undefined && id === focus) focusEnd = rows.length
  })
  // A page with more controls than rows: what has the focus is what has to be seen.
  const start = Math.max(0, Math.min(focusEnd, rows.length) - room)
  return rows.slice(start, start + room)
}

function endedRows({ title, lines }: NonNullable<SessionSnapshot['ended']>, width: number, height: number): Row[] {
  const body = lines.flatMap((line) => wrap(line, width)).slice(0, height - 5)
  const rows: Row[] = [[span(cut(title, width), { bold: true })], BLANK, ...body.map((line) => [span(line)])]
  while (rows.length < height - 1) rows.push(BLANK)
  return [...rows, [span(`${GLYPHS.focus} Press Enter to leave`, { color: THEME.accentLight, bold: true })]]
}
