import { assign, fromPromise, setup } from 'xstate'
import type { ConnectivityAnswer } from '../../src/domain/network.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding } from '../outcomes.ts'
import { asks, type NetworkEvent, type StateMeta, shows, type UserEvent } from '../page.ts'

export type ConnectivityOutcome = { kind: 'internet' } | { kind: 'lost' }

export interface ConnectivityContext {
  portalUrl: string
  code: string
}

const ON_PROBE = [
  { guard: { type: 'hasInternet', params: answered }, target: 'internet' },
  {
    guard: { type: 'isPortal', params: answered },
    actions: { type: 'notePortal', params: answered },
    target: 'showingPortal',
  },
  { actions: { type: 'noteCode', params: answered }, target: 'offline' },
] as const

/** Windows' connectivity test: internet, a captive portal that asks for its terms first, or nothing. */
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
    notePortal: assign({ portalUrl: (_, answer: ConnectivityAnswer) => (answer.kind === 'portal' ? answer.url : '') }),
    noteCode: assign({ code: (_, answer: ConnectivityAnswer) => (answer.kind === 'none' ? answer.code : '') }),
  },
  // Windows tests again without being asked; how often is nowhere stated: an assumption.
  delays: { nextProbe: 15_000 },
}).createMachine({
  id: 'connectivity',
  context: { portalUrl: '', code: '' },
  output: fromEnding<ConnectivityOutcome>(),
  initial: 'probing',
  states: {
    probing: {
      meta: shows('connectivity', '1.4 [D]'),
      invoke: {
        id: 'probe',
        src: 'probe',
        onDone: ON_PROBE,
      },
    },
    // The portal's page comes to the foreground; the test is repeated until it lets the device through.
    showingPortal: {
      meta: asks('connectivity', '1.4 [D]'),
      after: { nextProbe: 'probingBehindPortal' },
      on: { 'user.acceptPortal': 'releasingPortal', 'user.changeNetwork': 'lost' },
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
    probingBehindPortal: {
      meta: shows('connectivity', '1.4 [D]'),
      on: { 'user.acceptPortal': 'releasingPortal', 'user.changeNetwork': 'lost' },
      invoke: {
        id: 'probe',
        src: 'probe',
        onDone: ON_PROBE,
      },
    },
    offline: {
      meta: shows('connectivity', '1.4 [D]'),
      after: { nextProbe: 'probing' },
      on: { 'user.tryAgain': 'probing', 'user.changeNetwork': 'lost', 'network.restored': 'probing' },
    },
    ...endings<ConnectivityContext, ConnectivityOutcome>({ internet: { kind: 'internet' }, lost: { kind: 'lost' } }),
  },
})
