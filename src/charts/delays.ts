import type { AnyStateMachine } from 'xstate'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { overlayMachine } from '../../machines/overlay/overlay.ts'
import type { View } from '../domain/view.ts'
import { statechartsFrom } from '../run/statecharts.ts'

let known: ReadonlyMap<string, AnyStateMachine> | undefined

const machines = (): ReadonlyMap<string, AnyStateMachine> =>
  (known ??= new Map([...statechartsFrom(oobeMachine), overlayMachine].map((machine) => [machine.id, machine])))

/**
 * How long a statechart waits in a delay, in device milliseconds: a constant, or what its context says, which only a run that is under way
 * has. Undefined where it is not known, also where several of one kind run.
 */
export function delayMs(machine: string, name: string, view?: View): number | undefined {
  if (/^\d+$/.test(name)) return Number(name)
  const delay = machines().get(machine)?.implementations.delays[name]
  if (typeof delay === 'number') return delay
  const running = view?.filter((one) => one.machine === machine) ?? []
  if (typeof delay !== 'function' || running.length !== 1) return undefined
  // Each delay of ours is read off the context alone.
  const ms: unknown = (delay as (parts: { context: unknown }) => unknown)({ context: running[0]!.context })
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}
