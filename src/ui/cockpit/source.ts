import type { Chart } from '../../charts/chart.ts'
import type { JournalEntry, RecordedSpec } from '../../domain/journal.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import type { Explain } from '../../journal/cause/cause.ts'
import type { Exchange } from '../../journal/wire.ts'

/** Something that a person can do to a run, explained in one line. */
export interface Offer {
  id: string
  /** What it belongs to: `network`, `administrator`, the family of a fault. */
  group: string
  label: string
  about: string
  /** Given one after the other. */
  stimuli: readonly Stimulus[]
  /** Of what lasts: what ends it. Its end may be chosen before. */
  back?: readonly Stimulus[]
  /** How long it lasts where a person does not say, in device milliseconds. */
  lastsMs?: number
}

/** The end of something that lasts: after so many milliseconds of device time. */
export interface EndsAfter {
  ms: number
  stimuli: readonly Stimulus[]
}

/** Where a live run is to go. */
export type Move =
  | { to: 'nextTransition' | 'nextPage' | 'nextEvent' | 'nextDeadline' }
  | { to: 'pageBefore' }
  /** Minutes of device time before now. */
  | { to: 'earlier'; minutes: number }
  /** After the entry with this number. */
  | { to: 'entry'; seq: number }

/** What the cockpit reads: the journal of a run that is under way, or of a finished one. */
export interface CockpitSource {
  spec: RecordedSpec
  entries: readonly JournalEntry[]
  /** Every statechart of the first boot. */
  charts(): readonly Chart[]
  /** An exchange laid out for reading. */
  readable(exchange: Exchange): readonly string[]
  explain: Explain
  /** How long a statechart waits in a delay, in device milliseconds; undefined where that is not known. @param isNow it is asked of the present of a live run */
  delayMs?(machine: string, name: string, isNow: boolean): number | undefined
  /** Of a live run alone: what can be done to it now. */
  offers?(): readonly Offer[]
}
