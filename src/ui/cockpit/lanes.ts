import type { JournalEntry } from '../../domain/journal.ts'
import { stimulusText } from '../../journal/stimulus-text.ts'
import type { SpanStyle } from '../rows/row.ts'
import { STYLE } from './style.ts'

/** Something on a lane: at a moment, or for a time. */
export interface Mark {
  /** The entry after which it is so. */
  seq: number
  at: number
  until?: number
  text: string
  glyph: string
  style: SpanStyle
}

export interface Lane {
  name: string
  marks: Mark[]
}

/** What happened over device time, each kind on its lane. */
export function lanesOf(entries: readonly JournalEntry[]): Lane[] {
  const end = entries.at(-1)?.at ?? 0
  return [
    { name: 'All', marks: [] },
    { name: 'Pages', marks: pages(entries, end) },
    { name: 'Power', marks: marks(entries, power) },
    { name: 'Network', marks: marks(entries, network) },
    { name: 'By hand', marks: marks(entries, stimulus) },
    { name: 'Requests', marks: marks(entries, answer) },
    { name: 'Sessions', marks: sessions(entries, end) },
    { name: 'Apps', marks: marks(entries, app) },
    { name: 'Log', marks: marks(entries, log) },
  ]
}

type Look = Omit<Mark, 'seq' | 'at'> | undefined

const marks = (entries: readonly JournalEntry[], look: (entry: JournalEntry) => Look): Mark[] =>
  entries.flatMap((entry) => {
    const seen = look(entry)
    return seen ? [{ seq: entry.seq, at: entry.at, ...seen }] : []
  })

function pages(entries: readonly JournalEntry[], end: number): Mark[] {
  const found: Mark[] = []
  for (const entry of entries) {
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    const { page } = entry.screen
    const before = found.at(-1)
    if (before?.text === page) continue
    if (before) before.until = entry.at
    found.push({ seq: entry.seq, at: entry.at, until: end, text: page, glyph: '─', style: STYLE.lit })
  }
  return found
}

function sessions(entries: readonly JournalEntry[], end: number): Mark[] {
  const found: Mark[] = []
  for (const entry of entries) {
    if (entry.kind !== 'session') continue
    const text = `session ${entry.session}`
    if (entry.event === 'begun') {
      found.push({ seq: entry.seq, at: entry.at, until: end, text, glyph: '━', style: STYLE.good })
      continue
    }
    const begun = found.findLast((mark) => mark.text === text)
    if (!begun) continue
    begun.until = entry.at
    if (entry.result !== 'held') begun.style = STYLE.bad
  }
  return found
}

const power = (entry: JournalEntry): Look =>
  entry.kind === 'power'
    ? {
        text: `${entry.event} ${entry.boot}`,
        glyph: entry.event === 'on' ? '●' : '○',
        style: entry.event === 'cut' ? STYLE.bad : STYLE.lit,
      }
    : undefined

const network = (entry: JournalEntry): Look =>
  entry.kind === 'network'
    ? {
        text: entry.ssid ?? entry.via,
        glyph: entry.isOnline ? '▲' : '▽',
        style: entry.isOnline ? STYLE.good : STYLE.caution,
      }
    : undefined

const stimulus = (entry: JournalEntry): Look =>
  entry.kind === 'stimulus'
    ? { text: `${entry.by}: ${stimulusText(entry.stimulus)}`, glyph: '◆', style: STYLE.key }
    : undefined

function answer(entry: JournalEntry): Look {
  if (entry.kind !== 'response') return undefined
  const isGood = entry.status !== undefined && entry.status < 400
  return {
    text: `#${entry.id} ${entry.status ?? entry.trouble ?? ''}`,
    glyph: isGood ? '·' : '✗',
    style: isGood ? STYLE.quiet : STYLE.bad,
  }
}

const app = (entry: JournalEntry): Look =>
  entry.kind === 'app'
    ? {
        text: `${entry.name ?? entry.id}: ${entry.state}`,
        glyph: entry.state === 'installed' ? '■' : entry.state === 'failed' ? '✗' : '·',
        style: entry.state === 'failed' ? STYLE.bad : entry.state === 'installed' ? STYLE.good : STYLE.quiet,
      }
    : undefined

const log = (entry: JournalEntry): Look =>
  entry.kind === 'log' && entry.level !== 'information'
    ? {
        text: entry.text,
        glyph: entry.level === 'error' ? '✗' : '!',
        style: entry.level === 'error' ? STYLE.bad : STYLE.caution,
      }
    : undefined

/** The moment before or after one, as a count of entries: the next mark of the lane, or the next step of the whole journal. */
export function scrubbed(
  entries: readonly JournalEntry[],
  lane: Lane,
  moment: number | null,
  by: 1 | -1,
): number | null {
  const now = moment ?? entries.length
  const stops = lane.marks.length > 0 ? lane.marks.map(({ seq }) => countAfter(entries, seq)) : stepsOf(entries)
  const next = by > 0 ? stops.find((stop) => stop > now) : stops.findLast((stop) => stop < now)
  if (next !== undefined) return next
  return by > 0 ? null : (moment ?? stops[0] ?? null)
}

/** How many entries there are up to the one with this number. A journal may lack kinds that this version does not know. */
export const countAfter = (entries: readonly JournalEntry[], seq: number): number => {
  const index = entries.findIndex((entry) => entry.seq > seq)
  return index < 0 ? entries.length : index
}

/** Ends of what happened at the same moment. */
const stepsOf = (entries: readonly JournalEntry[]): number[] =>
  entries.flatMap(({ at }, index) => (entries[index + 1]?.at === at ? [] : [index + 1]))
