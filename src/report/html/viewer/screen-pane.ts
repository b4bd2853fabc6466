import { PLAIN_LOOK } from '../../../ui/look/look.ts'
import { painted } from '../../../ui/look/paint.ts'
import type { Row, Span } from '../../../ui/rows/row.ts'
import type { Shot } from '../../film/shots.ts'
import { h } from './dom.ts'

/** A frame of the terminal. */
export function screenOf({ rows, title }: Shot, isSmall = false): HTMLElement {
  const lines = rows.flatMap((row) => [...row.map(spanOf), '\n'])
  return h(
    'pre',
    { class: isSmall ? 'screen small' : 'screen', role: 'img', 'aria-label': labelOf(title, rows) },
    ...lines,
  )
}

const { theme } = PLAIN_LOOK

function spanOf(span: Span): Node | string {
  const { text, bold, underline, isRightToLeft } = span
  const { ink, fill } = painted(span, theme)
  const isPlain = ink === theme.inks.text && fill === theme.fills.page
  if (isPlain && !bold && !underline && !isRightToLeft) return text
  // Letters are put in order inside of their part alone: the others keep their columns.
  const element = isRightToLeft ? h('bdi', { dir: 'rtl' }, text) : h('span', {}, text)
  const { style } = element
  if (ink !== theme.inks.text) style.color = ink
  if (fill !== theme.fills.page) style.background = fill
  if (bold) style.fontWeight = 'bold'
  if (underline) style.textDecoration = 'underline'
  return element
}

/** What the frame says, without its boxes. */
function labelOf(title: string, rows: readonly Row[]): string {
  const text = rows.map((row) => row.map((part) => part.text).join('')).join(' ')
  return `${title}. ${text.replace(/[│╭╮╰╯─━┃]/g, ' ').replace(/\s+/g, ' ')}`
}
