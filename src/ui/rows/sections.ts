import type { Control, Screen } from '../../domain/screen.ts'
import { type FrameWords, frameWords } from '../../texts/frame-words.ts'
import { chosenOption, fieldDraft, isSwitchedOn, type UiModel } from '../model.ts'
import { choiceSection } from './choice.ts'
import { fieldSection, linkSection } from './field.ts'
import { largeNumberSection } from './large-number.ts'
import { type Moment, progressSection } from './progress.ts'
import { BLANK, type Row } from './row.ts'
import { type Section, share } from './section.ts'
import { switchSection } from './switch.ts'
import { bodySection, failureSection, titleSection } from './title.ts'

/** A part of a page, with the control that it draws. */
export interface Named {
  id?: string
  section: Section
}

const present = (...sections: (Section | null)[]): Named[] =>
  sections.flatMap((section) => (section ? [{ section }] : []))

/** What a page says. */
export const textSections = (screen: Screen, width: number): Named[] =>
  present(
    titleSection(screen, width),
    screen.failure ? failureSection(screen.failure, frameWords(screen.language), width) : null,
    bodySection(screen, width),
  )

/** How far it is, and all that can be filled in; its buttons are apart. */
export function controlSections(screen: Screen, model: UiModel, moment: Moment, width: number): Named[] {
  const words = frameWords(screen.language)
  return [
    ...present(
      largeNumberSection(screen, width),
      screen.progress ? progressSection(screen.progress, moment, words, width) : null,
    ),
    ...screen.controls.flatMap((control) => {
      const section = controlSection(control, model, words, width)
      return section ? [{ id: control.id, section }] : []
    }),
  ]
}

function controlSection(control: Control, model: UiModel, words: FrameWords, width: number): Section | null {
  const isFocused = control.id === model.focus
  switch (control.kind) {
    case 'choice':
      return choiceSection(control, { chosen: chosenOption(model, control), isFocused }, width)
    case 'text':
    case 'secret':
      return fieldSection(control, fieldDraft(model, control), isFocused, width)
    case 'switch':
      return switchSection(control, { isOn: isSwitchedOn(model, control), isFocused }, words, width)
    case 'link':
      return linkSection(control, isFocused, width)
    case 'button':
      return null
  }
}

/** Parts below each other, in at most so many rows; what has the focus is seen. */
export function stack(named: Named[], room: number, focus: string | null): Row[] {
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
