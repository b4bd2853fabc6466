import type { Exchange } from '../../journal/wire.ts'
import { align, reunite } from './align.ts'
import { comparableMessage, comparableUrl } from './comparable.ts'

/** A line of meaning that only one side has. */
export interface Difference {
  in: 'request' | 'response'
  side: 'left' | 'right'
  text: string
}

export type Compared =
  | { kind: 'alike'; left: Exchange; right: Exchange }
  | { kind: 'different'; left: Exchange; right: Exchange; differences: Difference[] }
  | { kind: 'only'; side: 'left' | 'right'; exchange: Exchange }

/**
 * Two runs' exchanges side by side, by their operations; what is volatile is left out. Which of two parties that work at
 * the same time spoke first means nothing.
 */
export function compareWire(left: readonly Exchange[], right: readonly Exchange[]): Compared[] {
  const keyOf = ({ operation, method }: Exchange): string => `${method} ${operation}`
  return reunite(align(left, right, keyOf), keyOf).map((pair): Compared => {
    if (!('right' in pair)) return { kind: 'only', side: 'left', exchange: pair.left }
    if (!('left' in pair)) return { kind: 'only', side: 'right', exchange: pair.right }
    const differences = [
      ...differ('request', requestLines(pair.left), requestLines(pair.right)),
      ...differ('response', responseLines(pair.left), responseLines(pair.right)),
    ]
    return differences.length === 0 ? { kind: 'alike', ...pair } : { kind: 'different', ...pair, differences }
  })
}

const requestLines = ({ url, request, certificate }: Exchange): string[] => [
  `${certificate === undefined ? 'without' : 'with'} a client certificate`,
  `to ${comparableUrl(url)}`,
  ...comparableMessage(request),
]

function responseLines({ response, trouble }: Exchange): string[] {
  if (response) return [`status ${response.status}`, ...comparableMessage(response)]
  return [trouble === undefined ? 'no end' : `no answer: ${trouble}`]
}

function differ(where: Difference['in'], left: string[], right: string[]): Difference[] {
  return align(left, right, (line) => line).flatMap((pair): Difference[] => {
    if (!('right' in pair)) return [{ in: where, side: 'left', text: pair.left }]
    if (!('left' in pair)) return [{ in: where, side: 'right', text: pair.right }]
    return []
  })
}
