import type { FrameWords } from '../../texts/frame-words.ts'
import { pad } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { BLANK, type Row, span } from './row.ts'

const KEYS: readonly (readonly [string, Exclude<keyof FrameWords['help'], 'title' | 'mouseKey' | 'closes'>])[] = [
  ['Tab, Shift+Tab, ↑ ↓', 'parts'],
  ['↑ ↓ Home End PgUp PgDn', 'list'],
  ['Enter, Space', 'onward'],
  ['Esc, Alt+Left', 'back'],
  ['Ctrl+U', 'empty'],
  ['Ctrl+F, F5', 'fillIn'],
  ['Ctrl+B, F4', 'details'],
  ['F2, Ctrl+O', 'cockpit'],
  ['Ctrl+P', 'palette'],
  ['Ctrl+G', 'time'],
  ['Ctrl+K, F8', 'pause'],
  ['Ctrl+T, F6', 'speed'],
  ['Ctrl+E, Ctrl+W (F3, F7)', 'network'],
  ['F9', 'hands'],
]

/** All keys, in a language. */
export function helpRows({ help }: FrameWords): Row[] {
  const line = (keys: string, what: string): Row => [span(pad(keys, 24), { color: THEME.accentLight }), span(what)]
  return [
    [span(help.title, { bold: true })],
    BLANK,
    ...KEYS.map(([keys, key]) => line(keys, help[key])),
    line(help.mouseKey, help.mouse),
    line('Ctrl+C, Ctrl+Z', help.leave),
    [span(help.closes, { dim: true })],
  ]
}
