import { expect, test } from 'vitest'
import { parseThreshold, ThresholdError } from '../../src/fleet/threshold.ts'

test.each([
  [
    'p95(enrollment) < 90s',
    { measure: { kind: 'time', by: { quantile: 0.95 }, of: 'enrollment' }, comparison: '<', value: 90_000, unit: 'ms' },
  ],
  [
    'p99.9( firstBoot )<=1h30m',
    {
      measure: { kind: 'time', by: { quantile: 0.999 }, of: 'firstBoot' },
      comparison: '<=',
      value: 5_400_000,
      unit: 'ms',
    },
  ],
  ['max(lag) < 2s', { measure: { kind: 'time', by: 'max', of: 'lag' }, comparison: '<', value: 2_000, unit: 'ms' }],
  ['failed < 1%', { measure: { kind: 'failed' }, comparison: '<', value: 0.01, unit: 'share' }],
  ['failed == 0', { measure: { kind: 'failed' }, comparison: '==', value: 0, unit: 'count' }],
  ['http 5xx == 0', { measure: { kind: 'http', status: '5xx' }, comparison: '==', value: 0, unit: 'count' }],
  ['http 429 <= 0.5%', { measure: { kind: 'http', status: '429' }, comparison: '<=', value: 0.005, unit: 'share' }],
  ['unanswered != 3', { measure: { kind: 'unanswered' }, comparison: '!=', value: 3, unit: 'count' }],
  ['requests > 100', { measure: { kind: 'requests' }, comparison: '>', value: 100, unit: 'count' }],
])('reads %s', (text, read) => {
  expect(parseThreshold(text)).toEqual({ text, ...read })
})

const wrong = (text: string): [number, string] => {
  try {
    parseThreshold(text)
  } catch (error) {
    if (error instanceof ThresholdError) return [error.at, error.message]
    throw error
  }
  throw new Error(`${text} was read`)
}

test.each([
  ['p95(enrolment) < 90s', 4, '"enrolment" has no time, did you mean "enrollment"'],
  ['p95(enrollment < 90s', 15, 'here belongs a closing parenthesis'],
  ['p95 enrollment < 90s', 4, 'here belongs an opening parenthesis'],
  ['p95(enrollment) 90s', 16, 'here belongs a comparison: <, <=, >, >=, == or !='],
  ['p95(enrollment) < 90', 18, 'must be a duration, such as 90s'],
  ['p95(enrollment) < 90%', 18, 'must be a duration, such as 90s'],
  ['p0(enrollment) < 1s', 0, '"p0" cannot be measured, did you mean "p50"'],
  ['p101(enrollment) < 1s', 0, '"p101" cannot be measured, did you mean'],
  ['faild < 1%', 0, '"faild" cannot be measured, did you mean "failed"'],
  ['failed < 1s', 9, 'must be a share, such as 1% or a number'],
  ['failed < 1% or so', 12, 'nothing more belongs here'],
  ['http 6xx == 0', 5, 'here belongs a status or a class of them: 503 or 5xx'],
  ['http 5xx = 0', 9, 'here belongs a comparison'],
  ['failed <', 8, 'here belongs a value'],
  ['', 0, 'here belongs what is measured'],
])('refuses %j at its first wrong character', (text, at, message) => {
  const [place, said] = wrong(text)
  expect([place, said.slice(0, message.length)]).toEqual([at, message])
})
