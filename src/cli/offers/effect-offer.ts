import { isDeepStrictEqual } from 'node:util'
import type { EventWords } from '../../domain/event-words.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import { definitionOf, lasts, wordsOf } from '../../events/event-kinds.ts'
import { effectOf } from '../../explore/with-fault.ts'
import type { Offer } from '../../ui/cockpit/source.ts'

/** An effect in the words of a scenario, what comes of it in one line, and what it is called where those words say too little. */
export type Possible = readonly [words: Partial<EventWords>, about: string, name?: string]

/** Said by the group. */
const WHOSE = /^the (?:administrator|management server): /

/** Offers to do what is not so, and to take back what was done and lasts. */
export function effectOffers(group: string, possible: readonly Possible[], entries: readonly JournalEntry[]): Offer[] {
  return possible.map(([words, about, name]) => {
    const effect = effectOf(words)
    const { apply, undo } = definitionOf(effect)
    const label = name ?? wordsOf(effect).replace(WHOSE, '')
    const stimulus = apply(effect.value as never, '*')
    const back = undo !== null && lasts(effect) ? undo(effect.value) : undefined
    const id = `${group} ${JSON.stringify(words)}`
    return back && isSo(entries, stimulus, back)
      ? { id: `${id} back`, group, label: `takes back: ${label}`, about: 'As it was before.', stimuli: [back] }
      : { id, group, label, about, stimuli: [stimulus], ...(back ? { back: [back] } : {}) }
  })
}

/** Which of the two came last. */
function isSo(entries: readonly JournalEntry[], stimulus: Stimulus, back: Stimulus): boolean {
  const last = entries.findLast(
    (entry) =>
      entry.kind === 'stimulus' &&
      (isDeepStrictEqual(entry.stimulus, stimulus) || isDeepStrictEqual(entry.stimulus, back)),
  )
  return last?.kind === 'stimulus' && isDeepStrictEqual(last.stimulus, stimulus)
}
