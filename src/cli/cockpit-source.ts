import type { Chart } from '../charts/chart.ts'
import { allCharts } from '../charts/charts.ts'
import { delayMs } from '../charts/delays.ts'
import type { JournalEntry, RecordedSpec } from '../domain/journal.ts'
import type { View } from '../domain/view.ts'
import { readableExchange } from '../report/wire/readable.ts'
import type { CockpitSource, Offer } from '../ui/cockpit/source.ts'
import { explain } from './explain/likeliest.ts'

let known: readonly Chart[] | undefined

/** What the cockpit reads of a run. @param offers of a live run: what can be done to it now @param view and where its statecharts are */
export const cockpitOf = (
  spec: RecordedSpec,
  entries: readonly JournalEntry[],
  offers?: () => readonly Offer[],
  view?: () => View,
): CockpitSource => ({
  spec,
  entries,
  charts: () => (known ??= allCharts()),
  readable: (exchange) => readableExchange(exchange),
  explain,
  delayMs: (machine, name, isNow) => delayMs(machine, name, isNow ? view?.() : undefined),
  ...(offers ? { offers } : {}),
})
