import { assign, fromPromise, setup } from 'xstate'
import type { ConnectivityAnswer } from '../../src/domain/network.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type NetworkEvent, type StateMeta, shows, type UserEvent } from '../page.ts'

export type ConnectivityOutcome = { kind: 'internet' } | { kind: 'lost' }

export interface ConnectivityContext {
  portalUrl: string
  code: string
  outcome: ConnectivityOutcome
}

/** Windows' connectivity test: internet, a captive portal that wants to be released, or nothing. */
export const connectivityMachine = setup({
  types: {} as {
    input: Record<string, never>
    context: ConnectivityContext
    events: UserEvent<'user.acceptPortal'> | UserEvent<'user.tryAgain'> | UserEvent<'user.changeNetwork'> | NetworkEvent
    output: ConnectivityOutcome
    meta: StateMeta
  },
  actors: {
    probe: fromPromise<ConnectivityAnswer>(mustBeProvided('probe')),
    releasePortal: fromPromise<void, string>(mustBeProvided('releasePortal')),
  },
  guards: {
    hasInternet: (_, answer: ConnectivityAnswer) => answer.kind === 'internet',
    isPortal: (_, answer: ConnectivityAnswer) => answer.kind === 'portal',
  },
  actions: {
    noteLoss: assign({ outcome: { kind: 'lost' } as const }),
    notePortal: assign({ portalUrl: (_, answer: ConnectivityAnswer) => (answer.kind === 'portal' ? answer.url : '') }),
    noteCode: assign({ code: (_, answer: ConnectivityAnswer) => (answer.kind === 'none' ? answer.code : '') }),
  },
  // Windows tests again by itself; how often is nowhere stated: an assumption.
  delays: { nextProbe: 15_000 },
}).createMachine({
  id: 'connectivity',
  context: { portalUrl: '', code: '', outcome: { kind: 'internet' } },
  output: ({ context }) => context.outcome,
  initial: 'probing',
  states: {
    probing: {
      meta: shows('connectivity', '1.4 [D]'),
      invoke: {
        id: 'probe',
        src: 'probe',
        onDone: [
          { guard: { type: 'hasInternet', params: ({ event }) => event.output }, target: 'settled' },
          {
            guard: { type: 'isPortal', params: ({ event }) => event.output },
            actions: { type: 'notePortal', params: ({ event }) => event.output },
            target: 'showingPortal',
          },
          { actions: { type: 'noteCode', params: ({ event }) => event.output }, target: 'offline' },
        ],
      },
    },
    // The portal's page comes to the foreground; the test is repeated once somebody has dealt with it.
    showingPortal: {
      meta: asks('connectivity', '1.4 [D]'),
      on: { 'user.acceptPortal': 'releasingPortal', 'user.changeNetwork': { actions: 'noteLoss', target: 'settled' } },
    },
    releasingPortal: {
      meta: shows('connectivity', '1.4 [D]'),
      invoke: {
        id: 'releasePortal',
        src: 'releasePortal',
        input: ({ context }) => context.portalUrl,
        onDone: 'probing',
      },
    },
    offline: {
      meta: shows('connectivity', '1.4 [D]'),
      after: { nextProbe: 'probing' },
      on: {
        'user.tryAgain': 'probing',
        'user.changeNetwork': { actions: 'noteLoss', target: 'settled' },
        'network.restored': 'probing',
      },
    },
    settled: { type: 'final' },
  },
})
