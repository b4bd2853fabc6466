import { describe, expect, test } from 'vitest'
import { fromCallback, fromPromise } from 'xstate'
import { domainJoinMachine } from '../../../machines/pages/domain-join.ts'
import { hybridJoinMachine, type Registration } from '../../../machines/pages/hybrid-join.ts'
import type { DomainMember } from '../../../src/domain/hybrid-join.ts'
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
const minutes = (count: number) => Array.from({ length: count }, () => MINUTE)
const member = { domain: 'ad.hillview.test', computerName: 'HV-0001' }
const trouble = aTrouble({ code: '0x80070774' })
const came = { type: 'blob.came' } as const

describe('the offline domain join', () => {
  type Move = Parameters<typeof play<typeof domainJoinMachine>>[2]
  async function start(facts: { isJoined?: boolean; skipsCheck?: boolean; away?: Trouble }, ...moves: Move[]) {
    const { away = null, ...input } = facts
    const asked: string[] = []
    const machine = domainJoinMachine.provide({
      actors: {
        watchBlob: fromCallback(() => {}),
        askForSync: fromPromise<void>(async () => void asked.push('sync')),
        giveUp: fromPromise<Trouble>(async () => trouble),
        checkDomain: fromPromise<Trouble | null, boolean>(async ({ input: skips }) => (skips ? null : away)),
        applyBlob: fromPromise<DomainMember>(async () => member),
      },
    })
    const scene = await play(machine, { isJoined: false, skipsCheck: false, ...input }, ...moves)
    return { ...scene, asked }
  }

  test('asks its management each minute, and gives up after half an hour', async () => {
    expect((await start({}, ...minutes(5))).asked).toHaveLength(5)
    const scene = await start({}, ...minutes(30))
    expect([stateOf(scene), contextOf(scene).trouble]).toEqual(['failed', trouble])
  })

  test('without a domain controller the device does not restart, unless the check is skipped', async () => {
    expect(stateOf(await start({ away: trouble }, came))).toBe('failed')
    expect(outcomeOf(await start({ away: trouble, skipsCheck: true }, came, 5_000))).toEqual({
      kind: 'restart',
      member,
    })
  })

  test('after the restart it is over', async () => {
    expect(outcomeOf(await start({ isJoined: true }))).toEqual(
      skipped('the device has joined the domain', 'domain join skipped'),
    )
  })

  everyOutcome(domainJoinMachine, {
    restart: async () => outcomeOf(await start({}, came, 5_000)),
    doesNotApply: async () => outcomeOf(await start({ isJoined: true })),
  })

  everyMove(domainJoinMachine, {
    context: firstContext(domainJoinMachine, { isJoined: false, skipsCheck: false }),
    events: { 'blob.came': came, 'user.tryAgain': press('user.tryAgain') },
    moves: {
      'waiting.listening': { 'blob.came': 'checking' },
      'waiting.asking': { 'blob.came': 'checking' },
      givingUp: {},
      checking: {},
      applying: {},
      restarting: {},
      failed: { 'user.tryAgain': 'waiting.listening' },
    },
  })
})

describe('the registration of a computer in Microsoft Entra', () => {
  type Move = Parameters<typeof play<typeof hybridJoinMachine>>[2]
  const waiting: Registration = { kind: 'waiting', trouble }
  const start = (answers: Registration[], isJoined: boolean, ...moves: Move[]) =>
    play(
      hybridJoinMachine.provide({ actors: { register: replies<Registration, unknown>(...answers).logic as never } }),
      { isJoined },
      ...moves,
    )

  test('is tried each five minutes', async () => {
    expect(outcomeOf(await start([waiting, waiting, { kind: 'joined' }], false, 5 * MINUTE, 5 * MINUTE))).toEqual({
      kind: 'joined',
    })
  })

  test('fails after 100 minutes, and can be tried again', async () => {
    const never = Array.from({ length: 30 }, () => waiting)
    expect(stateOf(await start(never, false, 100 * MINUTE))).toBe('failed')
    const again = await start(never, false, 100 * MINUTE, press('user.tryAgain'))
    expect(stateOf(again)).toEqual({ working: 'waiting' })
  })

  everyOutcome(hybridJoinMachine, {
    joined: async () => outcomeOf(await start([{ kind: 'joined' }], false)),
    doesNotApply: async () => outcomeOf(await start([], true)),
  })

  everyMove(hybridJoinMachine, {
    context: firstContext(hybridJoinMachine, { isJoined: false }),
    events: { 'user.tryAgain': press('user.tryAgain') },
    moves: { 'working.registering': {}, 'working.waiting': {}, failed: { 'user.tryAgain': 'working.registering' } },
  })
})
