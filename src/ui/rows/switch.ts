import type { SwitchControl } from '../../domain/screen.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { cut } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { hitting, type Row, rowWidth, type SpanStyle, span, spread } from './row.ts'
import { fixed, type Section } from './section.ts'

const SWITCH_WIDTH_MAX = 54

/** A name, and at the end of its row the switch and the word for how it is. */
export function switchSection(
  control: SwitchControl,
  { isOn, isFocused }: { isOn: boolean; isFocused: boolean },
  { frame }: FrameWords,
  width: number,
): Section {
  const marker = span(isFocused ? `${GLYPHS.focus} ` : '  ', { color: THEME.accentLight, bold: true })
  const style: SpanStyle = isOn ? { color: THEME.accentLight, bold: true } : { dim: true }
  // The knob is at the end to which it was pushed: no fact is shown by colour alone.
  const [first, second] = isOn ? [GLYPHS.barDone, GLYPHS.current] : [GLYPHS.off, GLYPHS.barLeft]
  const words = [frame.on, frame.off].map((word) => rowWidth([span(word)]))
  const word = isOn ? frame.on : frame.off
  const rest = ' '.repeat(Math.max(...words) - rowWidth([span(word)]))
  const state: Row = [span(first, style), span(second, style), span(' '), span(word, style), span(rest)]
  const room = Math.min(SWITCH_WIDTH_MAX, width)
  const label = cut(control.label, room - rowWidth(state) - 4)
  const name = span(label, isFocused ? { bold: true, underline: true } : {})
  return fixed([hitting(spread([marker, name], state, room), { control: control.id })])
}
