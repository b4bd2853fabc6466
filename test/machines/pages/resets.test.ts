import { describe, expect, test } from 'vitest'
import { fromCallback, fromPromise } from 'xstate'
import { localResetMachine, type Permission } from '../../../machines/pages/local-reset.ts'
import { resettingMachine } from '../../../machines/pages/resetting.ts'
import { restoringMachine } from '../../../machines/pages/restoring.ts'
import { Secret } from '../../../src/domain/secret.ts'
import type { Trouble } from '../../../src/domain/trouble.ts'
import { aTrouble } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  outcomeOf,
  play,
  press,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const MINUTE = 60_000
const trouble = aTrouble({ code: '0x80070032' })
const begin = (email = 'dana@hillview.test', password = 'quiet library') =>
  press('user.reset', { email }, { password: new Secret(password) })

describe('the sign-in for a reset', () => {
  type Move = Parameters<typeof play<typeof localResetMachine>>[2]
  const start = (permissions: Permission[], recovery: Trouble | null, ...moves: Move[]) =>
    play(
      localResetMachine.provide({
        actors: {
          authorize: replies<Permission, unknown>(...permissions).logic as never,
          checkRecovery: fromPromise<Trouble | null>(async () => recovery),
        },
      }),
      {},
      ...moves,
    )

  test('an administrator begins the reset', async () => {
    expect(outcomeOf(await start([{ kind: 'granted' }], null, begin()))).toEqual({ kind: 'reset' })
  })

  test.each<[Permission, object]>([
    [{ kind: 'wrongPassword' }, { refusal: 'wrongPassword', trouble: null }],
    [{ kind: 'notAdministrator' }, { refusal: 'notAdministrator', trouble: null }],
    [
      { kind: 'trouble', trouble },
      { refusal: 'trouble', trouble },
    ],
  ])('%j is said, and the password is forgotten', async (permission, shown) => {
    const scene = await start([permission], null, begin())
    expect(stateOf(scene)).toBe('asking')
    expect(contextOf(scene)).toMatchObject({ ...shown, credentials: null })
  })

  test('without Windows RE nothing is begun, and the person goes back', async () => {
    const failed = await start([{ kind: 'granted' }], trouble, begin())
    expect([stateOf(failed), contextOf(failed).trouble]).toEqual(['failed', trouble])
    expect(outcomeOf(await start([{ kind: 'granted' }], trouble, begin(), press('user.close')))).toEqual({
      kind: 'cancelled',
    })
  })

  everyOutcome(localResetMachine, {
    reset: async () => outcomeOf(await start([{ kind: 'granted' }], null, begin())),
    cancelled: async () => outcomeOf(await start([], null, press('user.cancel'))),
  })

  everyMove(localResetMachine, {
    context: firstContext(localResetMachine, {}),
    events: {
      'user.reset': begin(),
      'user.reset without an address': begin(' '),
      'user.cancel': press('user.cancel'),
      'user.close': press('user.close'),
    },
    moves: {
      asking: { 'user.reset': 'authorizing', 'user.cancel': 'cancelled' },
      authorizing: {},
      checking: {},
      failed: { 'user.close': 'cancelled' },
    },
  })
})

describe('Windows is put back', () => {
  test('for 35 minutes, as an assumption between 30 and 45', async () => {
    expect(stateOf(await play(resettingMachine, {}, 35 * MINUTE - 1))).toBe('working')
    expect(outcomeOf(await play(resettingMachine, {}, 35 * MINUTE))).toEqual({ kind: 'done' })
  })

  everyOutcome(resettingMachine, { done: async () => outcomeOf(await play(resettingMachine, {}, 35 * MINUTE)) })
})

describe('until the device has been in touch with its management', () => {
  const start = (isRestored: boolean, ...moves: (number | { type: 'management.synced' })[]) =>
    play(restoringMachine.provide({ actors: { watchSessions: fromCallback(() => {}) } }), { isRestored }, ...moves)

  test('it waits, and no time limit ends that', async () => {
    expect(stateOf(await start(false, 7 * 24 * 60 * MINUTE))).toBe('waiting')
  })

  test('after a restart it does not wait a second time', async () => {
    const why = 'the device has been in touch with its management since the reset'
    expect(outcomeOf(await start(true))).toEqual(skipped(why, 'page skipped'))
  })

  everyOutcome(restoringMachine, {
    restored: async () => outcomeOf(await start(false, { type: 'management.synced' })),
    doesNotApply: async () => outcomeOf(await start(true)),
  })

  everyMove(restoringMachine, {
    context: firstContext(restoringMachine, { isRestored: false }),
    events: { 'management.synced': { type: 'management.synced' } },
    moves: { waiting: { 'management.synced': 'restored' } },
  })
})
