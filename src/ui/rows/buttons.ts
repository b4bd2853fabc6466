import type { ButtonControl } from '../../domain/screen.ts'
import { cut } from '../text-width.ts'
import { GLYPHS, THEME } from '../theme.ts'
import { hitting, type Row, rowWidth, type SpanStyle, span } from './row.ts'
import { fixed, type Section } from './section.ts'

/** Buttons at the right edge, in as many rows as they need. */
export function buttonsSection(buttons: ButtonControl[], focus: string | null, width: number): Section {
  const lines: Row[][] = []
  for (const button of buttons) {
    const drawn = hitting(drawButton(button, button.id === focus, width), { control: button.id })
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

/** Brackets are for terminals without colours; the marker shows the focus in all of them. */
function drawButton(button: ButtonControl, isFocused: boolean, width: number): Row {
  const label = cut(button.label, width - 6)
  if (button.disabled === true) return [span(`[ ${label} ]`, { dim: true })]
  const isPrimary = button.primary === true
  const fill: SpanStyle = isPrimary
    ? { background: THEME.accent, color: THEME.onAccent, bold: true }
    : { background: THEME.quietFill, color: THEME.onQuiet }
  if (!isFocused) return [span(`[ ${label} ]`, fill)]
  const marker: SpanStyle = { ...fill, ...(isPrimary ? {} : { color: THEME.focusOnQuiet }), bold: true }
  return [
    span(`${GLYPHS.focus} `, marker),
    span(label, { ...fill, bold: true, underline: true }),
    span(` ${GLYPHS.focusEnd}`, marker),
  ]
}
