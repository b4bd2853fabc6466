import { expect, test } from 'vitest'
import { UserError } from '../../src/domain/trouble.ts'
import { abreastOf, refuseTooLarge } from '../../src/fleet/demands.ts'
import { type MachineLimits, machineLimits } from '../../src/ports/machine.ts'
import { goodPlan } from './plans.ts'

const AMPLE: MachineLimits = { memoryBytes: 64 * 2 ** 30, openFiles: 1_000_000, ports: 28_000 }
const SERVICE: [string, string] = ['seed: 7', 'seed: 7\nservice: https://localhost:8443']
const many = (atOnce: number): [string, string][] => [
  ['count: 12', 'count: 9000000'],
  ['atOnce: 2', `atOnce: ${atOnce}`],
]

/** The message with its help; empty where the fleet may start. */
function refusal(changes: [string, string][], limits: Partial<MachineLimits>, workers = 2): string {
  const plan = goodPlan(...changes)
  try {
    refuseTooLarge(plan, { abreast: abreastOf(plan, workers), workers }, { ...AMPLE, ...limits })
    return ''
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [`${error.code}: ${error.message}`, ...error.details].join('\n')
  }
}

const FEWER = 'A smaller arrival.closed.atOnce, fewer --workers, or --shard I/N on several machines'

test('memory: 220 MB for each process, and 1 MB for each device under way', () => {
  expect(refusal(many(560), { memoryBytes: 1_000 * 2 ** 20 })).toBe('')
  expect(refusal(many(561), { memoryBytes: 1_000 * 2 ** 20 })).toBe(
    `ERR_FLEET_TOO_LARGE: plan.yaml: 561 devices at once need 1001 MB of memory, and there are 1000 MB free\n${FEWER}`,
  )
})

test('open files: four connections of each device of a process, and its own; the limit that would do is named', () => {
  const changes = [...many(400), SERVICE]
  expect(refusal(changes, { openFiles: 860 })).toBe('')
  expect(refusal(changes, { openFiles: 859 })).toBe(
    `ERR_FLEET_TOO_LARGE: plan.yaml: 400 devices at once need 860 of open files in a process, and there are 859\n"ulimit -n 860" allows them. ${FEWER}`,
  )
})

test('local ports: four of each device, of all processes together', () => {
  const changes = [...many(7_000), SERVICE]
  expect(refusal(changes, { ports: 28_000 })).toBe('')
  expect(refusal(changes, { ports: 27_999 })).toBe(
    `ERR_FLEET_TOO_LARGE: plan.yaml: 7000 devices at once need 28000 of local ports, and there are 27999\n${FEWER}`,
  )
})

test('against the mock there are no connections', () => {
  expect(refusal(many(7_000), { openFiles: 10, ports: 10 })).toBe('')
})

test('an open arrival has at most 2,000 devices of a process under way, and never more than there are', () => {
  const open: [string, string] = ['closed: { atOnce: 2 }', 'herd: { within: 1s }']
  expect(abreastOf(goodPlan(open), 2)).toBe(12)
  expect(abreastOf(goodPlan(open, ['count: 12', 'count: 90000']), 3)).toBe(6_000)
  expect(abreastOf(goodPlan(['atOnce: 2', 'atOnce: 500']), 2)).toBe(12)
})

test('what this machine says of itself can hold the plan of the tests', () => {
  const limits = machineLimits()
  expect(Object.values(limits).every((limit) => limit > 0)).toBe(true)
  const plan = goodPlan()
  expect(() => refuseTooLarge(plan, { abreast: 2, workers: 1 }, limits)).not.toThrow()
})
