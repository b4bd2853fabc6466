import { describe, expect, test } from 'vitest'
import { FRESH_BOOT } from '../../src/domain/boot.ts'
import type { JournalEntry, JournalFact } from '../../src/domain/journal.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { seenOf, seenText, VIEWS } from '../../src/journal/seen.ts'

const network: Screen = {
  page: 'network',
  title: "Let's connect you to a network",
  body: [{ text: 'Choose one.' }],
  controls: [
    { kind: 'choice', id: 'ssid', label: 'Networks', options: [{ id: 'School', label: 'School' }], selected: 'School' },
    { kind: 'button', id: 'next', label: 'Next', event: 'user.next' },
  ],
  why: [],
}
const shown = (screen: Screen): JournalFact => ({ kind: 'screen', screen })
const log: JournalFact = {
  ...{ kind: 'log', channel: 'Admin', id: 75, level: 'information', text: 'Enrolled.', event: 'mdmEnrollSucceeded' },
}
const step = (to: string): JournalFact => ({ kind: 'transition', machine: 'network', from: 'looking', to, event: 'x' })
const USUAL: readonly JournalFact[] = [
  step('choosing'),
  shown(network),
  log,
  { kind: 'outcome', outcome: { kind: 'failed', page: 'enrollment', code: '0x80180018', text: 'No licence.' } },
]
const played = (facts: readonly JournalFact[], every = 1_000): { journal: JournalEntry[] } => ({
  journal: facts.map((fact, seq) => ({ ...fact, seq, at: seq * every })),
})

/** The views that see a difference. */
function differing(facts: readonly JournalFact[], every?: number): string[] {
  const [before, now] = [seenOf(played(USUAL)), seenOf(played(facts, every))]
  return VIEWS.filter((view) => before[view] !== now[view])
}
const withFact = (index: number, fact: JournalFact) => USUAL.with(index, fact)

describe('nothing is seen', () => {
  test.each<[string, readonly JournalFact[]]>([
    ['of what a statechart does inside', withFact(0, step('somewhereElse'))],
    ['of another language', withFact(1, shown({ ...network, title: 'Netzwerk', english: network.title }))],
    ['of the verdict', [...USUAL, { kind: 'verdict', passed: false, failures: ['x'] }]],
  ])('%s', (_, facts) => expect(differing(facts)).toEqual([]))
})

describe('it is seen', () => {
  const [choice, next] = network.controls as [Screen['controls'][number], Screen['controls'][number]]
  test.each<[string, readonly JournalFact[], string[]]>([
    ['another sentence', withFact(1, shown({ ...network, body: [{ text: 'Select one.' }] })), ['screens']],
    [
      'that a button cannot be pressed',
      withFact(1, shown({ ...network, controls: [choice, { ...next, disabled: true } as never] })),
      ['screens'],
    ],
    [
      'that another option is selected',
      withFact(1, shown({ ...network, controls: [{ ...choice, selected: 'Other' } as never, next] })),
      ['screens'],
    ],
    ['that a page is skipped', withFact(1, { kind: 'screen', skipped: 'network', why: [] }), ['screens']],
    ['what an event says', withFact(2, { ...log, data: { Status: '0x1' } } as JournalFact), ['log']],
    ['that a request was sent', [...USUAL, { kind: 'response', id: 1, status: 200 }], ['wire']],
    [
      'that an app was tried once more',
      [...USUAL, { kind: 'app', type: 'msi', id: 'a', scope: 'device', state: 'installing', attempt: 2 }],
      ['apps'],
    ],
    [
      'that a node got another value',
      [...USUAL, { kind: 'csp', by: 'server', command: 'Replace', uri: './x', status: 200 }],
      ['device'],
    ],
    [
      'that it ended with another code',
      withFact(3, { kind: 'outcome', outcome: { kind: 'failed', page: 'enrollment', code: '0x80180014', text: '' } }),
      ['screens'],
    ],
  ])('%s', (_, facts, views) => expect(differing(facts)).toEqual(views))

  test('when it happens', () => expect(differing(USUAL, 2_000)).toEqual(['screens', 'log']))
})

test('the next start sees what is on the disk', () => {
  const states = [false, true].map((helloDone) => ({ ...FRESH_BOOT, deviceName: 'SCHOOL-1', helloDone }))
  const seen = (after: number) =>
    seenOf({ ...played(USUAL), disks: states.map((disk, index) => ({ at: index * after, disk })) })
  const before = seen(1_000)
  expect(seen(1_000)).toEqual(before)
  const { disk, ...rest } = seen(2_000)
  expect({ ...rest, disk: before.disk }).toEqual(before)
  expect(disk).not.toBe(before.disk)
})

test('a run is some lines: its end, its pages, and what each view saw', () => {
  expect(seenText(played(USUAL))).toMatch(
    /^failed after 3\.0s\nnetwork\nscreens 2 [0-9a-f]{10}, wire 0 \w+, device 0 \w+, apps 0 \w+, log 1 \w+, disk 0 \w+$/,
  )
})
