import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'

/** Every `machine.state.path` that a device can be in. */
export function stateAddresses(machine: AnyStateMachine): Set<string> {
  const children = Object.values(machine.implementations.actors as Record<string, unknown>).filter(isStatechart)
  const own = nodesBelow(machine.root as AnyStateNode).map((node) => `${machine.id}.${node.path.join('.')}`)
  return new Set([...own, ...children.flatMap((child) => [...stateAddresses(child)])])
}

let known: ReadonlySet<string> | undefined

/** A rule on a state that does not exist would never apply, without a word. Code `ERR_UNKNOWN_STATE`. */
export function refuseUnknownState({ when }: Pick<EventRule, 'when'>): void {
  if (when.kind !== 'state') return
  const address = `${when.machine}.${when.state}`
  known ??= stateAddresses(oobeMachine)
  if (known.has(address)) return
  const siblings = [...known].filter((candidate) => candidate.startsWith(`${when.machine}.`))
  const machines = [...new Set([...known].map((candidate) => candidate.split('.')[0]!))]
  const hint = siblings.length > 0 ? siblings : machines
  throw new UserError('ERR_UNKNOWN_STATE', `there is no state "${address}"`, [`There are: ${hint.join(', ')}`])
}

const isStatechart = (logic: unknown): logic is AnyStateMachine =>
  typeof logic === 'object' && logic !== null && 'root' in logic && 'id' in logic

const nodesBelow = (node: AnyStateNode): AnyStateNode[] =>
  (Object.values(node.states) as AnyStateNode[]).flatMap((child) => [child, ...nodesBelow(child)])
