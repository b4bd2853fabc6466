import type { RecordedSpec } from '../../domain/journal.ts'
import { PLAIN_LOOK } from '../../ui/look/look.ts'
import { ansiChange } from '../../ui/look/paint.ts'
import type { Size } from '../../ui/model.ts'
import { drawable } from '../../ui/text-width.ts'
import type { Shot } from './shots.ts'

/** Players pass over what is longer, in seconds: half an hour of device time is watched in a minute. */
const IDLE_SECONDS = 2

/**
 * A terminal recording in device time: one line of JSON for the header, then one for each change of the screen and for each page, as a marker.
 *
 * Source: asciicast v2, file format.
 */
export function asciicast(shots: readonly Shot[], { title, startsAt }: RecordedSpec, { columns, rows }: Size): string {
  const header = {
    version: 2,
    width: columns,
    height: rows,
    timestamp: Math.floor(Date.parse(startsAt) / 1_000),
    idle_time_limit: IDLE_SECONDS,
    title: drawable(title),
    env: { TERM: 'xterm-256color' },
  }
  const events = shots.flatMap(({ at, rows: drawn, page, title: text }, index): [number, string, string][] => {
    const before = shots[index - 1]
    const seconds = at / 1_000
    const marker =
      page !== undefined && page !== before?.page ? [[seconds, 'm', `${page}: ${drawable(text)}`] as const] : []
    const change = ansiChange(before?.rows, drawn, PLAIN_LOOK, columns)
    return [...(change === '' ? [] : [[seconds, 'o', change] as const]), ...marker].map((event) => [...event])
  })
  return `${[header, ...events].map((line) => JSON.stringify(line)).join('\n')}\n`
}
