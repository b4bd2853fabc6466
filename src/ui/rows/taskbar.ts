import type { SessionSnapshot } from '../session.ts'
import { THEME } from '../theme.ts'
import { clock } from './clock.ts'
import { networkText } from './network.ts'
import { type Row, rowWidth, span } from './row.ts'

/** What is in the middle of the taskbar of Windows 11. */
const MIDDLE = '■ Start   ○ Search   ▪ Apps'

/** Whether the desktop is on the screen: it is drawn as one, also when the run has ended there. */
export const isDesktop = ({ screen }: SessionSnapshot): boolean => screen?.page === 'desktop'

/** The taskbar, across the screen. */
export function taskbarRow({ network, now }: SessionSnapshot, width: number): Row {
  const style = { background: THEME.quietFill, color: THEME.onQuiet } as const
  const right = `${networkText(network)}  ${clock(now)} `
  const left = ' '.repeat(Math.max(0, Math.floor((width - MIDDLE.length) / 2)))
  const middle = span(left + MIDDLE, style)
  const end = span(right, style)
  return [middle, span(' '.repeat(Math.max(1, width - rowWidth([middle, end]))), style), end]
}
