import { formatDuration } from '../../../domain/duration.ts'
import type { Exchange } from '../../../journal/wire.ts'
import { readableExchange } from '../../wire/readable.ts'
import { h } from './dom.ts'

export interface WirePane {
  element: HTMLElement
  /** Shows the exchange that is newest at a moment. */
  follow(at: number): void
}

/** The exchanges with the services: a list, and the one that is chosen, readable. */
export function wirePane(exchanges: readonly Exchange[], go: (at: number) => void): WirePane {
  const detail = h('pre', { class: 'detail', tabindex: 0, 'aria-label': 'The exchange' })
  const buttons = exchanges.map((exchange) =>
    h(
      'button',
      {
        type: 'button',
        class: exchange.trouble || (exchange.response?.status ?? 0) >= 400 ? 'bad' : '',
        click: () => go(exchange.at),
      },
      `${formatDuration(exchange.at)}  ${exchange.response?.status ?? exchange.trouble ?? '…'}  ${exchange.operation}`,
    ),
  )
  const list = h('div', { class: 'list', role: 'group', 'aria-label': 'Exchanges' }, ...buttons)
  let shown = -2
  return {
    element: h('div', { class: 'wire' }, list, detail),
    follow(at) {
      const index = exchanges.findLastIndex((exchange) => exchange.at <= at)
      if (index === shown) return
      buttons[shown]?.removeAttribute('aria-current')
      shown = index
      buttons[index]?.setAttribute('aria-current', 'true')
      // Not `scrollIntoView`: it would move the whole page along.
      const button = buttons[index]
      if (button) list.scrollTop = button.offsetTop - list.offsetTop - list.clientHeight / 2
      const exchange = exchanges[index]
      detail.textContent = exchange ? readableExchange(exchange).join('\n') : 'Nothing was asked yet.'
    },
  }
}
