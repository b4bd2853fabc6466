import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { CategoryState, Screen } from '../../src/domain/screen.ts'
import { phasesOf } from '../../src/journal/phases.ts'

let seq = 0
const at = (ms: number, fact: Record<string, unknown>): JournalEntry =>
  ({ at: ms, seq: seq++, ...fact }) as unknown as JournalEntry
const page = (ms: number, id: string, more: Partial<Screen> = {}): JournalEntry =>
  at(ms, { kind: 'screen', screen: { page: id, title: '', body: [], controls: [], why: [], ...more } })
const esp = (ms: number, states: CategoryState[], code?: string, step: CategoryState = 'inProgress'): JournalEntry =>
  page(ms, code === undefined ? 'enrollmentStatus' : 'enrollmentStatusFailure', {
    ...(code === undefined ? {} : { failure: { code, text: '' } }),
    progress: {
      categories: ['Device preparation', 'Device setup', 'Account setup'].map((label, index) => ({
        id: label,
        label,
        state: states[index]!,
        status: '',
        steps: [{ id: 'apps', label: 'Apps', state: step, status: '1 of 2 installed' }],
      })),
    },
  })

test('a phase ends where the next page begins, and the last one is under way', () => {
  expect(phasesOf([page(0, 'powerOn'), page(10, 'signIn'), page(30, 'deviceJoin'), page(35, 'enrollment')])).toEqual([
    { name: 'Sign-in', startedAt: 10, endedAt: 30, tookMs: 20, state: 'succeeded', failures: 0 },
    { name: 'Microsoft Entra join', startedAt: 30, endedAt: 35, tookMs: 5, state: 'succeeded', failures: 0 },
    { name: 'Enrolment in management', startedAt: 35, tookMs: 0, state: 'inProgress', failures: 0 },
  ])
})

test('a failure that Try again repaired is counted, with its step and code', () => {
  const [, setup] = phasesOf([
    esp(0, ['inProgress', 'notStarted', 'notStarted']),
    esp(10, ['succeeded', 'inProgress', 'notStarted']),
    esp(20, ['succeeded', 'failed', 'notStarted'], '0x87d1041c', 'failed'),
    esp(50, ['succeeded', 'inProgress', 'notStarted']),
    esp(60, ['succeeded', 'succeeded', 'notStarted']),
    page(70, 'qualityUpdates'),
  ])
  expect(setup).toEqual({
    ...{ name: 'Device setup', startedAt: 10, endedAt: 60, tookMs: 50, state: 'succeeded', failures: 1 },
    failed: { code: '0x87d1041c', step: { label: 'Apps', status: '1 of 2 installed' } },
  })
})

test('at a time limit the step is the one that was open', () => {
  const [setup] = phasesOf([
    esp(0, ['succeeded', 'inProgress', 'notStarted']),
    esp(60, ['succeeded', 'failed', 'notStarted'], '0x800705b4'),
    at(61, { kind: 'outcome', outcome: { kind: 'stopped' } }),
  ])
  expect(setup).toEqual({
    ...{ name: 'Device setup', startedAt: 0, tookMs: 61, state: 'failed', failures: 1 },
    failed: { code: '0x800705b4', step: { label: 'Apps', status: '1 of 2 installed' } },
  })
})

test('a restart in the middle leaves a category at work, until it is seen again', () => {
  const before = [esp(0, ['succeeded', 'inProgress', 'notStarted']), page(5, 'powerOn')]
  expect(phasesOf([...before, esp(9, ['succeeded', 'notStarted', 'notStarted'])])).toMatchObject([
    { name: 'Device setup', state: 'inProgress', endedAt: 5 },
  ])
  expect(phasesOf([...before, esp(9, ['succeeded', 'succeeded', 'inProgress'])])).toMatchObject([
    { name: 'Device setup', state: 'succeeded', tookMs: 5 },
    { name: 'Account setup', state: 'inProgress' },
  ])
})

test('a power cut interrupts, and a reset begins anew', () => {
  const cut = at(8, { kind: 'power', event: 'cut', boot: 1 })
  expect(phasesOf([page(0, 'qualityUpdates'), cut])).toMatchObject([{ state: 'inProgress', endedAt: 8 }])
  const reset = at(9, { kind: 'power', event: 'reset', boot: 2 })
  expect(phasesOf([page(0, 'signIn'), reset, page(20, 'enrollment')])).toMatchObject([
    { name: 'Enrolment in management', startedAt: 20 },
  ])
})
