import type { JournalEntry } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Answer, Answers } from '../../domain/person.ts'
import { type Screen, switchValue } from '../../domain/screen.ts'
import { isFromOutside, type Stimulus } from '../../domain/stimulus.ts'
import type { EventEffect } from '../../events/event-kinds.ts'
import type { Vault } from '../../run/seal.ts'
import { isSecretRef, open, secretOf } from '../../run/seal.ts'
import { durationWords, effectWords, type Plain } from './as-written.ts'
import { RequestsMet, type Told, toldBy } from './effects-by-hand.ts'

/** What a person at the keyboard did, in the words of a scenario. */
export interface ByHand {
  person: Answers
  /** What happened around the device, in its order. */
  events: Plain[]
  /** What of it no scenario can say. */
  left: string[]
}

/** Whether a person at the keyboard, or a fork, was part of the run. */
export const isByHand = (journal: readonly JournalEntry[]): boolean =>
  journal.some((entry) => entry.kind === 'stimulus' && isFromOutside(entry.by) && entry.stimulus.kind !== 'stop')

/** How long a page may wait before a scripted person would have answered it: an assumption, as in a run. */
const LOOK_MS = 2_000

/** Reads off a journal what was pressed and typed at each page, and what was done to the device and its network. */
export function recordedByHand(journal: readonly JournalEntry[], vault: Vault): ByHand {
  const answers = new Map<PageId, Answer[]>()
  const shown = new Map<PageId, number>()
  const found: ByHand = { person: {}, events: [], left: [] }
  const requests = new RequestsMet(journal)
  /** What was done and has not ended yet. */
  const lasting: { does: EventEffect; at: number; event: Plain }[] = []
  let screen: Screen | undefined
  let waitsSince: number | undefined
  let pageSince = 0
  const give = (page: PageId, answer: Answer) => answers.set(page, [...(answers.get(page) ?? []), answer])
  for (const entry of journal) {
    if (entry.kind === 'screen' && 'screen' in entry) {
      // A page that changed while it was left alone: the script leaves it alone too.
      if (screen && waitsSince !== undefined && entry.at - waitsSince > LOOK_MS) give(screen.page, 'wait')
      if (entry.screen.page !== screen?.page) {
        pageSince = entry.at
        shown.set(entry.screen.page, (shown.get(entry.screen.page) ?? 0) + 1)
      }
      screen = entry.screen
      waitsSince = entry.isWaiting ? entry.at : undefined
    }
    if (entry.kind !== 'stimulus' || (entry.by !== 'script' && !isFromOutside(entry.by))) continue
    const { stimulus } = entry
    if (stimulus.kind === 'press' && screen) {
      give(stimulus.page, pressed(stimulus, screen, vault))
      waitsSince = undefined
    } else if (stimulus.kind === 'keyChord' && screen) give(screen.page, { keys: stimulus.keys })
    else if (stimulus.kind === 'wait' && screen) give(screen.page, { wait: durationWords(stimulus.ms) })
    else if (stimulus.kind !== 'person' && stimulus.kind !== 'stop') {
      if (!happened(open<Stimulus>(stimulus as never, vault), entry)) found.left.push(stimulus.kind)
    }
  }
  for (const [page, list] of answers) (found.person as Plain)[page] = list.length === 1 ? list[0] : withoutRepeats(list)
  return { ...found, events: found.events.map(placed) }

  /** False where no event can do it. What met no request had no effect, and is left out. */
  function happened(stimulus: Stimulus, { at, seq }: JournalEntry): boolean {
    const told = toldBy(stimulus)
    if (!told) return false
    if ('ends' in told) return ended(told, at)
    const { does, on } = told
    const met = on === undefined ? undefined : requests.take(on, seq)
    if (on !== undefined && !met) return true
    const when = met ? { request: met.request, from: met.from } : whenOf(at)
    const event: Plain = { when, [does.kind]: effectWords(does) }
    found.events.push(event)
    lasting.push({ does, at, event })
    return true
  }

  /** What ends lasts `for` a time; what no hand began is no event. */
  function ended({ ends, isOf }: Extract<Told, { ends: unknown }>, at: number): boolean {
    const index = lasting.findLastIndex(({ does }) => does.kind === ends && isOf(does.value))
    const [begun] = index < 0 ? [] : lasting.splice(index, 1)
    if (!begun) return false
    if (at > begun.at) begun.event.for = durationWords(at - begun.at)
    else found.events.splice(found.events.indexOf(begun.event), 1)
    return true
  }

  function whenOf(at: number): Plain {
    if (!screen) return { at: durationWords(at) }
    return { page: screen.page, from: shown.get(screen.page), later: at - pageSince }
  }
}

/** Some waits in a row are one: it lasts until the page changes. */
const withoutRepeats = (list: readonly Answer[]): Answer[] =>
  list.filter((answer, index) => answer !== 'wait' || list[index + 1] !== 'wait')

/** `from` and `later` are beside the condition. */
function placed({ when, ...effect }: Plain): Plain {
  const { page, request, from, later, at } = when as {
    page?: string
    request?: string
    from?: number
    later?: number
    at?: string
  }
  if (request !== undefined)
    return { when: { request }, ...effect, ...(from !== undefined && from > 1 ? { from } : {}) }
  if (page === undefined) return { when: { at }, ...effect }
  return {
    when: { page },
    ...effect,
    ...(later ? { later: durationWords(later) } : {}),
    ...(from !== undefined && from > 1 ? { from } : {}),
  }
}

/** The button's id alone where all else was as the page had it. */
function pressed({ control, values }: Extract<Stimulus, { kind: 'press' }>, screen: Screen, vault: Vault): Answer {
  const typed = Object.entries(values).flatMap(([id, value]): [string, string][] => {
    const text = isSecretRef(value) ? secretOf(value, vault) : value
    return text === shownIn(screen, id) ? [] : [[id, text]]
  })
  return typed.length === 0 ? control : { ...Object.fromEntries(typed), press: control }
}

function shownIn(screen: Screen, id: string): string | undefined {
  const control = screen.controls.find((one) => one.id === id)
  if (control?.kind === 'choice') return control.selected
  if (control?.kind === 'switch') return switchValue(control.isOn)
  return control?.kind === 'text' ? control.value : undefined
}
