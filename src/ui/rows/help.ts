import { pad } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { BLANK, type Row, span } from './row.ts'

const KEYS: readonly (readonly [string, string])[] = [
  ['Tab, Shift+Tab, ↑ ↓', 'move between the parts of a page'],
  ['↑ ↓ Home End PgUp PgDn', 'move in a list; letters find an entry'],
  ['Enter, Space', 'continue: next field, entry, button'],
  ['Esc, Alt+Left', 'back'],
  ['Ctrl+U', 'empty the field'],
  ['Ctrl+F, F5', 'fill in the suggestion; again: press it'],
  ['Ctrl+B, F4', 'states, reasons, requests: open or close'],
  ['F2, Ctrl+O', 'cockpit: states, wire, device, school'],
  ['Ctrl+P', 'palette: what can be done to the run now'],
  ['Ctrl+G', 'time: step, next page, go back, save'],
  ['Ctrl+K, F8', 'pause and continue'],
  ['Ctrl+T, F6', 'speed: ×1, ×60, » as fast as it goes'],
  ['Ctrl+E, Ctrl+W (F3, F7)', 'network cable in or out, Wi-Fi on or off'],
  ['F9', 'keys of Windows (Shift+F10 …), lid, power'],
  ['Mouse', 'click a control; the wheel moves in a list'],
  ['Ctrl+C, Ctrl+Z', 'leave; back to the shell until fg'],
]

export const helpRows = (): Row[] => [
  [span('Keys', { bold: true })],
  BLANK,
  ...KEYS.map(([keys, what]) => [span(pad(keys, 24), { color: THEME.accentLight }), span(what)]),
  [span('Esc closes this', { dim: true })],
]
