import type { VirtualDevice } from '../device/virtual-device.ts'
import type { Stimulus, StimulusKind } from '../domain/stimulus.ts'
import type { ServerCommand, TenantAction } from '../domain/tenant-action.ts'
import type { ExchangeOrders } from './exchange-orders.ts'

/** What of a run a stimulus acts on. Each says false when nothing came of it. */
export interface StimulusTargets {
  device: VirtualDevice
  exchanges: ExchangeOrders
  press(stimulus: Extract<Stimulus, { kind: 'press' }>): boolean
  /** Keys pressed together. */
  pressKeys(keys: string): boolean
  /** Without a position it fails, and comes back. */
  power(position?: 'off' | 'on'): boolean
  lid(position: 'closed' | 'open'): boolean
  pausePerson(ms: number): boolean
  presence(is: 'away' | 'back'): boolean
  become(who: string): boolean
  does(answer: Extract<Stimulus, { kind: 'does' }>['answer']): boolean
  handOver(who: 'script' | 'terminal'): boolean
  moveClock(ms: number): boolean
  end(): boolean
  administer(action: TenantAction): boolean
  command(order: ServerCommand): boolean
}

type Effects = {
  [Kind in StimulusKind]: (targets: StimulusTargets, stimulus: Extract<Stimulus, { kind: Kind }>) => boolean
}

const encoder = new TextEncoder()

const done = (act: () => void): true => {
  act()
  return true
}

/** What each stimulus does. A kind without a line here does not compile. */
const EFFECTS: Effects = {
  press: (targets, stimulus) => targets.press(stimulus),
  keyChord: ({ pressKeys }, { keys }) => pressKeys(keys),
  wait: ({ pausePerson }, { ms }) => pausePerson(ms),
  cable: ({ device }, { position }) => device.network.change({ cable: position }),
  radio: ({ device }, { position }) => device.network.change({ wifi: position }),
  uplink: ({ device }, { position }) => device.network.change({ uplink: position }),
  block: ({ device }, { host, isBlocked }) => device.network.change(isBlocked ? { block: host } : { unblock: host }),
  power: ({ power }, { position }) => power(position),
  lid: ({ lid }, { position }) => lid(position),
  presence: ({ presence }, { is }) => presence(is),
  becomes: ({ become }, { who }) => become(who),
  does: ({ does }, { answer }) => does(answer),
  push: ({ device }) => done(() => device.receivePush()),
  disconnect: ({ device }) => device.management !== undefined && done(() => device.disconnectAccount()),
  clockJump: ({ moveClock }, { ms }) => moveClock(ms),
  answer: ({ exchanges }, { on, status, headers, body }) =>
    exchanges.order(on, { effect: 'answer', response: { status, headers, body: encoder.encode(body) } }),
  delay: ({ exchanges }, { on, ms }) => exchanges.order(on, { effect: 'delay', ms }),
  drop: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'drop' }),
  hang: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'hang' }),
  corrupt: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'corrupt' }),
  tenantChange: ({ administer }, { action }) => administer(action),
  serverCommand: ({ command }, { order }) => command(order),
  person: ({ handOver }, { who }) => handOver(who),
  stop: ({ end }) => end(),
}

/** Carries out a stimulus. False when nothing came of it. */
export const carryOut = (targets: StimulusTargets, stimulus: Stimulus): boolean =>
  (EFFECTS[stimulus.kind] as (targets: StimulusTargets, stimulus: Stimulus) => boolean)(targets, stimulus)
