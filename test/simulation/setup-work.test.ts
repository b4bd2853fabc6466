import { expect, test } from 'vitest'
import { SETUP_WORK } from '../../src/domain/setup-work.ts'
import { type Change, firstSeen, played } from './played.ts'

const WORK = ['joinSeconds', 'enrollmentSeconds', 'firstSessionSeconds'] as const

/** How long the device is at the join, at the enrolment, and until the status page, in seconds. */
async function partsOf(change: Change = {}): Promise<number[]> {
  const { journal, outcome } = await played('surface-wifi-happy-path', change)
  expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
  const begun = journal.find((entry) => entry.kind === 'session' && entry.event === 'begun')!
  const times = [firstSeen(journal, 'deviceJoin')!, firstSeen(journal, 'enrollment')!, begun.at]
  return [times[1]! - times[0]!, times[2]! - times[1]!, firstSeen(journal, 'enrollmentStatus')! - begun.at].map(
    (ms) => ms / 1_000,
  )
}

test('a device states how long its join, its enrolment and the time to its first session take', async () => {
  const none = await partsOf({ setup: { joinSeconds: 0, enrollmentSeconds: 0, firstSessionSeconds: 0 } })
  expect(none.every((seconds) => seconds < 5)).toBe(true)
  const [join, rest, open] = await partsOf({
    setup: { joinSeconds: 100, enrollmentSeconds: 200, firstSessionSeconds: 7 },
  })
  expect([join! - none[0]!, rest! - none[1]!, open! - none[2]!]).toEqual([100, 207, 0])
})

test('a device that states nothing takes as long as was measured', async () => {
  const none = await partsOf({ setup: { joinSeconds: 0, enrollmentSeconds: 0, firstSessionSeconds: 0 } })
  const parts = await partsOf()
  const [join, enrollment, firstSession] = WORK.map((name) => SETUP_WORK[name].seconds)
  expect(parts.map((seconds, index) => seconds - none[index]!)).toEqual([join, enrollment! + firstSession!, 0])
})

test('a device that was reset with its enrolment has no first session once more', async () => {
  const slow = { setup: { firstSessionSeconds: 1_000 } }
  const [usual, late] = await Promise.all([played('autopilot-reset-local'), played('autopilot-reset-local', slow)])
  expect(late.outcome).toEqual(usual.outcome)
  // Once, at the first enrolment.
  expect(late.durationMs - usual.durationMs).toBe((1_000 - SETUP_WORK.firstSessionSeconds.seconds) * 1_000)
})
