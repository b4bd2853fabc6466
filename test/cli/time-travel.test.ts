import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { Target } from '../../src/domain/target.ts'
import { type Goal, isReached } from '../../src/journal/moments.ts'
import { journalText } from '../../src/journal/writer.ts'
import { replayOf, sealedScenario } from '../run/recorded.ts'
import { byHand } from './by-hand.ts'

let out: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'oobe-travel-'))
})
afterAll(() => rm(out, { recursive: true }))

const happy = () => sealedScenario('surface-wifi-happy-path')
const isReachedIn = (goal: Goal, entries: readonly JournalEntry[]) =>
  entries.some((entry) => isReached(goal, entry, null))
const text = (entries: readonly JournalEntry[]) => entries.map((entry) => JSON.stringify(entry))

test('back to the page before, and another answer: the past is the same, byte by byte', async () => {
  const { session, travel, page, answerUpTo, until } = await byHand(happy(), out)
  await answerUpTo('network')
  const before = travel.present
  const past = text(before.run.journal.entries)
  session.travel({ to: 'pageBefore' })
  await until(() => travel.present !== before && page() === 'secondKeyboard')
  const now = text(travel.present.run.journal.entries)
  expect(now).toEqual(past.slice(0, now.length))
  session.act({ page: 'secondKeyboard', control: 'back', values: {} })
  await until(() => page() === 'keyboard')
  await travel.end()
  expect(travel.left).toEqual([before.path])
  expect(readFileSync(before.path, 'utf8')).toContain('"outcome":{"kind":"stopped"}')
  expect(readFileSync(travel.present.path, 'utf8')).toContain('"control":"back"')
})

test('30 minutes back from the end, over two restarts, and to the end again; it can be played again from its folder', async () => {
  const { session, travel, answerUpTo, until } = await byHand(happy(), out)
  await answerUpTo()
  const end = session.snapshot()
  expect(end.ended).not.toBeNull()
  const boots = (entries: readonly JournalEntry[]) => entries.filter(({ kind }) => kind === 'power').length
  const first = travel.present
  session.travel({ to: 'earlier', minutes: 30 })
  await until(() => travel.present !== first && session.snapshot().ended === null)
  const { run } = travel.present
  expect(boots(run.journal.entries)).toBeLessThan(boots(first.run.journal.entries))
  expect(session.snapshot()).toMatchObject({ speed: 0, ended: null })
  expect(Math.abs(session.snapshot().now - (end.now - 30 * 60_000))).toBeLessThan(1_000)
  session.setSpeed(Number.POSITIVE_INFINITY)
  await answerUpTo()
  expect(session.summary).toBe('desktop (standard user, managed, Autopilot)')
  await travel.end()
  const written = journalText(run.journal.entries)
  const again = await replayOf({ text: written, vault: travel.present.vault })
  expect(again.split('\n').length).toBeGreaterThan(900)
  // Whether it was as expected is written by the command.
  expect(written.startsWith(again)).toBe(true)
})

test('a run is played up to the next deadline, event and transition, and waits there', async () => {
  const { session, travel, answerUpTo, until } = await byHand(happy(), out)
  await answerUpTo('network')
  session.travel({ to: 'nextPage' })
  expect(session.snapshot().note).toBe('the page waits for you: answer it')
  session.travel({ to: 'nextDeadline' })
  expect(session.snapshot().note).toBe('nothing is due: the run waits for you')
  await answerUpTo('signIn')
  const answer = () => {
    const { suggestion } = session.snapshot()
    session.act({ page: 'signIn', control: suggestion!.press, values: suggestion!.values })
  }
  answer()
  await until(() => session.isWaiting && session.snapshot().screen?.step === 'password')
  session.setSpeed(0)
  answer()
  const { entries } = travel.present.run.journal
  const played = async (to: 'nextTransition' | 'nextEvent' | 'nextDeadline') => {
    const from = entries.length
    session.travel({ to })
    expect(session.snapshot().note).toBe(null)
    await until(() => isReachedIn(to, entries.slice(from)))
    const found = entries.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    // Of the same step of the timeline a few more entries may follow, and then no others.
    expect(entries.length - found).toBeLessThan(15)
  }
  for (const goal of ['nextTransition', 'nextDeadline', 'nextEvent'] as const) await played(goal)
  await travel.end()
})

test('there is no page before the first one, and no moment before the run', async () => {
  const { travel, answerUpTo } = await byHand(happy(), out)
  await answerUpTo('region')
  expect(await travel.back({ to: 'pageBefore' }, 5_000)).toBe('no page before this one has waited for a person')
  expect(await travel.back({ to: 'earlier', minutes: 30 }, 5_000)).toBe('the run began less than 30 minutes ago')
  expect(await travel.save('scenario')).toContain('it can be saved once the run has ended')
  await travel.end()
})

test('a run against a real service has no way back', async () => {
  const { travel, answerUpTo } = await byHand(happy(), out, { title: 'an MDM' } as Target)
  await answerUpTo('keyboard')
  expect(await travel.back({ to: 'pageBefore' }, 5_000)).toBe(
    'this run talks to an MDM: its answers cannot be had again',
  )
  await travel.end()
})
