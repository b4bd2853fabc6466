import type { JournalEntry, RecordedSpec } from '../../domain/journal.ts'
import type { CockpitSource } from './source.ts'

/** A journal up to a moment. What is worked out from it is kept as long as it is the same. */
export interface Reading {
  spec: RecordedSpec
  entries: readonly JournalEntry[]
  /** Virtual milliseconds of its last entry. */
  at: number
  /** It is the whole journal. */
  isWhole: boolean
}

const last = new WeakMap<CockpitSource, { count: number; isWhole: boolean; reading: Reading }>()

/** @param moment how many entries of the journal count; null for all */
export function readingOf(source: CockpitSource, moment: number | null): Reading {
  const all = source.entries.length
  const count = Math.min(moment ?? all, all)
  const isWhole = moment === null
  const known = last.get(source)
  if (known?.count === count && known.isWhole === isWhole) return known.reading
  const entries = source.entries.slice(0, count)
  const reading = { spec: source.spec, entries, at: entries.at(-1)?.at ?? 0, isWhole }
  last.set(source, { count, isWhole, reading })
  return reading
}

/** Worked out once for each reading. */
export function oncePer<Value>(work: (reading: Reading) => Value): (reading: Reading) => Value {
  const known = new WeakMap<Reading, Value>()
  return (reading) => {
    const found = known.get(reading)
    if (found !== undefined) return found
    const made = work(reading)
    known.set(reading, made)
    return made
  }
}
