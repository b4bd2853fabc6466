import { createHash } from 'node:crypto'
import type { BootState } from '../domain/boot.ts'
import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, JournalFact, JournalKind } from '../domain/journal.ts'
import type { Control, Screen } from '../domain/screen.ts'
import { outcomeOf } from './outcome.ts'
import { pagesOf } from './pages.ts'

/** Who sees it: the person, the services, an administrator in the management tree, in the apps and in the event logs, and the next start. */
export const VIEWS = ['screens', 'wire', 'device', 'apps', 'log', 'disk'] as const

export type View = (typeof VIEWS)[number]

type Seen = {
  [Kind in JournalKind]:
    | { by: Exclude<View, 'disk'>; what(entry: Extract<JournalFact, { kind: Kind }>): unknown }
    | undefined
}

/**
 * What of an entry is seen from outside. What statecharts do inside is left out: one that is built otherwise and does the same
 * is the same. Words are English in each language.
 */
const SEEN: Seen = {
  run: undefined,
  power: { by: 'screens', what: ({ event, boot, reason }) => [event, boot, reason] },
  transition: undefined,
  screen: {
    by: 'screens',
    what: (entry) =>
      'skipped' in entry ? ['skipped', entry.skipped, entry.why] : [shown(entry.screen), entry.isWaiting],
  },
  stimulus: undefined,
  choice: undefined,
  network: { by: 'device', what: ({ via, ssid, isOnline }) => [via, ssid, isOnline] },
  device: { by: 'device', what: ({ name, isJoined, managedBy, privacy }) => [name, isJoined, managedBy, privacy] },
  request: { by: 'wire', what: ({ id, method, url, certificate }) => [id, method, url, certificate] },
  response: { by: 'wire', what: ({ id, status, trouble, by }) => [id, status, trouble, by] },
  session: {
    by: 'wire',
    what: ({ event, address, startedBy, result, commands }) => [event, address, startedBy, result, commands],
  },
  csp: { by: 'device', what: ({ by, command, uri, status, value }) => [by, command, uri, status, value] },
  app: {
    by: 'apps',
    what: ({ id, scope, state, attempt, exitCode, code }) => [id, scope, state, attempt, exitCode, code],
  },
  tpm: { by: 'device', what: ({ command, code }) => [command, code] },
  log: { by: 'log', what: ({ channel, id, level, event, data }) => [channel, id, level, event, data] },
  outcome: {
    by: 'screens',
    what: ({ outcome }) => [outcome.kind, 'code' in outcome ? [outcome.page, outcome.code] : []],
  },
  verdict: undefined,
}

const shown = ({
  page,
  language,
  step,
  title,
  english,
  body,
  controls,
  progress,
  brand,
  failure,
  why,
}: Screen): unknown => [
  [page, language, step, english ?? title, brand?.name, failure?.code, why],
  body.map((line) => [line.tone, line.english ?? line.text]),
  controls.map(offered),
  [progress?.fraction, progress?.categories?.map(({ id, state, steps }) => [id, state, steps.map((one) => one.state)])],
]

function offered(control: Control): unknown {
  const { kind, id } = control
  if (kind === 'choice') return [id, control.selected, control.options.map((one) => one.id)]
  if (kind === 'switch') return [id, control.isOn]
  if (kind === 'text') return [id, control.value]
  return kind === 'button' ? [id, control.disabled] : [id]
}

/** What a view saw of a run: how much, and a digest of it with its times. */
export type SeenRun = Readonly<Record<View, string>>

interface Played {
  journal: readonly JournalEntry[]
  /** What a restart would have found, from each moment on at which that changed. */
  disks?: readonly { at: number; disk: BootState }[] | undefined
}

/** The same for two runs where nothing is to be seen by which they differ. */
export function seenOf({ journal, disks = [] }: Played): SeenRun {
  const views = new Map(VIEWS.map((view) => [view, { count: 0, hash: createHash('sha256') }]))
  for (const entry of journal) {
    const seen = SEEN[entry.kind] as { by: View; what(one: JournalEntry): unknown } | undefined
    if (!seen) continue
    const view = views.get(seen.by)!
    view.count++
    view.hash.update(`${entry.at} ${entry.kind} ${JSON.stringify(seen.what(entry))}\n`)
  }
  const kept = views.get('disk')!
  for (const { at, disk } of disks) {
    kept.count++
    kept.hash.update(`${at} ${JSON.stringify(Object.entries(disk).sort(([one], [other]) => (one < other ? -1 : 1)))}\n`)
  }
  const texts = [...views].map(([view, { count, hash }]) => [view, `${count} ${hash.digest('hex').slice(0, 10)}`])
  return Object.fromEntries(texts) as Record<View, string>
}

/** A run in some lines, for a golden file: how and when it ended, its pages, and what each view saw. */
export function seenText(played: Played): string {
  const { journal } = played
  const outcome = outcomeOf(journal)
  const seen = seenOf(played)
  return [
    `${outcome?.kind ?? 'no end'} after ${formatDuration(journal.findLast(({ kind }) => kind === 'outcome')?.at ?? 0)}`,
    pagesOf(journal).join(' '),
    VIEWS.map((view) => `${view} ${seen[view]}`).join(', '),
  ].join('\n')
}
