import type * as v from 'valibot'
import type { ExchangeChoice, Stimulus } from '../domain/stimulus.ts'

/** One kind of event: what a scenario may write, how it reads, and the stimuli that it yields. */
export interface EventDefinition<Words, Value = Words> {
  /** The value of its key in a scenario file, and what a RunSpec has of it. */
  schema: v.GenericSchema<Words, Value>
  /** What it happens to: one exchange, or the device and what is around it. */
  to: 'exchange' | 'device'
  /** For a person who reads a run: `cable out`. */
  words(value: Value): string
  /** @param on the exchange that is meant; of no use to an event that happens to the device */
  apply(value: Value, on: ExchangeChoice): Stimulus
  /** After its time, where the scenario gives one. `null`: it cannot be taken back, and `for` is refused. */
  undo: ((value: Value) => Stimulus) | null
  /** Which values can be taken back, where not all can. */
  lasts?(value: Value): boolean
}

/** Keeps the type of a value beside the type of its words. */
export const defineEvent = <Words, Value = Words>(definition: EventDefinition<Words, Value>) => definition
