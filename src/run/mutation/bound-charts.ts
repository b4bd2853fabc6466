import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { overlayMachine } from '../../../machines/overlay/overlay.ts'
import { boundOobeMachine } from '../../actors/bind-oobe.ts'
import { statechartsFrom } from '../statecharts.ts'

/** Every statechart that a run plays, with its actors bound; one that is bound in two ways comes twice. */
export const boundCharts = (): AnyStateMachine[] => [...statechartsFrom(boundOobeMachine), overlayMachine]

export type Transition = NonNullable<AnyStateNode['always']>[number]

/** A state and all below it. */
export const nodesFrom = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap((child) => nodesFrom(child as AnyStateNode)),
]

/** Each once, those that wait for nothing last. */
export const transitionsOf = (node: AnyStateNode): Transition[] => [
  ...new Set<Transition>([...[...node.transitions.values()].flat(), ...(node.always ?? [])]),
]

/** XState adds actions that set and clear the timer of an `after`. */
export function isTimer(action: unknown): boolean {
  const { event, sendId } = action as { event?: { type?: unknown }; sendId?: unknown }
  return [event?.type, sendId].some((name) => typeof name === 'string' && name.startsWith('xstate.after.'))
}
