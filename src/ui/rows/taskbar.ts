import type { SessionSnapshot } from '../session.ts'
import { THEME } from '../theme.ts'
import { wordsOf } from '../words.ts'
import { clock } from './clock.ts'
import { networkText } from './network.ts'
import { type Row, rowWidth, span } from './row.ts'

/** Whether the desktop is on the screen: it is drawn as one, also when the run has ended there. */
export const isDesktop = ({ screen }: SessionSnapshot): boolean => screen?.page === 'desktop'

/** The taskbar, across the screen, with what is in the middle of that of Windows 11. */
export function taskbarRow(snapshot: SessionSnapshot, width: number): Row {
  const style = { background: THEME.quietFill, color: THEME.onQuiet } as const
  const words = wordsOf(snapshot)
  const { start, search, apps } = words.frame
  const parts = ['■ ', `${start}   `, '○ ', `${search}   `, '▪ ', apps].map((text) => span(text, style))
  const end = span(`${networkText(snapshot.network, words)}  ${clock(snapshot.now)} `, style)
  // In the middle, or further to the left where the end of a long language needs the room.
  const room = width - rowWidth(parts)
  const left = span(' '.repeat(Math.max(0, Math.min(Math.floor(room / 2), room - rowWidth([end]) - 1))), style)
  const middle = [left, ...parts]
  return [...middle, span(' '.repeat(Math.max(1, width - rowWidth([...middle, end]))), style), end]
}
