import { safeText } from '../../domain/safe-text.ts'
import { type Span, type SpanStyle, span } from '../rows/row.ts'
import { THEME } from '../theme.ts'

/** What the cockpit draws with: the one place where it names colours. */
export const STYLE = {
  heading: { color: THEME.accentLight, bold: true },
  lit: { color: THEME.accentLight, bold: true },
  key: { bold: true },
  quiet: { dim: true },
  good: { color: THEME.success },
  bad: { color: THEME.error },
  caution: { color: THEME.caution },
} as const satisfies Record<string, SpanStyle>

/** Text from a journal, made inert. */
export const told = (text: string, style: SpanStyle = {}): Span => span(safeText(text, 1_000), style)
