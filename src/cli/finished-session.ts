import type { JournalEntry, RecordedSpec } from '../domain/journal.ts'
import { outcomeOf, outcomeText } from '../journal/outcome.ts'
import type { DeviceSession, SessionSnapshot } from '../ui/session.ts'
import { Watched } from '../ui/watched.ts'
import { cockpitOf } from './cockpit-source.ts'

const nothing = (): void => {}

/** A finished run as the terminal sees it: its journal, and nothing that can be done to it. */
export function finishedSession(spec: RecordedSpec, entries: readonly JournalEntry[]): DeviceSession {
  const watched = new Watched(spec)
  for (const entry of entries) watched.take(entry)
  const outcome = outcomeOf(entries)
  const snapshot: SessionSnapshot = {
    ...watched.snapshot(),
    now: entries.at(-1)?.at ?? 0,
    speed: 0,
    suggestion: null,
    note: null,
    ended: { title: 'The run has ended', lines: outcome ? [outcomeText(outcome)] : [] },
    cockpit: cockpitOf(spec, entries),
  }
  return {
    snapshot: () => snapshot,
    isAsking: () => false,
    subscribe: () => nothing,
    act: nothing,
    setSpeed: nothing,
    toggleCable: nothing,
    toggleWifi: nothing,
    pressKeys: nothing,
    toggleLid: nothing,
    togglePower: nothing,
  }
}
