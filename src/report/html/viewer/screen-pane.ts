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

function spanOf({ text, color, background, bold, dim, underline, inverse }: Span): Node | string {
  if (!(color || background || bold || dim || underline || inverse)) return text
  const element = h('span', {}, text)
  const { style } = element
  if (inverse) element.className = 'inverse'
  if (color) style.color = color
  if (background) style.background = background
  if (bold) style.fontWeight = 'bold'
  if (dim) style.opacity = '0.65'
  if (underline) style.textDecoration = 'underline'
  return element
}

/** What the frame says, without its boxes. */
function labelOf(title: string, rows: readonly Row[]): string {
  const text = rows.map((row) => row.map((part) => part.text).join('')).join(' ')
  return `${title}. ${text.replace(/[│╭╮╰╯─━┃]/g, ' ').replace(/\s+/g, ' ')}`
}
