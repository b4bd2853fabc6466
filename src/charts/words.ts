import type { ChartState, ChartTransition } from './chart.ts'

/** `user.connect [isKnown]` */
export const triggerText = ({ event, guard }: ChartTransition): string =>
  guard === undefined ? event : `${event} [${guard}]`

/** What a state is to a person; empty where it shows nothing. */
export function seenText({ page, waitsForPerson }: ChartState): string {
  if (page === undefined) return ''
  return waitsForPerson ? `page ${page}, waits for a person` : `page ${page}`
}

/** The actors that a state runs, by their names. */
export const runsText = ({ invokes }: ChartState): string =>
  invokes.length === 0 ? '' : `runs ${invokes.map(({ src }) => src).join(', ')}`
