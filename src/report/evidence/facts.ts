import { asGuid } from '../../domain/enrollment-id.ts'
import type { AppFact, DeviceFact, JournalEntry, LogFact, RecordedSpec } from '../../domain/journal.ts'
import { specIn } from '../../journal/story.ts'
import { bodyText } from '../../journal/wire.ts'

export type At<Fact> = Fact & { at: number }

/** A value that was written to the management tree, by whomever. */
export interface Written {
  uri: string
  value: string
  at: number
}

/** What evidence is made of: the part of a journal that the disk of the device still has. A reset takes all before it. */
export interface DiskFacts {
  spec: RecordedSpec | undefined
  entries: readonly JournalEntry[]
  /** ISO 8601 of a moment of the run, by the device's clock at its beginning. */
  timeOf: (at: number) => string
  endedAt: number
  device: DeviceFact | undefined
  /** The enrolment's GUID; zeros before there is one. */
  enrollment: string
  /** The profile of the look-up, and when it came. */
  profile: { json: Record<string, unknown>; at: number } | undefined
  join: { thumbprint: string; upn: string | undefined; at: number } | undefined
  events: readonly At<LogFact>[]
  apps: readonly At<AppFact>[]
  /** In the order in which they came; a node may be there several times. */
  written: readonly Written[]
  /** The hardware hash that the device sent, and its size in time. */
  hardwareHash: string | undefined
}

const NO_ENROLLMENT = '00000000-0000-0000-0000-000000000000'

/** Reads a journal, or what of it there is, once for all writers. */
export function diskFacts(journal: readonly JournalEntry[]): DiskFacts {
  const spec = specIn(journal)
  const began = Date.parse(spec?.startsAt ?? '')
  const start = Number.isNaN(began) ? 0 : began
  const since = journal.findLastIndex((entry) => entry.kind === 'power' && entry.event === 'reset')
  const entries = journal.slice(since + 1)
  const events: At<LogFact>[] = []
  const apps: At<AppFact>[] = []
  const written: Written[] = []
  let device: DeviceFact | undefined
  for (const entry of entries) {
    if (entry.kind === 'log') events.push(entry)
    else if (entry.kind === 'app') apps.push(entry)
    else if (entry.kind === 'device') device = entry
    else if (entry.kind === 'csp' && entry.status === 200 && entry.command !== 'Get' && entry.value !== undefined) {
      written.push({ uri: entry.uri, value: entry.value, at: entry.at })
    }
  }
  return {
    spec,
    entries,
    timeOf: (at) => new Date(start + at).toISOString(),
    endedAt: journal.at(-1)?.at ?? 0,
    device,
    enrollment: device ? asGuid(device.deviceId) : NO_ENROLLMENT,
    profile: profileIn(entries),
    join: joinIn(entries, written),
    events,
    apps,
    written,
    hardwareHash: hashIn(journal),
  }
}

/** Answers to an operation that were taken, the last first. */
function answersTo(entries: readonly JournalEntry[], operation: string): { body: string; at: number }[] {
  const ids = new Set(
    entries.flatMap((entry) => (entry.kind === 'request' && entry.operation === operation ? [entry.id] : [])),
  )
  return entries
    .flatMap((entry) =>
      entry.kind === 'response' && entry.status === 200 && ids.has(entry.id)
        ? [{ body: bodyText(entry.body) ?? '', at: entry.at }]
        : [],
    )
    .reverse()
}

function profileIn(entries: readonly JournalEntry[]): DiskFacts['profile'] {
  const [answer] = answersTo(entries, 'Autopilot lookup')
  const json = answer && objectIn(answer.body)
  return json && { json, at: answer.at }
}

function joinIn(entries: readonly JournalEntry[], written: readonly Written[]): DiskFacts['join'] {
  const [answer] = answersTo(entries, 'MS-DVRJ device join')
  const certificate = objectIn(answer?.body ?? '')?.Certificate as { Thumbprint?: unknown } | undefined
  if (!answer || typeof certificate?.Thumbprint !== 'string') return undefined
  const upn = written.findLast(({ uri }) => /\/DMClient\/Provider\/[^/]+\/UPN$/.test(uri))?.value
  return { thumbprint: certificate.Thumbprint, upn, at: answer.at }
}

function hashIn(journal: readonly JournalEntry[]): string | undefined {
  const asked = journal.findLast((entry) => entry.kind === 'request' && entry.operation === 'Autopilot lookup')
  const hash = asked?.kind === 'request' ? objectIn(bodyText(asked.body) ?? '')?.hardwareHash : undefined
  return typeof hash === 'string' ? hash : undefined
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** The last value of each node whose URI fits, by its URI. */
export function lastValues({ written }: DiskFacts, pattern: RegExp): Map<string, Written> {
  const values = new Map<string, Written>()
  for (const one of written) if (pattern.test(one.uri)) values.set(one.uri, one)
  return values
}

export function plainName(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
