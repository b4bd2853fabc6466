import { assign, fromPromise, setup } from 'xstate'
import type { ConnectAnswer, NetworkStatus, VisibleNetwork } from '../../src/domain/network.ts'
import type { Secret } from '../../src/domain/secret.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import {
  asks,
  type DoesNotApply,
  doesNotApply,
  hidden,
  type NetworkEvent,
  type StateMeta,
  shows,
  type UserEvent,
} from '../page.ts'

export interface NetworkInput {
  remembered?: string | undefined
  isRevisit: boolean
}

export type NetworkOutcome = { kind: 'connected'; ssid?: string } | { kind: 'back' } | DoesNotApply

/** What the adapters see just now. */
export interface Surroundings {
  status: NetworkStatus
  networks: VisibleNetwork[]
}

export interface ConnectInput {
  ssid: string
  /** Left out for an open network, and for one whose key the device remembers. */
  key?: Secret | undefined
}

type Trouble = 'wrongKey' | 'outOfRange' | 'unsupported'

export interface NetworkContext extends NetworkInput {
  surroundings: Surroundings
  chosen: ConnectInput
  trouble: Trouble | null
  outcome: NetworkOutcome
}

/** `Let's connect you to a network`. Live Ethernet skips the page. */
export const networkMachine = setup({
  types: {} as {
    input: NetworkInput
    context: NetworkContext
    events:
      | UserEvent<'user.connect'>
      | UserEvent<'user.next'>
      | UserEvent<'user.back'>
      | UserEvent<'user.cancel'>
      | NetworkEvent
    output: NetworkOutcome
    meta: StateMeta
  },
  actors: {
    lookAround: fromPromise<Surroundings>(mustBeProvided('lookAround')),
    connect: fromPromise<ConnectAnswer, ConnectInput>(mustBeProvided('connect')),
  },
  guards: {
    isWired: (_, seen: Surroundings) => seen.status.via === 'ethernet',
    isLinked: (_, seen: Surroundings) => seen.status.via === 'wifi',
    isBackInRange: ({ context: { remembered, isRevisit } }, seen: Surroundings) =>
      !isRevisit && seen.networks.some(({ ssid }) => ssid === remembered),
    isRemembered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    isKnown: ({ context }, ssid: string) => context.surroundings.networks.some((network) => network.ssid === ssid),
    isSecured: ({ context }, ssid: string) =>
      context.surroundings.networks.some((network) => network.ssid === ssid && network.security !== 'open'),
    isConnected: (_, answer: ConnectAnswer) => answer.kind === 'connected',
    wantsAnotherKey: (_, answer: ConnectAnswer) => answer.kind === 'wrongKey',
    hasKey: (_, secret: Secret | undefined) => secret !== undefined && secret.reveal().length > 0,
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: NetworkOutcome) => outcome }),
    see: assign({ surroundings: (_, surroundings: Surroundings) => surroundings }),
    choose: assign({ chosen: (_, chosen: ConnectInput) => chosen, trouble: null }),
    takeKey: assign({ chosen: ({ context }, key: Secret | undefined) => ({ ...context.chosen, key }), trouble: null }),
    noteTrouble: assign({
      trouble: (_, answer: ConnectAnswer) => (answer.kind === 'connected' ? null : answer.kind),
    }),
    forgetTrouble: assign({ trouble: null }),
  },
}).createMachine({
  id: 'network',
  context: ({ input }) => ({
    ...input,
    surroundings: { status: { via: 'none' }, networks: [] },
    chosen: { ssid: '' },
    trouble: null,
    outcome: { kind: 'connected' },
  }),
  output: ({ context }) => context.outcome,
  initial: 'lookingAround',
  states: {
    lookingAround: {
      meta: hidden('1.4 [D]'),
      invoke: {
        id: 'lookAround',
        src: 'lookAround',
        onDone: [
          {
            guard: { type: 'isWired', params: ({ event }) => event.output },
            actions: {
              type: 'conclude',
              params: () => doesNotApply('Ethernet with a live link', 'network page skipped'),
            },
            target: 'settled',
          },
          {
            guard: 'isRemembered',
            actions: [
              { type: 'see', params: ({ event }) => event.output },
              { type: 'choose', params: ({ context }) => ({ ssid: context.remembered ?? '' }) },
            ],
            target: 'reconnecting',
          },
          { actions: { type: 'see', params: ({ event }) => event.output }, target: 'choosing' },
        ],
      },
    },
    reconnecting: {
      meta: hidden('1.4 [U]'),
      invoke: {
        id: 'connect',
        src: 'connect',
        input: ({ context }) => context.chosen,
        onDone: [
          {
            guard: { type: 'isConnected', params: ({ event }) => event.output },
            actions: {
              type: 'conclude',
              params: ({ context }) =>
                doesNotApply(`Wi-Fi ${context.remembered} is remembered`, 'network page skipped'),
            },
            target: 'settled',
          },
          { target: 'choosing' },
        ],
      },
    },
    choosing: {
      meta: asks('network', '1.4 [D]'),
      on: {
        'user.connect': [
          {
            guard: { type: 'isSecured', params: ({ event }) => event.values.wifi ?? '' },
            actions: { type: 'choose', params: ({ event }) => ({ ssid: event.values.wifi ?? '' }) },
            target: 'askingForKey',
          },
          {
            guard: { type: 'isKnown', params: ({ event }) => event.values.wifi ?? '' },
            actions: { type: 'choose', params: ({ event }) => ({ ssid: event.values.wifi ?? '' }) },
            target: 'connecting',
          },
        ],
        'user.back': { actions: { type: 'conclude', params: { kind: 'back' } }, target: 'settled' },
        'network.changed': 'looking',
      },
    },
    // A cable was plugged in, or a radio changed: look again. A wire, or a network that the device knows, is enough to go on.
    looking: {
      meta: shows('network', '1.4 [D]'),
      entry: 'forgetTrouble',
      invoke: {
        id: 'lookAround',
        src: 'lookAround',
        onDone: [
          {
            guard: { type: 'isWired', params: ({ event }) => event.output },
            actions: [
              { type: 'see', params: ({ event }) => event.output },
              { type: 'conclude', params: { kind: 'connected' } },
            ],
            target: 'settled',
          },
          {
            guard: { type: 'isBackInRange', params: ({ event }) => event.output },
            actions: [
              { type: 'see', params: ({ event }) => event.output },
              { type: 'choose', params: ({ context }) => ({ ssid: context.remembered ?? '' }) },
            ],
            target: 'rejoining',
          },
          {
            guard: { type: 'isLinked', params: ({ event }) => event.output },
            actions: [
              { type: 'see', params: ({ event }) => event.output },
              { type: 'choose', params: ({ event }) => ({ ssid: event.output.status.ssid ?? '' }) },
            ],
            target: 'connected',
          },
          { actions: { type: 'see', params: ({ event }) => event.output }, target: 'choosing' },
        ],
      },
    },
    // Windows joins a network that it knows as soon as it sees it; the page needs no one for that (an assumption).
    rejoining: {
      meta: shows('network', '1.4 [U]'),
      invoke: {
        id: 'connect',
        src: 'connect',
        input: ({ context }) => context.chosen,
        onDone: [
          {
            guard: { type: 'isConnected', params: ({ event }) => event.output },
            actions: {
              type: 'conclude',
              params: ({ context }) => ({ kind: 'connected', ssid: context.chosen.ssid }),
            },
            target: 'settled',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => event.output }, target: 'choosing' },
        ],
      },
    },
    askingForKey: {
      meta: asks('network', '1.4 [U]'),
      on: {
        'user.connect': {
          guard: { type: 'hasKey', params: ({ event }) => event.secrets.key },
          actions: { type: 'takeKey', params: ({ event }) => event.secrets.key },
          target: 'connecting',
        },
        'user.cancel': { actions: 'forgetTrouble', target: 'choosing' },
        'network.changed': 'looking',
      },
    },
    connecting: {
      meta: shows('network', '1.4 [U]'),
      invoke: {
        id: 'connect',
        src: 'connect',
        input: ({ context }) => context.chosen,
        onDone: [
          { guard: { type: 'isConnected', params: ({ event }) => event.output }, target: 'connected' },
          {
            guard: { type: 'wantsAnotherKey', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => event.output },
            target: 'askingForKey',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => event.output }, target: 'choosing' },
        ],
      },
    },
    // `Next` is enabled only after there is a connection.
    connected: {
      meta: asks('network', '1.4 [D]'),
      on: {
        'user.next': {
          actions: { type: 'conclude', params: ({ context }) => ({ kind: 'connected', ssid: context.chosen.ssid }) },
          target: 'settled',
        },
        'user.back': { actions: { type: 'conclude', params: { kind: 'back' } }, target: 'settled' },
        'network.lost': 'looking',
      },
    },
    settled: { type: 'final' },
  },
})
