import { HANDS } from '../hands.ts'
import { pad } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { BLANK, type Row, span } from './row.ts'

/** The menu of what a terminal cannot send. */
export const handRows = (): Row[] => [
  [span('Keys, lid and power of the device', { bold: true })],
  BLANK,
  ...HANDS.map(({ key, label, about }) => [
    span(pad(key, 3), { color: THEME.accentLight }),
    span(pad(label, 24)),
    span(about, { dim: true }),
  ]),
  BLANK,
  [span('A number does it; Esc closes this', { dim: true })],
]
