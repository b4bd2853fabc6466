import type { JournalEntry, JournalFact, JournalKind } from '../../domain/journal.ts'
import { comparableMessage, comparableUrl } from '../wire/comparable.ts'

type Meanings = { [Kind in JournalKind]: (entry: Extract<JournalFact, { kind: Kind }>) => unknown }

/** What two entries must have in common to be the same step of two runs: ids, names and texts that the seed draws are left out. */
const MEANINGS: Meanings = {
  // What runs are made of is compared fact by fact.
  run: () => '',
  power: ({ event, reason }) => [event, reason],
  transition: ({ machine, from, to, event }) => [machine, from, to, event],
  screen: (entry) => {
    if ('skipped' in entry) return entry.skipped
    const { page, step, title, body, failure } = entry.screen
    const errors = body.flatMap(({ tone, text }) => (tone === 'error' ? [text] : []))
    return [page, step, title, errors, failure, entry.isWaiting]
  },
  stimulus: ({ stimulus }) => stimulus,
  choice: ({ of, picked }) => [of, picked],
  network: (entry) => entry,
  device: ({ isJoined, managedBy, privacy }) => [isJoined, managedBy, privacy],
  request: ({ method, operation, url }) => [method, operation, comparableUrl(url)],
  response: ({ status, trouble, missing, by, headers = {}, body }) => [
    status,
    trouble,
    missing,
    by,
    comparableMessage({ headers, bytes: 0, ...(body === undefined ? {} : { body }) }),
  ],
  session: ({ event, startedBy, result, commands }) => [event, startedBy, result, commands],
  csp: ({ by, command, uri, status }) => [by, command, uri, status],
  app: ({ id, scope, state, attempt, exitCode, code }) => [id, scope, state, attempt, exitCode, code],
  tpm: ({ command, code }) => [command, code],
  log: ({ channel, id, level, event }) => [channel, id, level, event],
  outcome: ({ outcome }) => outcome,
  verdict: ({ passed, failures }) => [passed, failures],
}

/** Two entries with the same text are the same step. Secrets count as alike, for a journal has their names alone. */
export function meaningOf(entry: JournalEntry): string {
  const { at: _at, seq: _seq, ...fact } = entry
  const meaning = MEANINGS[fact.kind] as (fact: JournalFact) => unknown
  return `${fact.kind} ${JSON.stringify(withoutSecrets(meaning(fact)))}`
}

/** The same value, with a mark for each secret: its name says only where it was written. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  const members = Object.entries(value)
  if (members.length === 1 && members[0]![0] === 'secret') return '•••'
  return Object.fromEntries(members.map(([name, member]) => [name, withoutSecrets(member)]))
}
