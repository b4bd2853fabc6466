import { expect, test } from 'vitest'
import {
  type FoundBackups,
  type WindowsRestoreInput,
  windowsRestoreMachine,
} from '../../../machines/pages/windows-restore.ts'
import { aTrouble } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const input: WindowsRestoreInput = { isDone: false, isEnrolled: true }
const old = { id: 'one', device: 'OLD-LAPTOP', lastModified: '2025-06-20T07:30:00.000Z' }
const found: FoundBackups = { kind: 'found', backups: [{ ...old, id: 'two', device: 'NEWER' }, old] }
const why = [{ fact: 'the user has no backup', effect: 'restore page skipped' }]
const refused: FoundBackups = { kind: 'refused', trouble: aTrouble({ code: '53003' }) }

const restore = (backup = old.id) => press('user.next', { backup })
const skip = press('user.skip')

/** A person whose backups are these. */
const start = (
  answer: FoundBackups = found,
  over: Partial<WindowsRestoreInput> = {},
  ...moves: Moves<typeof windowsRestoreMachine>
) => {
  const machine = windowsRestoreMachine.provide({ actors: { findBackups: replies<FoundBackups>(answer).logic } })
  return play(machine, { ...input, ...over }, ...moves)
}

test.each<[Partial<WindowsRestoreInput>, string]>([
  [{ isDone: true }, 'the restore page was dealt with before'],
  [{ isEnrolled: false }, 'the device is not enrolled'],
])('%o: the page is not shown, and no backup is looked up', async (over, fact) => {
  expect(outcomeOf(await start(found, over))).toEqual(skipped(fact, 'restore page skipped'))
})

test('the page says why it is not shown', async () => {
  expect(outcomeOf(await start({ kind: 'notOffered', why }))).toEqual({ kind: 'doesNotApply', why })
})

test('the chosen backup is restored, and not the first', async () => {
  expect(contextOf(await start(found, {}, restore())).chosen).toEqual(old)
  expect(outcomeOf(await start(found, {}, restore(), 30_000))).toEqual({ kind: 'restored', device: 'OLD-LAPTOP' })
})

test('a backup that is not in the list is not taken', async () => {
  expect(stateOf(await start(found, {}, restore('three')))).toBe('choosing')
})

test('the page says what the service refuses, and the device is set up as new', async () => {
  expect(contextOf(await start(refused)).trouble?.code).toBe('53003')
  expect(outcomeOf(await start(refused, {}, skip))).toEqual({ kind: 'setUpAsNew' })
})

everyMove(windowsRestoreMachine, {
  context: { ...firstContext(windowsRestoreMachine, input), backups: [old], chosen: old },
  events: { 'user.next': restore(), 'user.skip': skip },
  moves: {
    looking: {},
    choosing: { 'user.next': 'restoring', 'user.skip': 'setUpAsNew' },
    restoring: {},
    refused: { 'user.skip': 'setUpAsNew' },
  },
})

everyOutcome(windowsRestoreMachine, {
  restored: async () => outcomeOf(await start(found, {}, restore(), 30_000)),
  setUpAsNew: async () => outcomeOf(await start(found, {}, skip)),
  doesNotApply: async () => outcomeOf(await start(found, { isDone: true })),
})
