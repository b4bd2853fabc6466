import type { Chart } from '../../src/charts/chart.ts'

const state = (path: string, more: Partial<Chart> = {}) => ({
  path,
  kind: 'atomic' as const,
  invokes: [],
  entry: [],
  exit: [],
  transitions: [],
  states: [],
  ...more,
})

/** `deciding` is left in the step that enters it; `on` has two branches of one event, and two that look alike. */
export const LAMP: Chart = {
  ...state(''),
  kind: 'compound',
  id: 'lamp',
  endsIn: ['off'],
  states: [
    state('deciding', { transitions: [{ number: 0, event: 'always', targets: ['on.bright'], actions: [] }] }),
    state('on', {
      kind: 'compound',
      transitions: [
        { number: 1, event: 'press', guard: 'isLate', targets: ['off'], actions: [] },
        { number: 2, event: 'press', targets: [], actions: [] },
        { number: 3, event: 'press', targets: [], actions: [] },
      ],
      states: [state('on.bright'), state('on.dim')],
    }),
    state('off', { kind: 'final' }),
  ],
}

/** Has what a lamp has not: an actor, a delay, and a guard of a transition that waits for nothing. */
export const OVEN: Chart = {
  ...state(''),
  kind: 'compound',
  id: 'oven',
  initial: 'heating',
  endsIn: ['off'],
  states: [
    state('heating', {
      invokes: [{ id: 'heat', src: 'heat' }],
      transitions: [
        { number: 0, event: 'always', guard: 'isHot', targets: ['hot'], actions: [] },
        { number: 1, event: 'done(heat)', targets: ['hot'], actions: [] },
        { number: 2, event: 'after(patience)', targets: ['off'], actions: [] },
        { number: 3, event: 'open', guard: 'isLocked', targets: [], actions: [] },
      ],
    }),
    state('hot', { transitions: [{ number: 4, event: 'open', targets: ['off'], actions: [] }] }),
    state('off', { kind: 'final' }),
  ],
}

export const line = (seq: number, fact: object): string => JSON.stringify({ at: seq * 1.5, seq, ...fact })
