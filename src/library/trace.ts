import type { JournalEntry } from '../domain/journal.ts'
import type { Run } from './types.ts'

/** Values that differ from seed to seed, each kind with its placeholder. */
const VOLATILE: readonly [name: string, pattern: RegExp][] = [
  ['guid', /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi],
  ['time', /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g],
  ['hash', /\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b/gi],
  ['name', /\b(?:DESKTOP|LAPTOP)-[0-9A-Z]{7}\b/g],
  ['blob', /\b[A-Za-z0-9+/_-]{60,}={0,2}/g],
]

/** Equal values get equal numbers: `<guid#1>`. */
function withPlaceholders(): (text: string) => string {
  const known = new Map<string, string>()
  const counts = new Map<string, number>()
  const placeholder = (kind: string, value: string): string => {
    const key = `${kind} ${value.toLowerCase()}`
    const before = known.get(key)
    if (before !== undefined) return before
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    known.set(key, `<${kind}#${count}>`)
    return known.get(key)!
  }
  return (text) =>
    VOLATILE.reduce((left, [kind, pattern]) => left.replace(pattern, (value) => placeholder(kind, value)), text)
}

/** What of the journal a trace has: what happened, without when. */
function linesOf(entry: JournalEntry, operations: Map<number, string>): string[] {
  switch (entry.kind) {
    case 'power':
      return [`power ${entry.event}`]
    case 'transition':
      return entry.to === undefined
        ? []
        : [`state ${entry.machine}: ${entry.from ?? '·'} → ${entry.to} (${entry.event})`]
    case 'screen':
      return 'screen' in entry ? [`page ${entry.screen.page}: ${entry.screen.title}`] : [`skipped ${entry.skipped}`]
    case 'request': {
      const { pathname } = URL.canParse(entry.url) ? new URL(entry.url) : { pathname: entry.url }
      operations.set(entry.id, entry.operation)
      return [`request ${entry.operation}: ${entry.method} ${pathname}`]
    }
    case 'response':
      return [`response ${operations.get(entry.id) ?? '?'}: ${entry.status ?? entry.trouble ?? 'none'}`]
    case 'session':
      return entry.event === 'ended'
        ? [`session ${entry.session}: ${typeof entry.result === 'object' ? entry.result.code : entry.result}`]
        : []
    case 'csp':
      return entry.by === 'server' ? [`csp ${entry.command} ${entry.uri}: ${entry.status}`] : []
    case 'app':
      return [`app ${entry.name ?? entry.id}: ${entry.state}`]
    case 'log':
      return [`log ${entry.event ?? entry.text}`]
    case 'outcome':
      return [`outcome ${entry.outcome.kind}`]
    default:
      return []
  }
}

/**
 * What a run did, line by line, for a golden file: states, pages, requests with their answers, commands, apps and logged events.
 * Values that differ from seed to seed are placeholders. A line that follows itself is there once.
 */
export function traceOf({ journal }: Run): string {
  const put = withPlaceholders()
  const operations = new Map<number, string>()
  const lines = journal.flatMap((entry) => linesOf(entry, operations)).map(put)
  return `${lines.filter((line, index) => line !== lines[index - 1]).join('\n')}\n`
}
