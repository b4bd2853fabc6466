import type { FrameWords } from '../../texts/frame-words.ts'
import type { SessionSnapshot } from '../session.ts'
import { cut } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { type Row, span } from './row.ts'

const BARS = ['▂', '▄', '▆', '█']

/** Signal strength, 0 to 4: bars that are missing stay as dots. */
export function barsOf(bars: number): Row {
  const lit = Math.max(0, Math.min(BARS.length, Math.round(bars)))
  return [span(BARS.slice(0, lit).join('')), span('·'.repeat(BARS.length - lit), { dim: true })].filter(
    ({ text }) => text !== '',
  )
}

/** The network's corner of the bottom line. */
export function networkRow(network: SessionSnapshot['network'], { frame }: FrameWords): Row {
  if (network.via === 'none') return [span('○ ', { dim: true }), span(frame.noNetwork, { dim: true })]
  const trouble = network.isOnline ? [] : [span(` ${frame.noInternet}`, { color: THEME.caution })]
  if (network.via === 'ethernet') return [span('⇄ Ethernet'), ...trouble]
  return [...barsOf(network.bars ?? 0), span(` ${cut(network.ssid ?? 'Wi-Fi', 16)}`), ...trouble]
}

/** The same in words. */
export function networkText({ via, ssid }: SessionSnapshot['network'], { frame }: FrameWords): string {
  if (via === 'none') return frame.noNetwork
  return via === 'ethernet' ? 'Ethernet' : cut(ssid ?? 'Wi-Fi', 16)
}
