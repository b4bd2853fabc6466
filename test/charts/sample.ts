import { and, fromPromise, not, setup } from 'xstate'
import { asks, shows } from '../../machines/page.ts'

const done = fromPromise<void>(() => Promise.resolve())

/** A statechart with one of each thing that can be drawn. */
export const sampleMachine = setup({
  types: {} as { events: { type: 'user.next' | 'user.back' | 'told' | 'cut' } },
  actors: { look: done, watch: done },
  guards: { isKnown: () => true, isAt: (_, place: string) => place !== '', isOnline: () => true },
  actions: { note: () => {}, conclude: (_, outcome: { kind: string }) => void outcome },
  delays: { timeLimit: 1_000 },
}).createMachine({
  id: 'sample',
  invoke: { id: 'watcher', src: 'watch' },
  on: { told: { actions: 'note' }, cut: '.end' },
  initial: 'asking',
  states: {
    asking: {
      meta: asks('network', '1.4 [D]'),
      on: {
        'user.next': [
          { guard: { type: 'isAt', params: 'home' }, target: 'working' },
          { guard: and(['isKnown', not('isOnline')]), target: 'working.second' },
        ],
        'user.back': { actions: { type: 'conclude', params: { kind: 'back' } }, target: 'end' },
      },
    },
    working: {
      after: { timeLimit: 'end' },
      on: { 'user.next': { target: 'working', reenter: true } },
      initial: 'first',
      states: {
        first: {
          meta: shows('network', '1.4 [U]'),
          entry: 'note',
          invoke: { id: 'look', src: 'look', onDone: 'second', onError: '#sample.end' },
        },
        second: { always: '#sample.both' },
      },
    },
    both: {
      type: 'parallel',
      states: { left: { initial: 'one', states: { one: { on: { told: 'two' } }, two: {} } }, right: {} },
    },
    end: { type: 'final' },
  },
})
