import { expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { expandDeviceName } from '../../src/device/device-name.ts'
import { InstallationQueue } from '../../src/device/installation-queue.ts'
import { nextPollMs } from '../../src/device/poll-schedule.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'

const chance = () => seededChance(1, 'identity')

test.each([
  // Documented: the serial is cut from its beginning.
  ['Test-Device-%SERIAL%', '123456', 'Test-Device-456'],
  // Observed: hyphens of the serial are removed.
  ['ISL%SERIAL%', 'ISL-ESP-01', 'ISLISLESP01'],
  ['FIXED', 'X', 'FIXED'],
  ['ABCDEFGHIJKLMNO%SERIAL%', '1', 'ABCDEFGHIJKLMNO'],
  // What the rule forbids is no name, and is not made one.
  ['ABCDEFGHIJKLMNOP%SERIAL%', '1', 'ABCDEFGHIJKLMNOP'],
  ['School PC %SERIAL%', '000-001', 'School PC 00001'],
  ['%serial%', '1', '%serial%'],
])('the template %s with serial %s gives %s', (template, serial, name) => {
  expect(expandDeviceName(template, serial, chance())).toBe(name)
})

test('random digits are the same for the same seed', () => {
  const name = expandDeviceName('LIB-%RAND:5%', 'X', chance())
  expect(name).toMatch(/^LIB-\d{5}$/)
  expect(expandDeviceName('LIB-%RAND:5%', 'X', chance())).toBe(name)
})

const pollTree = (values: Record<string, number>) => {
  const tree = new CspTree({ write: () => {} })
  for (const [name, value] of Object.entries(values))
    tree.set(`./Device/Vendor/MSFT/DMClient/Provider/P/Poll/${name}`, 'int', String(value))
  return tree
}
const INTUNE = {
  NumberOfFirstRetries: 5,
  IntervalForFirstSetOfRetries: 3,
  NumberOfSecondRetries: 8,
  IntervalForSecondSetOfRetries: 15,
  NumberOfRemainingScheduledRetries: 0,
  IntervalForRemainingScheduledRetries: 480,
}

test.each([
  [0, 3],
  [4, 3],
  [5, 15],
  [12, 15],
  [13, 480],
  [1_000, 480],
])('after %i sessions the next one is in %i minutes', (sessions, minutes) => {
  expect(nextPollMs(pollTree(INTUNE), 'P', sessions)).toBe(minutes * 60_000)
})

test('a first set that continues for ever disables the later ones', () => {
  expect(nextPollMs(pollTree({ ...INTUNE, NumberOfFirstRetries: 0, IntervalForFirstSetOfRetries: 1 }), 'P', 500)).toBe(
    60_000,
  )
})

test('with no infinite set Windows adds one of a day', () => {
  const finite = {
    NumberOfFirstRetries: 1,
    IntervalForFirstSetOfRetries: 1,
    IntervalForSecondSetOfRetries: 0,
    IntervalForRemainingScheduledRetries: 0,
  }
  expect(nextPollMs(pollTree(finite), 'P', 1)).toBe(24 * 3_600_000)
})

const job = {
  kind: 'msi' as const,
  productId: '{A}',
  version: '1',
  contentUrls: ['https://a.test/a.msi'],
  fileHash: '',
  enforcement: { commandLine: '', timeOut: 0, retryCount: 0, retryInterval: 0 },
}

test('an order that waits or is done is not taken again, a failed one is', () => {
  const queue = new InstallationQueue()
  expect([queue.order('a', job), queue.order('a', job)]).toEqual([true, false])
  const order = queue.next()!
  queue.finish(order, 0)
  expect([queue.order('a', job), order.state]).toEqual([false, 'done'])
  queue.finish(order, 1603)
  expect([queue.order('a', job), order.state]).toEqual([true, 'waiting'])
})

test('an order that was taken back while it ran does not end the one that came after it', () => {
  const queue = new InstallationQueue()
  queue.order('a', job)
  const first = queue.next()!
  queue.forget('a')
  queue.order('a', job)
  queue.finish(first, 0)
  expect([queue.remaining, queue.next()?.uri, queue.reports.length]).toEqual([1, 'a', 1])
})

test('orders run in the sequence they came in, and failed ones go back to their place', () => {
  const queue = new InstallationQueue()
  for (const uri of ['a', 'b', 'c']) queue.order(uri, job)
  queue.order('b', job)
  queue.finish(queue.next()!, 1603)
  expect([queue.next()?.uri, queue.remaining]).toEqual(['b', 2])
  expect(queue.retryFailed().map(({ uri }) => uri)).toEqual(['a'])
  expect([queue.next()?.uri, queue.remaining]).toEqual(['a', 3])
})
