import type { AnyStateNode } from 'xstate'

/** Transitions of a statechart by their number. */
type Numbers = Map<object, number>

const known = new WeakMap<object, Numbers>()

/**
 * The number of a transition: how many the statechart names before it, state by state from the root down. Two transitions that
 * look alike from outside differ in it, and so does one that stays where it is.
 */
export function transitionNumber(root: AnyStateNode, transition: object): number {
  let numbers = known.get(root)
  if (!numbers) {
    numbers = new Map()
    number(root, numbers)
    known.set(root, numbers)
  }
  return numbers.get(transition) ?? -1
}

function number(node: AnyStateNode, numbers: Numbers): void {
  for (const list of node.transitions.values()) for (const transition of list) numbers.set(transition, numbers.size)
  for (const transition of node.always ?? []) if (!numbers.has(transition)) numbers.set(transition, numbers.size)
  for (const child of Object.values(node.states)) number(child as AnyStateNode, numbers)
}
