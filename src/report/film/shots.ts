import type { JournalEntry, RecordedSpec, StimulusFact } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Screen } from '../../domain/screen.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import { frameRows } from '../../ui/frame.ts'
import { initialModel, type Size, type UiModel } from '../../ui/model.ts'
import { BLANK, type Row } from '../../ui/rows/row.ts'
import type { SessionSnapshot } from '../../ui/session.ts'
import { draftOf } from '../../ui/text-edit.ts'
import { Watched } from '../../ui/watched.ts'

/** What was on the screen from a moment on. */
export interface Shot {
  /** Virtual milliseconds since the run began. */
  at: number
  /** As many rows as the terminal has. */
  rows: Row[]
  /** Undefined while the screen is dark. */
  page?: PageId
  title: string
}

/** A person presses so long after what was typed can be seen, in milliseconds. */
const SEEN_MS = 1_000

/** All that was to be seen in a run, in order; what was replaced at the same moment was never seen. */
export function shotsOf(entries: readonly JournalEntry[], spec: RecordedSpec, size: Size): Shot[] {
  const watched = new Watched(spec)
  const shots: Shot[] = []
  const add = (shot: Shot): void => {
    if ((shots.at(-1)?.at ?? -1) >= shot.at) shots.pop()
    shots.push(shot)
  }
  for (const entry of entries) {
    if (entry.kind === 'stimulus' && watched.screen && watched.isWaiting) {
      const typed = typedAt(entry, watched, shots.at(-1)?.at ?? 0, size)
      if (typed) add(typed)
    }
    watched.take(entry)
    if (entry.kind === 'screen' && 'screen' in entry) {
      const snapshot = snapshotOf(watched, entry.at)
      add(shotOf(entry.screen, snapshot, initialModel(snapshot, size), shots.length))
    }
    if (entry.kind === 'power' && entry.event !== 'on') add({ at: entry.at, rows: darkRows(size), title: entry.event })
  }
  return shots
}

/** What the person has filled in, shortly before the button is pressed. */
function typedAt({ at, stimulus }: JournalEntry & StimulusFact, watched: Watched, shownAt: number, size: Size) {
  const { screen } = watched
  if (stimulus.kind !== 'press' || !screen || at - shownAt < 2) return undefined
  const moment = Math.max(Math.ceil((shownAt + at) / 2), at - SEEN_MS)
  const snapshot = snapshotOf(watched, moment)
  const model = filledIn(initialModel(snapshot, size), screen, stimulus)
  return shotOf(screen, snapshot, model, 0)
}

/** A journal has the name of a secret, never its length: the field shows that it is filled in, and nothing more. */
const FILLED = '●'.repeat(8)

type Press = Extract<Stimulus, { kind: 'press' }>

function filledIn(model: UiModel, { controls }: Screen, { values, control }: Press): UiModel {
  const drafts = { ...model.drafts }
  const chosen = { ...model.chosen }
  for (const { id, kind } of controls) {
    const value = values[id]
    if (value === undefined) continue
    const text = typeof value === 'string' ? value : FILLED
    if (kind === 'choice' || kind === 'switch') chosen[id] = text
    if (kind === 'text' || kind === 'secret') drafts[id] = draftOf(text)
  }
  return { ...model, drafts, chosen, focus: control }
}

function shotOf(screen: Screen, snapshot: SessionSnapshot, model: UiModel, tick: number): Shot {
  const { page, title } = screen
  return { at: snapshot.now, page, title, rows: frameRows({ snapshot, model, tick }) }
}

const snapshotOf = (watched: Watched, now: number): SessionSnapshot => ({
  ...watched.snapshot(),
  now,
  speed: 1,
  suggestion: null,
  note: null,
  ended: null,
})

const darkRows = ({ rows }: Size): Row[] => Array.from({ length: rows }, () => BLANK)
