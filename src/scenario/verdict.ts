import { formatDuration } from '../domain/duration.ts'
import type { Expectations } from '../domain/expectations.ts'
import { isStrayAnswer } from '../domain/stray-answers.ts'
import { endOfApp } from '../journal/apps.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { outcomeText } from '../journal/outcome.ts'
import { missingInOrder, pagesOf } from '../journal/pages.ts'
import type { RunResult } from '../run/run-options.ts'

/** What of a scenario's expectations did not hold. Empty is a pass. */
export function judge(expect: Expectations | null, result: RunResult): string[] {
  const { outcome, journal, durationMs } = result
  // What it did not come to says nothing about it.
  if (outcome.kind === 'stopped') return [`the run was stopped after ${formatDuration(durationMs)}, before its end`]
  const failures = expect?.managed === undefined ? neverManaged(result) : []
  if (expect === null) {
    const isEnd = ['desktop', 'signInScreen', 'kiosk'].includes(outcome.kind)
    return isEnd ? failures : [outcomeText(outcome), ...failures]
  }
  if (outcome.kind !== expect.outcome)
    failures.push(`expected the outcome ${expect.outcome}, got ${outcomeText(outcome)}`)
  const code = 'code' in outcome ? outcome.code : undefined
  if (expect.code !== undefined && code?.toLowerCase() !== expect.code.toLowerCase()) {
    failures.push(`expected the code ${expect.code}, got ${code ?? 'none'}`)
  }
  if (expect.cause !== undefined) {
    const found = causeOf(journal)?.sentence
    if (!found?.includes(expect.cause)) {
      failures.push(`expected the cause "${expect.cause}", found ${found === undefined ? 'none' : `"${found}"`}`)
    }
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
  for (const [name, end] of Object.entries(expect.apps ?? {})) {
    const found = endOfApp(journal, name)
    if (found !== end) failures.push(`expected the app "${name}" ${end}, found ${found}`)
  }
  const boots = journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length
  if (expect.boots !== undefined && boots !== expect.boots)
    failures.push(`expected ${expect.boots} starts, got ${boots}`)
  return failures
}

/** A device that ended well while its server never managed it gets a pass only from a scenario that says so. */
function neverManaged({ outcome, journal }: RunResult): string[] {
  if (!('managed' in outcome) || outcome.managed) return []
  const results = journal.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  if (results.length === 0 || results.includes('held')) return []
  return ['no session with the management server was held']
}

/** Sessions of a real service that ended since its answer was meant for something else: a device may retry, the service is wrong. */
export function strayAnswers({ journal }: RunResult): string[] {
  const results = journal.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  const strays = results.flatMap((end) => (typeof end === 'object' && isStrayAnswer(end.code) ? [end] : []))
  const [first] = strays
  if (first === undefined) return []
  const count = `${strays.length} of ${results.length} management sessions`
  return [`${count} ended with an answer to something else; the first: ${first.code} ${first.text}`]
}
