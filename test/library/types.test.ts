import { expect, test } from 'vitest'
import { firstBoot, type ScenarioWords } from '../../src/library/index.ts'
import { toEnd, toReach } from '../../src/library/node-test.ts'
import type { Run } from '../../src/library/types.ts'
import '../../src/library/vitest.ts'

/** Never called: the type checker is the judge. A line that would compile is an error of its own there. */
function wrongNames(run: Run, promise: ReturnType<typeof firstBoot>): void {
  expect(run).toReach('network.connecting')
  expect(run).toReach('deviceSetup.*')
  // @ts-expect-error no such page
  expect(run).toReach('welcom')
  // @ts-expect-error no such state
  expect(run).toReach('network.conecting')
  // @ts-expect-error no such page
  expect(run).toNever('enrolmentFailure')
  // @ts-expect-error no such outcome
  expect(run).toEnd('dekstop')
  // @ts-expect-error no such page in an order
  expect(run).toFollow(['region', 'keybord'])
  expect(run).toTake('network.askingForKey → connecting')
  // @ts-expect-error no such transition
  expect(run).toTake('network.askingForKey → conected')
  expect(run).toHaveLogged('mdmEnrollSucceeded')
  // @ts-expect-error no such event
  expect(run).toHaveLogged('mdmEnrolSucceeded')
  expect(run).toShow({ wording: 'network.title' })
  // @ts-expect-error no such text
  expect(run).toShow({ wording: 'network.titel' })
  // @ts-expect-error no such state of an app
  expect(run).toHaveApp('PaperCut', 'instaled')
  // @ts-expect-error no such kind of entry
  expect(run).toHaveRecorded('weather')
  // @ts-expect-error a promise is no run
  toReach(promise, 'desktop')
  // @ts-expect-error no such outcome
  toEnd(run, 'dekstop')
  const state: ScenarioWords['expect'] = {
    outcome: 'desktop',
    // @ts-expect-error no such state
    reach: ['network.conecting'],
  }
  void state
  void firstBoot({
    device: undefined as never,
    tenant: undefined as never,
    // @ts-expect-error no such state
    events: [{ when: { state: 'deviceSetup.appz' }, wifi: 'off' }],
  })
}

test('a wrong name does not compile', () => {
  expect(wrongNames).toBeTypeOf('function')
})
