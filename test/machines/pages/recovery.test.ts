import { expect, test } from 'vitest'
import { type RecoveryInput, recoveryMachine } from '../../../machines/pages/recovery.ts'
import {
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

const input: RecoveryInput = { languages: ['en-US', 'es-MX'], retries: 5, isRecovering: false, entersRecovery: true }
const start = (over: Partial<RecoveryInput> = {}, ...moves: Moves<typeof recoveryMachine>) =>
  play(recoveryMachine, { ...input, ...over }, ...moves)

const choice = { language: 'es-MX', region: 'MX', keyboard: '0000080a' }
const choose = (over: Partial<typeof choice> = {}) => press('user.next', { ...choice, ...over })

test.each<[string, Partial<RecoveryInput>, [string, string]]>([
  [
    'of a device that was broken off four times',
    { retries: 4 },
    ['the first boot was broken off 4 times, fewer than 5', 'recovery form not shown'],
  ],
  [
    'where the behaviour says so',
    { entersRecovery: false },
    ['behaviour.entersRecovery is false', 'recovery form not shown'],
  ],
])('does not apply to the first boot %s', async (_, over, why) => {
  expect(outcomeOf(await start(over))).toEqual(skipped(...why))
})

test('all three are chosen at once', async () => {
  expect(stateOf(await start())).toBe('choosing')
  expect(outcomeOf(await start({}, choose()))).toEqual({ kind: 'chosen', ...choice })
})

test.each([{ language: 'fr-FR' }, { region: 'XX' }, { keyboard: 'qwerty' }])('%j is not offered', async (over) => {
  expect(stateOf(await start({}, choose(over)))).toBe('choosing')
})

everyMove(recoveryMachine, {
  context: firstContext(recoveryMachine, input),
  events: { 'user.next': choose() },
  moves: { choosing: { 'user.next': 'chosen' } },
})

everyOutcome(recoveryMachine, {
  chosen: async () => outcomeOf(await start({}, choose())),
  settled: async () => outcomeOf(await start({ isRecovering: true })),
  doesNotApply: async () => outcomeOf(await start({ retries: 0 })),
})
