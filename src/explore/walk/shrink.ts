import type { WalkJob, WalkResult } from './play-walk.ts'
import { isPlain, type Plain } from './written.ts'

/** Runs at most for one finding. */
const TRIES_MAX = 150

export interface Shrunk {
  words: Plain
  /** What was left out, and what was made usual. */
  steps: number
  runs: number
}

/**
 * The smallest scenario that fails in the same way: facts and events are left out one by one, as long as it still does.
 *
 * @param usual what is put in the place of a device, a network and so on, where it still fails then
 * @param play a walk of these words; undefined when it was stopped
 */
export async function shrunk(
  found: WalkResult,
  usual: Plain,
  play: (job: WalkJob) => Promise<WalkResult | undefined>,
): Promise<Shrunk> {
  const { job, facts, finding } = found
  let words = found.words!
  let [steps, runs] = [0, 0]
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false
    for (const smaller of smallerOnes(words, usual)) {
      if (runs >= TRIES_MAX) return { words, steps, runs }
      runs++
      const result = await play({ ...job, words: smaller, facts })
      if (!result) return { words, steps, runs }
      if (result.finding?.signature !== finding!.signature) continue
      words = smaller
      steps++
      isSmaller = true
      break
    }
  }
  return { words, steps, runs }
}

/** Each with one thing less, what counts most first. */
export function* smallerOnes(words: Plain, usual: Plain): Generator<Plain> {
  const events = (words.events ?? []) as readonly Plain[]
  for (const index of events.keys()) yield withEvents(words, events.toSpliced(index, 1))
  const { clockSkew, ...withoutSkew } = words
  if (clockSkew !== undefined) yield withoutSkew
  yield* withoutFacts(words)
  for (const [key, value] of Object.entries(usual)) {
    const { [key]: is } = words
    const name = isPlain(is) && 'use' in is ? is.use : is
    if (name === value || (isPlain(is) && !('use' in is))) continue
    yield { ...words, [key]: isPlain(is) ? { ...is, use: value } : value }
  }
  for (const [index, event] of events.entries()) {
    for (const key of ['times', 'from', 'for', 'later']) {
      if (!(key in event)) continue
      const { [key]: _, ...rest } = event
      yield withEvents(words, events.with(index, rest))
    }
  }
}

function withEvents(words: Plain, events: readonly Plain[]): Plain {
  const { events: _, ...rest } = words
  return events.length === 0 ? rest : { ...rest, events }
}

/** Each without one of the facts that it changes of a file. */
function* withoutFacts(words: Plain): Generator<Plain> {
  for (const [key, value] of Object.entries(words)) {
    if (!isPlain(value)) continue
    const isNamed = 'use' in value
    const facts = isNamed ? ((value.with ?? {}) as Plain) : value
    for (const fact of Object.keys(facts)) {
      const { [fact]: _, ...left } = facts
      const rest = isNamed ? (Object.keys(left).length === 0 ? value.use : { ...value, with: left }) : left
      yield { ...words, [key]: rest }
    }
  }
}
