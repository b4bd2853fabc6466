import { expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { nextPollMs } from '../../src/device/poll-schedule.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const NAMES = [
  'NumberOfFirstRetries',
  'IntervalForFirstSetOfRetries',
  'NumberOfSecondRetries',
  'IntervalForSecondSetOfRetries',
  'NumberOfRemainingScheduledRetries',
  'IntervalForRemainingScheduledRetries',
]

/** Waits after so many sessions, with counts and intervals in the order of the nodes. */
function waits(values: number[], ...sessions: number[]): number[] {
  const tree = new CspTree({ write: () => {} })
  tree.set('./Device/Vendor/MSFT/DMClient/Provider/P', 'node', '')
  for (const [index, value] of values.entries()) {
    tree.replace(`./Device/Vendor/MSFT/DMClient/Provider/P/Poll/${NAMES[index]}`, 'int', String(value))
  }
  return sessions.map((count) => nextPollMs(tree, 'P', count))
}

test.each<[string, number[], number[], number[]]>([
  ['the default: ten times after 15 minutes, then what Windows adds', [], [0, 9, 10], [15 * MINUTE, 15 * MINUTE, DAY]],
  [
    'three sets, the last for ever',
    [2, 1, 2, 5, 0, 480],
    [0, 1, 2, 3, 4, 99],
    [1, 1, 5, 5, 480, 480].map((n) => n * MINUTE),
  ],
  ['an endless first set disables the others', [0, 1, 5, 60, 0, 480], [0, 1000], [MINUTE, MINUTE]],
  [
    'no endless set: Windows adds one of a day',
    [1, 1, 1, 2, 1, 3],
    [0, 1, 2, 3],
    [MINUTE, 2 * MINUTE, 3 * MINUTE, DAY],
  ],
  ['all zero: a day', [0, 0, 0, 0, 0, 0], [0], [DAY]],
  ['two endless sets: the first', [0, 7, 0, 9, 0, 0], [0, 50], [7 * MINUTE, 7 * MINUTE]],
  ['a count without an interval is no set', [3, 0, 0, 4, 0, 0], [0, 5], [4 * MINUTE, 4 * MINUTE]],
])('%s [point 47]', (_, values, sessions, expected) => {
  expect(waits(values, ...sessions)).toEqual(expected)
})
