import type { JournalEntry, RecordedSpec } from '../../domain/journal.ts'
import { ActiveStates } from '../../journal/path.ts'
import { screenAtEnd } from '../../journal/story.ts'
import { differingFacts, type FactDifference } from './facts.ts'
import { meaningOf } from './meaning.ts'
import { behind, type Parting, partingAt } from './parting.ts'
import { type Way, wayOf } from './way.ts'

/** A run that is compared: its journal as it was read. */
export interface ComparedRun {
  name: string
  spec: RecordedSpec
  entries: readonly JournalEntry[]
  lines: readonly string[]
}

/** Two futures side by side. */
export interface ComparedRuns {
  /** `equal`: byte by byte; `alike`: the same steps at the same times; `later`: the same steps at other times. */
  result: 'equal' | 'alike' | 'later' | 'different'
  common: {
    /** So many entries, entry 0 among them. */
    entries: number
    /** Virtual milliseconds of the last of them, in the first run. */
    until: number
    /** What was on the screen then; null before the first page. */
    page: { id: string; step?: string; title: string } | null
    states: string[]
    /** The first of them that the two did not do at the same time. */
    otherTimes: { seq: number; left: number; right: number } | null
  }
  parting: Parting | null
  /** Those behind the parting first. */
  facts: FactDifference[]
  /** From the parting on. */
  ways: { left: Way; right: Way } | null
}

/** What two runs have in common, what made them part, and how each went from there. */
export function compareRuns(left: ComparedRun, right: ComparedRun): ComparedRuns {
  const count = commonCount(left.entries, right.entries)
  const shared = left.entries.slice(0, count)
  const slow = shared.find((entry, index) => entry.at !== right.entries[index]!.at)
  const otherTimes = slow ? { seq: slow.seq, left: slow.at, right: right.entries[shared.indexOf(slow)]!.at } : null
  const isDifferent = count < Math.max(left.entries.length, right.entries.length)
  const facts = differingFacts(left.spec, right.spec)
  const parting = isDifferent ? partingAt(count, [left.entries, right.entries], facts) : null
  const screen = screenAtEnd(shared)
  const states = new ActiveStates()
  for (const entry of shared) states.take(entry)
  return {
    result: isDifferent ? 'different' : otherTimes ? 'later' : isSame(left.lines, right.lines) ? 'equal' : 'alike',
    common: {
      entries: count,
      until: shared.at(-1)?.at ?? 0,
      page: screen ? { id: screen.page, ...(screen.step ? { step: screen.step } : {}), title: screen.title } : null,
      states: states.list(),
      otherTimes,
    },
    parting,
    facts: parting
      ? facts.toSorted((a, b) => Number(behind(parting, b.fact)) - Number(behind(parting, a.fact)))
      : facts,
    ways: isDifferent
      ? { left: wayOf(left.entries, count, left.name), right: wayOf(right.entries, count, right.name) }
      : null,
  }
}

function commonCount(left: readonly JournalEntry[], right: readonly JournalEntry[]): number {
  const most = Math.min(left.length, right.length)
  let count = 0
  while (count < most && meaningOf(left[count]!) === meaningOf(right[count]!)) count++
  return count
}

const isSame = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((line, index) => line === right[index])
