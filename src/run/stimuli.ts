import type { VirtualDevice } from '../device/virtual-device.ts'
import type { EspPhase } from '../domain/esp.ts'
import type { ServerOrder } from '../domain/server-act.ts'
import type { Stimulus, StimulusKind } from '../domain/stimulus.ts'
import type { TenantAction } from '../domain/tenant-action.ts'
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
  command(order: ServerOrder): boolean
  hold(phase: EspPhase, isHeld: boolean): boolean
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
  surroundings: ({ device }, { change }) => device.network.change(change),
  power: ({ power }, { position }) => power(position),
  lid: ({ lid }, { position }) => lid(position),
  presence: ({ presence }, { is }) => presence(is),
  becomes: ({ become }, { who }) => become(who),
  does: ({ does }, { answer }) => does(answer),
  push: ({ device }) => device.receivePush(),
  disconnect: ({ device }) => device.management !== undefined && done(() => device.disconnectAccount()),
  clockJump: ({ moveClock }, { ms }) => moveClock(ms),
  tpm: ({ device }, { condition, isSo }) => device.changeTpm(condition, isSo),
  disk: ({ device }, { change }) => device.storage.change(change, device.disk),
  answer: ({ exchanges }, { on, status, headers, body }) =>
    exchanges.order(on, { effect: 'answer', response: { status, headers, body: encoder.encode(body) } }),
  delay: ({ exchanges }, { on, ms }) => exchanges.order(on, { effect: 'delay', ms }),
  drop: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'drop' }),
  hang: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'hang' }),
  corrupt: ({ exchanges }, { on }) => exchanges.order(on, { effect: 'corrupt' }),
  tenantChange: ({ administer }, { action }) => administer(action),
  serverCommand({ command, device }, { order }) {
    if (!command(order)) return false
    if (order.session === 'push') device.receivePush()
    return true
  },
  serverHold: ({ hold }, { phase, isHeld }) => hold(phase, isHeld),
  serverSilence: ({ exchanges, device }, { isSilent }) =>
    exchanges.silence(isSilent ? ({ url }) => device.isManagementAddress(url) : undefined),
  refusal: ({ device }, { csp, status, isRefused }) => device.csp.refusals.change(csp, isRefused ? status : undefined),
  person: ({ handOver }, { who }) => handOver(who),
  stop: ({ end }) => end(),
}

/** Carries out a stimulus. False when nothing came of it. */
export const carryOut = (targets: StimulusTargets, stimulus: Stimulus): boolean =>
  (EFFECTS[stimulus.kind] as (targets: StimulusTargets, stimulus: Stimulus) => boolean)(targets, stimulus)
