import { expect, test } from 'vitest'
import { deviceNameMachine } from '../../../machines/pages/device-name.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  skipped,
  stateOf,
} from '../scene.ts'

const next = (name: string) => press('user.next', { name })
const start = (isNamed: boolean, ...moves: Moves<typeof deviceNameMachine>) =>
  play(deviceNameMachine, { isNamed }, ...moves)

test.each([
  ['a', true],
  ['ROOM-12', true],
  ['exactly15chars-', true],
  ['sixteen-chars-no', false],
  ['', false],
  ['12345', false],
  ['1a', true],
  ['two words', false],
  ['under_score', false],
  ['schön', false],
  ['ROOM-12\n', false],
])('%j as a device name: %s', async (name, isValid) => {
  expect(stateOf(await start(false, next(name)))).toBe(isValid ? 'renaming' : 'asking')
})

test('does not apply when the device was named before', async () => {
  expect(outcomeOf(await start(true))).toEqual(skipped('the device was named before', 'device name skipped'))
})

test('a name that is refused is complained about, and a better one is taken', async () => {
  const refused = await start(false, next('12345'))
  expect({ state: stateOf(refused), isRefused: contextOf(refused).isRefused }).toEqual({
    state: 'asking',
    isRefused: true,
  })
  const taken = await start(false, next('12345'), next('ROOM-12'), 5_000)
  expect(outcomeOf(taken)).toEqual({ kind: 'restart', name: 'ROOM-12' })
})

test('one millisecond before the restart the page still shows', async () => {
  expect(stateOf(await start(false, next('ROOM-12'), 4_999))).toBe('renaming')
})

everyMove(deviceNameMachine, {
  context: firstContext(deviceNameMachine, { isNamed: false }),
  events: {
    'user.next': next('ROOM-12'),
    'user.next with a name that is none': next('12345'),
    'user.next with nothing': press('user.next'),
    'user.skip': press('user.skip'),
  },
  moves: {
    asking: {
      'user.next': 'renaming',
      'user.next with a name that is none': 'asking',
      'user.next with nothing': 'asking',
      'user.skip': 'skipped',
    },
    renaming: {},
  },
})

everyOutcome(deviceNameMachine, {
  restart: async () => outcomeOf(await start(false, next('ROOM-12'), 5_000)),
  skipped: async () => outcomeOf(await start(false, press('user.skip'))),
  doesNotApply: async () => outcomeOf(await start(true)),
})
