import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { UserError } from '../domain/trouble.ts'
import type { FaultRule } from './faults.ts'

/** Every `machine.state.path` that a device can be in. */
export function stateAddresses(machine: AnyStateMachine): Set<string> {
  const children = Object.values(machine.implementations.actors as Record<string, unknown>).filter(isStatechart)
  const own = nodesBelow(machine.root as AnyStateNode).map((node) => `${machine.id}.${node.path.join('.')}`)
  return new Set([...own, ...children.flatMap((child) => [...stateAddresses(child)])])
}

/** A rule on a state that does not exist would never apply, and nobody would notice. Code `ERR_UNKNOWN_STATE`. */
export function refuseUnknownStates(faults: readonly FaultRule[], machine: AnyStateMachine): void {
  const wanted = faults.flatMap(({ when }) => (when.kind === 'state' ? [`${when.machine}.${when.state}`] : []))
  if (wanted.length === 0) return
  const known = stateAddresses(machine)
  for (const address of wanted) {
    if (known.has(address)) continue
    const [name] = address.split('.')
    const siblings = [...known].filter((candidate) => candidate.startsWith(`${name}.`))
    const machines = [...new Set([...known].map((candidate) => candidate.split('.')[0]!))]
    const hint = siblings.length > 0 ? siblings : machines
    throw new UserError('ERR_UNKNOWN_STATE', `faults: there is no state "${address}"`, [
      `There are: ${hint.join(', ')}`,
    ])
  }
}

const isStatechart = (logic: unknown): logic is AnyStateMachine =>
  typeof logic === 'object' && logic !== null && 'root' in logic && 'id' in logic

const nodesBelow = (node: AnyStateNode): AnyStateNode[] =>
  (Object.values(node.states) as AnyStateNode[]).flatMap((child) => [child, ...nodesBelow(child)])
