import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { RunResult } from '../simulation/simulation-options.ts'
import type { ScenarioFile } from './schema/scenario.ts'

/** Pages in the order in which they were shown; a page that follows itself counts once. */
export function pagesOf(journal: readonly JournalEntry[]): PageId[] {
  const pages: PageId[] = []
  for (const entry of journal) {
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    if (pages.at(-1) !== entry.screen.page) pages.push(entry.screen.page)
  }
  return pages
}

/** The first page of an order that is not kept; undefined when all are, gaps allowed. */
export function missingInOrder<Page>(shown: readonly Page[], wanted: readonly Page[]): Page | undefined {
  let from = 0
  for (const page of wanted) {
    const at = shown.indexOf(page, from)
    if (at < 0) return page
    from = at + 1
  }
  return undefined
}

/** One line that says how a run ended. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'desktop':
      return `desktop (${outcome.account === 'standard' ? 'standard user' : 'local administrator'}, ${managementOf(outcome)})${outcome.note ? `; ${outcome.note}` : ''}`
    case 'signInScreen':
      return `sign-in screen (${managementOf(outcome)})${outcome.note ? `; ${outcome.note}` : ''}`
    case 'failed':
      return `failed on page ${outcome.page} with ${outcome.code}: ${outcome.text}`
    case 'unanswered':
      return `unanswered: ${outcome.text}; its controls: ${outcome.controls.join(', ')}`
    case 'stuck':
      return `stuck in ${outcome.state}, waiting for "${outcome.waitingFor}" since ${formatDuration(outcome.since)}`
    case 'poweredOff':
      return 'powered off'
    case 'stopped':
      return 'stopped'
  }
}

const managementOf = ({ managed, autopilot }: { managed: boolean; autopilot: boolean }): string =>
  `${managed ? 'managed' : 'not managed'}, ${autopilot ? 'Autopilot' : 'no Autopilot profile'}`

/** What of a scenario's expectations did not hold. Empty is a pass. */
export function judge(expect: ScenarioFile['expect'] | null, { outcome, journal, durationMs }: RunResult): string[] {
  if (expect === null) {
    const isEnd = outcome.kind === 'desktop' || outcome.kind === 'signInScreen'
    return isEnd ? [] : [outcomeText(outcome)]
  }
  const failures: string[] = []
  if (outcome.kind !== expect.outcome)
    failures.push(`expected the outcome ${expect.outcome}, got ${outcomeText(outcome)}`)
  const code = 'code' in outcome ? outcome.code : undefined
  if (expect.code !== undefined && code?.toLowerCase() !== expect.code.toLowerCase()) {
    failures.push(`expected the code ${expect.code}, got ${code ?? 'none'}`)
  }
  const within = expect.within
  if (within !== undefined && durationMs > within) {
    failures.push(`expected it within ${formatDuration(within)}, took ${formatDuration(durationMs)}`)
  }
  const pages = pagesOf(journal)
  const missing = missingInOrder(pages, expect.pages)
  if (missing !== undefined) {
    failures.push(`expected the pages ${expect.pages.join(' → ')}; ${missing} is missing in ${pages.join(' → ')}`)
  }
  for (const page of expect.never) if (pages.includes(page)) failures.push(`expected never to see the page ${page}`)
  const facts = { account: expect.account, autopilot: expect.autopilot, managed: expect.managed }
  for (const [name, wanted] of Object.entries(facts)) {
    const actual = (outcome as unknown as Record<string, unknown>)[name]
    if (wanted !== undefined && actual !== wanted) failures.push(`expected ${name} ${wanted}, got ${String(actual)}`)
  }
  for (const { command, uri, status } of expect.csp) {
    const isSeen = journal.some(
      (entry) =>
        entry.kind === 'csp' && entry.command === command && entry.uri.endsWith(uri) && entry.status === status,
    )
    if (!isSeen) failures.push(`expected that a server's ${command} of ${uri} is answered with ${status}`)
  }
  const boots = journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length
  if (expect.boots !== undefined && boots !== expect.boots)
    failures.push(`expected ${expect.boots} starts, got ${boots}`)
  return failures
}
