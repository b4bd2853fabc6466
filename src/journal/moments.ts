import type { JournalEntry } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'

/** What a run can be played up to, from where it is. */
export type Goal = 'nextTransition' | 'nextPage' | 'nextEvent' | 'nextDeadline'

const AROUND: readonly JournalEntry['kind'][] = ['stimulus', 'power', 'network', 'session', 'app']

/** Whether an entry is what was waited for. @param shown the page that was on the screen when it began */
export function isReached(goal: Goal, entry: JournalEntry, shown: Screen | null): boolean {
  switch (goal) {
    case 'nextTransition':
      return entry.kind === 'transition'
    case 'nextPage':
      return entry.kind === 'screen' && 'screen' in entry && pageOf(entry.screen) !== pageOf(shown)
    case 'nextEvent':
      return AROUND.includes(entry.kind)
    case 'nextDeadline':
      return entry.kind === 'transition' && entry.event.startsWith('after(')
  }
}

/** Steps of one page are pages here: a password comes after an e-mail address. */
const pageOf = (screen: Screen | null): string => (screen ? `${screen.page}/${screen.step ?? ''}` : '')

/** The entry with which the page before the present one began to wait for a person; undefined where there was none. */
export function pageBefore(entries: readonly JournalEntry[]): number | undefined {
  const waits: { page: string; seq: number; visit: number }[] = []
  let [page, visit] = ['', 0]
  for (const entry of entries) {
    if (entry.kind === 'power' && entry.event !== 'on') page = ''
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    if (pageOf(entry.screen) !== page) visit++
    page = pageOf(entry.screen)
    if (entry.isWaiting && waits.at(-1)?.visit !== visit) waits.push({ page, seq: entry.seq, visit })
  }
  return waits.findLast((one) => one.visit < visit)?.seq
}
