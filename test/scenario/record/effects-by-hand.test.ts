import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/domain/journal.ts'
import type { Stimulus } from '../../../src/domain/stimulus.ts'
import { definitionOf, type EventEffect, type EventKind, lasts } from '../../../src/events/event-kinds.ts'
import { toldBy } from '../../../src/scenario/record/effects-by-hand.ts'
import { recordedByHand } from '../../../src/scenario/record/recorded-by-hand.ts'

/** At least one effect of each kind of event. A kind without one does not compile. */
const EFFECTS: { [Kind in EventKind]: Extract<EventEffect, { kind: Kind }>['value'][] } = {
  network: ['down'],
  cable: ['out', 'in'],
  wifi: ['off', 'on'],
  block: ['*.example.test'],
  dns: ['down', 'login.example.test'],
  port: [443],
  inspect: [true, 'login.example.test'],
  proxy: ['down', 'signIn'],
  portal: ['on'],
  slow: [{ latencyMs: 400 }],
  loss: [20],
  power: ['cut', 'off', 'on'],
  lid: ['closed', 'open'],
  person: ['leaves'],
  administrator: [
    { kind: 'assignLicence', value: 'carla@contoso.example' },
    { kind: 'device', value: 'sync' },
  ],
  server: [{ hold: 'device' }, { silent: true }, { release: 'user' }, { command: 'Get', uri: './DevDetail/SwV' }],
  refuse: [{ csp: 'Replace *DMClient*', status: 405 }],
  push: [true],
  disconnect: [true],
  clock: [-7_200_000],
  tpm: ['away', 'cleared'],
  disk: ['full', { slow: 3 }, { recovery: 'disabled' }],
  keys: ['Shift+F10'],
  answer: [{ status: 503, headers: { 'retry-after': '5' }, body: 'busy' }],
  delay: [4_000],
  drop: [true],
  hang: [true],
  corrupt: [true],
}

const effects = Object.entries(EFFECTS).flatMap(([kind, values]) =>
  values.map((value) => ({ kind, value }) as EventEffect),
)

describe('a stimulus by hand becomes the event that gives it', () => {
  // Keys belong to the answers of the page on which they were pressed.
  test.each(effects.filter(({ kind }) => kind !== 'keys').map((effect) => [JSON.stringify(effect), effect] as const))(
    '%s',
    (_, effect) => {
      const { apply, undo, to } = definitionOf(effect)
      const told = toldBy(apply(effect.value as never, '*'))
      expect(told).toEqual({ does: effect, ...(to === 'exchange' ? { on: '*' } : {}) })
      if (!undo || !lasts(effect) || effect.kind === 'cable' || effect.kind === 'wifi') return
      const end = toldBy(undo(effect.value as never))
      if (end && 'does' in end) return expect(end.does.kind).toBe(effect.kind)
      expect(end?.ends).toBe(effect.kind)
      expect(end?.isOf(effect.value)).toBe(true)
    },
  )
})

type Given = [at: number, fact: Stimulus | { id: number; url: string }]

const recorded = (...given: Given[]) => {
  const journal = given.map(([at, fact], seq): JournalEntry => {
    if ('kind' in fact) return { at, seq, kind: 'stimulus', by: 'terminal', stimulus: fact }
    return { at, seq, kind: 'request', method: 'POST', bytes: 0, operation: 'x', headers: {}, ...fact }
  })
  return recordedByHand(journal, { 'stimuli.0.password': 'a new word' })
}

describe('what was done by hand', () => {
  test('lasts for its time where it was taken back, and is no event where that was at once', () => {
    const dns = (at: number, works: boolean): Given => [at, { kind: 'surroundings', change: { dns: '*', works } }]
    expect(recorded(dns(5_000, false), [6_000, { kind: 'serverSilence', isSilent: true }], dns(65_000, true))).toEqual({
      person: {},
      left: [],
      events: [
        { when: { at: '5s' }, dns: 'down', for: '1m' },
        { when: { at: '6s' }, server: { silent: true } },
      ],
    })
    expect(recorded(dns(5_000, false), dns(5_000, true)).events).toEqual([])
  })

  test('on a request is an event of that request: the one under way, the next, the one after it', () => {
    const url = 'https://manage.test/sync?mode=1'
    const { events } = recorded(
      [0, { id: 0, url }],
      [1_000, { id: 1, url }],
      [1_500, { kind: 'delay', on: 1, ms: 4_000 }],
      [2_000, { kind: 'hang', on: 'POST *sync*' }],
      [2_000, { kind: 'hang', on: 'POST *sync*' }],
      [3_000, { id: 2, url }],
      [4_000, { id: 3, url }],
    )
    expect(events).toEqual([
      { when: { request: 'POST https://manage.test/sync*' }, delay: '4s', from: 2 },
      { when: { request: 'POST *sync*' }, hang: true, from: 3 },
      { when: { request: 'POST *sync*' }, hang: true, from: 4 },
    ])
  })

  test('on a request that did not come any more had no effect, and is left out', () => {
    expect(recorded([0, { id: 0, url: 'https://a.test/' }], [1, { kind: 'drop', on: 'GET *b.test*' }])).toMatchObject({
      events: [],
      left: [],
    })
  })

  test('has its secrets, and what no event can say is named', () => {
    const password = { secret: 'stimuli.0.password' } as never
    const { events, left } = recorded(
      [0, { kind: 'tenantChange', action: { kind: 'setPassword', value: { user: 'a@b.example', password } } }],
      [10, { kind: 'surroundings', change: { loss: null } }],
    )
    expect(events).toEqual([
      { when: { at: '0ms' }, administrator: { setPassword: { user: 'a@b.example', password: 'a new word' } } },
    ])
    expect(left).toEqual(['surroundings'])
  })
})
