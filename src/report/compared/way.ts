import type { JournalEntry } from '../../domain/journal.ts'
import { causeOf } from '../../journal/cause/cause-of.ts'
import { causeLines } from '../../journal/cause/lines.ts'
import { outcomeOf, outcomeText, verdictOf } from '../../journal/outcome.ts'
import { stimulusText } from '../../journal/stimulus-text.ts'
import { durationOf } from '../../journal/story.ts'

/** A step of a run that a person would tell of. */
export interface WayStep {
  /** Virtual milliseconds. */
  at: number
  kind: 'page' | 'failure' | 'stimulus' | 'power' | 'network' | 'app' | 'session' | 'answer'
  text: string
}

/** How a run went from some entry on. */
export interface Way {
  steps: WayStep[]
  requests: number
  starts: number
  sessions: number
  apps: { installed: number; failed: number }
  /** Virtual milliseconds at its end. */
  endsAt: number
  /** Null: the journal ends before the run did. */
  outcome: string | null
  /** Whether that was expected; null where it was not judged. */
  passed: boolean | null
  /** What broke, what is behind it, what to try; none where nothing failed. */
  cause: string[]
}

/** How a run went from entry `from` (an index) on. @param run what commands call it */
export function wayOf(journal: readonly JournalEntry[], from: number, run: string): Way {
  const rest = journal.slice(from)
  const count = (test: (entry: JournalEntry) => boolean): number => rest.filter(test).length
  const outcome = outcomeOf(journal)
  const cause = causeOf(journal, { run })
  return {
    steps: stepsOf(journal, from),
    requests: count(({ kind }) => kind === 'request'),
    starts: count((entry) => entry.kind === 'power' && entry.event === 'on'),
    sessions: count((entry) => entry.kind === 'session' && entry.event === 'begun'),
    apps: {
      installed: count((entry) => entry.kind === 'app' && entry.state === 'installed'),
      failed: count((entry) => entry.kind === 'app' && entry.state === 'failed'),
    },
    endsAt: durationOf(journal),
    outcome: outcome ? outcomeText(outcome) : null,
    passed: verdictOf(journal)?.passed ?? null,
    cause: cause ? causeLines(cause) : [],
  }
}

/** What happened from entry `from` (an index) on. */
export function stepsOf(journal: readonly JournalEntry[], from: number): WayStep[] {
  const steps: WayStep[] = []
  const operations = new Map<number, string>()
  let page = ''
  let failure = ''
  journal.forEach((entry, index) => {
    if (entry.kind === 'power' && entry.event !== 'on') page = ''
    if (entry.kind === 'request') operations.set(entry.id, entry.operation)
    const found: Omit<WayStep, 'at'>[] = []
    if (entry.kind === 'screen' && 'screen' in entry) {
      const { screen } = entry
      const shown = `[${screen.page}${screen.step ? `/${screen.step}` : ''}] ${screen.title}`
      if (shown !== page) found.push({ kind: 'page', text: shown })
      const failed = failureOn(screen)
      if (failed !== '' && (failed !== failure || shown !== page)) found.push({ kind: 'failure', text: failed })
      page = shown
      failure = failed
    } else {
      const step = stepOf(entry, operations)
      if (step) found.push(step)
    }
    if (index >= from) steps.push(...found.map((one) => ({ at: entry.at, ...one })))
  })
  return steps
}

type Shown = Extract<JournalEntry, { kind: 'screen'; screen: unknown }>['screen']

function failureOn({ body, failure }: Shown): string {
  const errors = body.flatMap(({ tone, text }) => (tone === 'error' ? [text] : []))
  const code = failure?.code
  return [...(code !== undefined ? [code] : []), ...errors].join(' ')
}

function stepOf(entry: JournalEntry, operations: ReadonlyMap<number, string>): Omit<WayStep, 'at'> | undefined {
  switch (entry.kind) {
    case 'power':
      return {
        kind: 'power',
        text: `power ${entry.event}, start ${entry.boot}${entry.reason ? `: ${entry.reason}` : ''}`,
      }
    case 'stimulus':
      return { kind: 'stimulus', text: `${entry.by}: ${stimulusText(entry.stimulus)}` }
    case 'network':
      return { kind: 'network', text: `network ${entry.ssid ?? entry.via}, ${entry.isOnline ? 'online' : 'offline'}` }
    case 'app':
      return entry.state === 'installed' || entry.state === 'failed' || entry.state === 'skipped'
        ? { kind: 'app', text: `app ${entry.name ?? entry.id} ${entry.state}${entry.code ? `: ${entry.code}` : ''}` }
        : undefined
    case 'session': {
      const { result, session } = entry
      if (entry.event === 'begun' || result === undefined || result === 'held') return undefined
      return { kind: 'session', text: `session ${session}: ${typeof result === 'string' ? result : result.text}` }
    }
    case 'response': {
      if (entry.trouble === undefined && (entry.status ?? 0) < 400) return undefined
      const end = entry.trouble === undefined ? `HTTP ${entry.status}` : `no answer, ${entry.trouble}`
      return { kind: 'answer', text: `#${entry.id} ${operations.get(entry.id) ?? ''}: ${end}` }
    }
    default:
      return undefined
  }
}
