import type { ButtonControl } from '../../domain/screen.ts'
import { cut } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { type Row, rowWidth, type SpanStyle, span } from './row.ts'
import { fixed, type Section } from './section.ts'

/** Buttons at the right edge, in as many rows as they need. */
export function buttonsSection(buttons: ButtonControl[], focus: string | null, width: number): Section {
  const lines: Row[][] = []
  for (const button of buttons) {
    const drawn = drawButton(button, button.id === focus, width)
    const line = lines.at(-1)
    if (line && lineWidth(line) + 2 + rowWidth(drawn) <= width) line.push(drawn)
    else lines.push([drawn])
  }
  return fixed(
    lines.map((line) => [
      span(' '.repeat(Math.max(0, width - lineWidth(line)))),
      ...line.flatMap((drawn, index) => (index === 0 ? drawn : [span('  '), ...drawn])),
    ]),
  )
}

const lineWidth = (line: Row[]): number => line.reduce((sum, drawn, index) => sum + rowWidth(drawn) + (index && 2), 0)

/** Brackets all but vanish in the fill: they are for terminals without colours. */
function drawButton(button: ButtonControl, isFocused: boolean, width: number): Row {
  const label = cut(button.label, width - 6)
  if (button.disabled === true) return [span(`[ ${label} ]`, { dim: true })]
  const isPrimary = button.primary === true
  const background = isPrimary ? THEME.accent : THEME.quietFill
  const fill: SpanStyle = { background, color: THEME.onAccent, bold: isPrimary }
  if (isFocused) {
    const marker = { ...fill, color: isPrimary ? THEME.onAccent : THEME.accentLight, bold: true }
    return [
      span(`${GLYPHS.focus} `, marker),
      span(label, { ...fill, bold: true, underline: true }),
      span(` ${GLYPHS.focusEnd}`, marker),
    ]
  }
  const bracket = { background, color: isPrimary ? background : THEME.quietBracket }
  return [span('[', bracket), span(` ${label} `, fill), span(']', bracket)]
}
