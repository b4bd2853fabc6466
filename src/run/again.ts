import { formatDuration, parseDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { isFromOutside } from '../domain/stimulus.ts'
import { UserError } from '../domain/trouble.ts'
import { isRecordedStimulus } from './recorded-stimulus.ts'
import type { Again, Fork, ForkPoint, RecordedStimulus } from './run-options.ts'

/**
 * What a journal tells a replay besides its RunSpec. Code `ERR_JOURNAL` for a stimulus that this version cannot apply.
 *
 * @param changed other answers to choices, by their number: from the first of them on the seed answers
 */
export function againOf(
  entries: readonly JournalEntry[],
  fork?: Fork,
  changed: ReadonlyMap<number, number> = new Map(),
): Again {
  const firstChanged = Math.min(...changed.keys())
  const stimuli: RecordedStimulus[] = []
  const choices = new Map<number, number>()
  for (const entry of entries) {
    if (entry.kind === 'choice' && entry.choice < firstChanged) choices.set(entry.choice, entry.picked)
    if (entry.kind !== 'stimulus' || !isFromOutside(entry.by)) continue
    if (!isRecordedStimulus(entry)) {
      throw new UserError('ERR_JOURNAL', `entry #${entry.seq} is no stimulus that this version can apply`)
    }
    const { at, step, stimulus, by } = entry
    stimuli.push({ at, step: step!, stimulus, by })
  }
  return { stimuli, choices: new Map([...choices, ...changed]), ...(fork ? { fork } : {}) }
}

/** `#120`: after the entry with this number; `5m`, `34:43` or `1:02:03`: a moment of device time. Code `ERR_BAD_MOMENT`. */
export function parsePoint(text: string): ForkPoint {
  if (/^#\d{1,9}$/.test(text)) return { seq: Number(text.slice(1)) }
  const atMs = parseDuration(text) ?? clockTime(text)
  if (atMs !== undefined && Number.isSafeInteger(atMs)) return { atMs }
  throw new UserError('ERR_BAD_MOMENT', `"${text}" is no moment of a run`, [
    'Give the number of a journal entry (#120) or a device time (5m, 34:43, 1:02:03)',
  ])
}

function clockTime(text: string): number | undefined {
  const match = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:\.(\d{1,3}))?$/.exec(text)
  if (!match) return undefined
  const [, h = '0', m = '0', s = '0', fraction = ''] = match
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1_000 + Number(fraction.padEnd(3, '0'))
}

/** Code `ERR_BAD_MOMENT` for a point that the recorded run does not reach. */
export function refuseBeyond(point: ForkPoint, entries: readonly JournalEntry[]): void {
  const last = entries.at(-1)!
  if ('seq' in point ? point.seq <= last.seq : point.atMs <= last.at) return
  const asked = 'seq' in point ? `entry #${point.seq}` : `${formatDuration(point.atMs)} of device time`
  throw new UserError('ERR_BAD_MOMENT', `the run does not reach ${asked}`, [
    `Its journal ends with entry #${last.seq}, at ${formatDuration(last.at)} of device time`,
  ])
}
