import type { JournalEntry } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Answer, Answers } from '../../domain/person.ts'
import type { Screen } from '../../domain/screen.ts'
import { isFromOutside, type Stimulus } from '../../domain/stimulus.ts'
import type { Vault } from '../../run/seal.ts'
import { isSecretRef, secretOf } from '../../run/seal.ts'
import { durationWords, type Plain } from './as-written.ts'

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
      const effect = effectOf(stimulus)
      if (!effect) found.left.push(stimulus.kind)
      else found.events.push({ when: whenOf(entry.at), ...effect })
    }
  }
  for (const [page, list] of answers) (found.person as Plain)[page] = list.length === 1 ? list[0] : withoutRepeats(list)
  return { ...found, events: found.events.map(placed) }

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
  const { page, from, later, at } = when as { page?: string; from?: number; later?: number; at?: string }
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
  return control?.kind === 'text' ? control.value : undefined
}

function effectOf(stimulus: Stimulus): Plain | undefined {
  switch (stimulus.kind) {
    case 'cable':
      return { cable: stimulus.position }
    case 'radio':
      return { wifi: stimulus.position }
    case 'lid':
      return { lid: stimulus.position }
    case 'power':
      return { power: stimulus.position ?? 'cut' }
    case 'uplink':
      return stimulus.position === 'down' ? { network: 'down' } : undefined
    case 'push':
    case 'disconnect':
      return { [stimulus.kind]: true }
    case 'clockJump':
      return { clock: `${stimulus.ms < 0 ? '-' : ''}${durationWords(Math.abs(stimulus.ms))}` }
    default:
      return undefined
  }
}
