import { safeText } from '../../domain/safe-text.ts'
import type { LinkControl } from '../../domain/screen.ts'
import type { Field } from '../controls.ts'
import type { Draft } from '../text-edit.ts'
import { cut, drawable, takeEnd, takeStart, widthOf } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { hitting, type Row, span } from './row.ts'
import { fixed, type Section } from './section.ts'

const FIELD_WIDTH_MAX = 52

/** A label over an underlined line. The terminal's own cursor stays hidden; the field draws one. */
export function fieldSection(control: Field, draft: Draft, isFocused: boolean, width: number): Section {
  const label: Row = [span(cut(control.label, width), isFocused ? { color: THEME.accentLight } : { dim: true })]
  const value = valueRow(control, draft, isFocused, Math.min(FIELD_WIDTH_MAX, width - 2))
  return fixed([label, value].map((row) => hitting(row, { control: control.id })))
}

function valueRow(control: Field, draft: Draft, isFocused: boolean, width: number): Row {
  const marker = span(isFocused ? `${GLYPHS.focus} ` : '  ', { color: THEME.accentLight, bold: true })
  const chars = [...draft.text]
  const shown = (part: string[]) =>
    control.kind === 'secret' ? GLYPHS.mask.repeat(part.length) : drawable(safeText(part.join('')))
  if (!isFocused) return [marker, ...onLine(cut(shown(chars), width), control.hint, width)]
  const before = takeEnd(shown(chars.slice(0, draft.cursor)), width - 2)
  const under = shown(chars.slice(draft.cursor, draft.cursor + 1)) || ' '
  const room = width - widthOf(before) - widthOf(under)
  const after = takeStart(shown(chars.slice(draft.cursor + 1)), room)
  const hint = draft.text === '' ? control.hint : undefined
  return [marker, span(before, { underline: true }), span(under, { inverse: true }), ...onLine(after, hint, room)]
}

/** The rest of the line is drawn as characters: underlining alone would not be seen where there are no styles. */
function onLine(text: string, hint: string | undefined, width: number): Row {
  const quiet = text === '' && hint !== undefined
  const content = quiet ? cut(hint, width) : text
  const rest = GLYPHS.line.repeat(Math.max(0, width - widthOf(content)))
  return [span(content, quiet ? { dim: true } : { underline: true }), span(rest, { dim: true })]
}

export function linkSection(control: LinkControl, isFocused: boolean, width: number): Section {
  const style = { color: THEME.accentLight, underline: true, bold: isFocused }
  const marker = span(isFocused ? `${GLYPHS.focus} ` : '  ', { color: THEME.accentLight, bold: true })
  return fixed([hitting([marker, span(cut(control.label, width - 2), style)], { control: control.id })])
}
