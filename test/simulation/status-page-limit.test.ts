import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { type Change, played } from './played.ts'

const MINUTE = 60_000

/** How long the status page was on the screen each time, until a failure that was the last, or until it was left. */
function timesOf(journal: readonly JournalEntry[]): number[] {
  const times: number[] = []
  let since: number | undefined
  for (const entry of journal) {
    const isOver = entry.kind === 'power' || (entry.kind === 'screen' && 'screen' in entry)
    if (!isOver) continue
    const isShown = entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'enrollmentStatus'
    if (since !== undefined && !isShown) times.push(entry.at - since)
    since = isShown ? (since ?? entry.at) : undefined
  }
  return times
}

const limited = (timeoutMinutes: number, limitOutlastsRestarts: boolean, more: Change = {}): Change => ({
  page: { timeoutMinutes, allowRetry: true, installQualityUpdates: false },
  behaviour: { limitOutlastsRestarts },
  ...more,
})

const ofAlice = { enrollmentStatusFailure: ['tryAgain' as const] }
const TIMED_OUT = { kind: 'failed', page: 'enrollmentStatusFailure', code: '0x800705b4' }

// Each of them has the status page twice for device setup, and each time for less than five minutes.
describe.each<[string, string, Change]>([
  ['a power cut', 'power-cut-during-apps', {}],
  ['Try again', 'app-fails-try-again', { person: ofAlice }],
])('the time limit of the status page after %s', (_, id, more) => {
  test('is what was left of it', async () => {
    const { outcome, journal } = await played(id, limited(5, true, more))
    expect(outcome).toMatchObject(TIMED_OUT)
    const [first, second, ...others] = timesOf(journal)
    expect(others).toEqual([])
    expect(first! + second!).toBe(5 * MINUTE)
  })

  test('begins anew on a device with limitOutlastsRestarts false', async () => {
    const { outcome, journal } = await played(id, limited(5, false, more))
    expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
    const [first, second] = timesOf(journal)
    expect(first! + second!).toBeGreaterThan(5 * MINUTE)
    expect(Math.max(first!, second!)).toBeLessThan(5 * MINUTE)
  })

  test('is of one phase: account setup has its own', async () => {
    const { outcome, journal } = await played(id, limited(6, true, more))
    expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
    const times = timesOf(journal)
    expect(times).toHaveLength(3)
    expect(times.reduce((sum, one) => sum + one)).toBeGreaterThan(6 * MINUTE)
  })
})

test.each([true, false])('a page that has timed out has its whole limit after Try again (%s)', async (outlasts) => {
  const more = { person: { enrollmentStatusFailure: ['tryAgain' as const, 'tryAgain' as const] } }
  const { outcome, journal } = await played('server-never-finishes', limited(7, outlasts, more))
  expect(outcome).toMatchObject(TIMED_OUT)
  expect(timesOf(journal)).toEqual([7 * MINUTE, 7 * MINUTE, 7 * MINUTE])
})
