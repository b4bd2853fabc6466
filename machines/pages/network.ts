import { assign, fromPromise, setup } from 'xstate'
import { type ConnectAnswer, isEnterprise, type VisibleNetworks } from '../../src/domain/network.ts'
import type { Secret } from '../../src/domain/secret.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, skips } from '../outcomes.ts'

export type { VisibleNetworks } from '../../src/domain/network.ts'

import { asks, type DoesNotApply, hidden, type NetworkEvent, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface NetworkInput {
  remembered?: string | undefined
  isRevisit: boolean
}

export type NetworkOutcome =
  /** A cable was plugged in while the page was shown. */
  { kind: 'wired' } | { kind: 'joined'; ssid: string } | { kind: 'back' } | DoesNotApply

export interface ConnectInput {
  ssid: string
  /** Left out for an open network, and for one whose key the device remembers. */
  key?: Secret | undefined
  /** Of an enterprise network. */
  user?: string | undefined
  password?: Secret | undefined
}

/** What a person picks to type the name of a network that does not send it: longer than any name can be. */
export const HIDDEN_NETWORK = 'network-that-does-not-send-its-name'

const TROUBLES = ['wrongKey', 'wrongCredentials', 'outOfRange', 'unsupported'] as const
type Trouble = (typeof TROUBLES)[number]

export interface NetworkContext extends NetworkInput {
  surroundings: VisibleNetworks
  chosen: ConnectInput
  /** The device has joined the network that it remembers. */
  isReconnected: boolean
  /** The network that it has joined is not secured. */
  isOpen: boolean
  trouble: Trouble | null
}

const isWired = ({ status }: VisibleNetworks): boolean => status.via === 'ethernet'

const SKIPS = skips<NetworkContext>('network page skipped')({
  isWired: { when: ({ surroundings }) => isWired(surroundings), fact: 'Ethernet with a live link' },
  isReconnected: {
    when: ({ isReconnected }) => isReconnected,
    fact: ({ remembered }) => `Wi-Fi ${remembered} is remembered`,
    later: true,
  },
})

/** What is picked and typed on the page. */
interface Connecting {
  event: UserEvent<'user.connect'>
}

const picked = ({ event }: Connecting) => event.values.wifi ?? ''
const typed = ({ event }: Connecting) => ({ user: event.values.user, password: event.secrets.password })

const CHOOSE_PICKED = { type: 'choose', params: ({ event }: Connecting) => ({ ssid: picked({ event }) }) } as const

const CHOOSE_REMEMBERED = {
  type: 'choose',
  params: ({ context }: { context: NetworkContext }) => ({ ssid: context.remembered ?? '' }),
} as const

/** From a page that asks for more to know of the chosen network. */
const LEAVING = {
  'user.cancel': { actions: 'forgetTrouble', target: 'choosing' },
  'network.changed': 'looking',
} as const

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
    lookAround: fromPromise<VisibleNetworks>(mustBeProvided('lookAround')),
    connect: fromPromise<ConnectAnswer, ConnectInput>(mustBeProvided('connect')),
  },
  guards: {
    ...SKIPS.guards,
    seesWire: (_, seen: VisibleNetworks) => isWired(seen),
    isLinked: (_, seen: VisibleNetworks) => seen.status.via === 'wifi',
    isBackInRange: ({ context: { remembered, isRevisit } }, seen: VisibleNetworks) =>
      !isRevisit && seen.networks.some(({ ssid }) => ssid === remembered),
    isRemembered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    isHiddenChosen: ({ context }, ssid: string) =>
      ssid === HIDDEN_NETWORK && context.surroundings.hiddenBars !== undefined,
    isEnterpriseChosen: ({ context }, ssid: string) =>
      context.surroundings.networks.some((network) => network.ssid === ssid && isEnterprise(network.security)),
    isKnown: ({ context }, ssid: string) => context.surroundings.networks.some((network) => network.ssid === ssid),
    isSecured: ({ context }, ssid: string) =>
      context.surroundings.networks.some((network) => network.ssid === ssid && network.security !== 'open'),
    isConnected: (_, answer: ConnectAnswer) => answer.kind === 'connected',
    wantsAnotherKey: (_, answer: ConnectAnswer) => answer.kind === 'wrongKey' || answer.kind === 'keyNeeded',
    wantsCredentials: (_, answer: ConnectAnswer) =>
      answer.kind === 'wrongCredentials' || answer.kind === 'credentialsNeeded',
    hasKey: (_, secret: Secret | undefined) => secret !== undefined && secret.reveal().length > 0,
    hasName: (_, name: string) => name.length > 0,
    hasCredentials: (_, { user, password }: Pick<ConnectInput, 'user' | 'password'>) =>
      user !== undefined && user.length > 0 && password !== undefined && password.reveal().length > 0,
  },
  actions: {
    see: assign({ surroundings: (_, surroundings: VisibleNetworks) => surroundings }),
    choose: assign({ chosen: (_, chosen: ConnectInput) => chosen, trouble: null }),
    takeKey: assign({ chosen: ({ context }, key: Secret | undefined) => ({ ...context.chosen, key }), trouble: null }),
    takeCredentials: assign({
      chosen: ({ context }, typed: Pick<ConnectInput, 'user' | 'password'>) => ({ ...context.chosen, ...typed }),
      trouble: null,
    }),
    // A network that asks for the first time has not been told anything wrong.
    noteTrouble: assign({
      trouble: (_, answer: ConnectAnswer): Trouble | null => TROUBLES.find((kind) => kind === answer.kind) ?? null,
    }),
    forgetTrouble: assign({ trouble: null }),
    noteSecurity: assign({
      isOpen: (_, answer: ConnectAnswer) => answer.kind === 'connected' && answer.isOpen === true,
    }),
    noteReconnection: assign({ isReconnected: true }),
  },
}).createMachine({
  id: 'network',
  context: ({ input }) => ({
    ...input,
    surroundings: { status: { via: 'none' }, networks: [] },
    chosen: { ssid: '' },
    isReconnected: false,
    isOpen: false,
    trouble: null,
  }),
  output: fromEnding<NetworkOutcome>(),
  initial: 'lookingAround',
  states: {
    lookingAround: {
      meta: hidden('1.4 [D]'),
      invoke: {
        id: 'lookAround',
        src: 'lookAround',
        onDone: { actions: { type: 'see', params: answered }, target: 'deciding' },
      },
    },
    deciding: {
      meta: hidden('1.4 [D]'),
      always: [
        ...SKIPS.always,
        {
          guard: 'isRemembered',
          actions: CHOOSE_REMEMBERED,
          target: 'reconnecting',
        },
        { target: 'choosing' },
      ],
    },
    reconnecting: {
      meta: hidden('1.4 [U]'),
      invoke: {
        id: 'connect',
        src: 'connect',
        input: ({ context }) => context.chosen,
        onDone: [
          { guard: { type: 'isConnected', params: answered }, actions: 'noteReconnection', target: 'doesNotApply' },
          { target: 'choosing' },
        ],
      },
    },
    choosing: {
      meta: asks('network', '1.4 [D]'),
      on: {
        'user.connect': [
          {
            guard: { type: 'isHiddenChosen', params: picked },
            actions: 'forgetTrouble',
            target: 'askingForName',
          },
          {
            guard: { type: 'isEnterpriseChosen', params: picked },
            actions: CHOOSE_PICKED,
            target: 'askingForCredentials',
          },
          { guard: { type: 'isSecured', params: picked }, actions: CHOOSE_PICKED, target: 'askingForKey' },
          { guard: { type: 'isKnown', params: picked }, actions: CHOOSE_PICKED, target: 'connecting' },
        ],
        'user.back': 'back',
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
            guard: { type: 'seesWire', params: answered },
            actions: { type: 'see', params: answered },
            target: 'wired',
          },
          {
            guard: { type: 'isBackInRange', params: answered },
            actions: [{ type: 'see', params: answered }, CHOOSE_REMEMBERED],
            target: 'rejoining',
          },
          {
            guard: { type: 'isLinked', params: answered },
            actions: [
              { type: 'see', params: answered },
              { type: 'choose', params: ({ event }) => ({ ssid: event.output.status.ssid ?? '' }) },
            ],
            target: 'connected',
          },
          { actions: { type: 'see', params: answered }, target: 'choosing' },
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
          { guard: { type: 'isConnected', params: answered }, target: 'joined' },
          { actions: { type: 'noteTrouble', params: answered }, target: 'choosing' },
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
        ...LEAVING,
      },
    },
    // A network that does not send its name: whether it is secured is known when it answers.
    askingForName: {
      meta: asks('network', '1.4 [U]'),
      on: {
        'user.connect': {
          guard: { type: 'hasName', params: ({ event }) => event.values.name ?? '' },
          actions: { type: 'choose', params: ({ event }) => ({ ssid: event.values.name ?? '' }) },
          target: 'connecting',
        },
        'user.cancel': 'choosing',
        'network.changed': 'looking',
      },
    },
    // Name and password (PEAP). Certificates and smart cards are not supported in OOBE.
    askingForCredentials: {
      meta: asks('network', '1.4 [D]', '1.4 [U]'),
      on: {
        'user.connect': {
          guard: { type: 'hasCredentials', params: typed },
          actions: { type: 'takeCredentials', params: typed },
          target: 'connecting',
        },
        ...LEAVING,
      },
    },
    connecting: {
      meta: shows('network', '1.4 [U]'),
      invoke: {
        id: 'connect',
        src: 'connect',
        input: ({ context }) => context.chosen,
        onDone: [
          {
            guard: { type: 'isConnected', params: answered },
            actions: { type: 'noteSecurity', params: answered },
            target: 'connected',
          },
          {
            guard: { type: 'wantsAnotherKey', params: answered },
            actions: { type: 'noteTrouble', params: answered },
            target: 'askingForKey',
          },
          {
            guard: { type: 'wantsCredentials', params: answered },
            actions: { type: 'noteTrouble', params: answered },
            target: 'askingForCredentials',
          },
          { actions: { type: 'noteTrouble', params: answered }, target: 'choosing' },
        ],
      },
    },
    // `Next` is enabled only after there is a connection.
    connected: {
      meta: asks('network', '1.4 [D]'),
      on: {
        'user.next': 'joined',
        'user.back': 'back',
        'network.lost': 'looking',
      },
    },
    ...endings<NetworkContext, NetworkOutcome>({
      wired: { kind: 'wired' },
      joined: ({ chosen: { ssid } }) => ({ kind: 'joined', ssid }),
      back: { kind: 'back' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
