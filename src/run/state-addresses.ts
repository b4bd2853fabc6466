import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { overlayMachine } from '../../machines/overlay/overlay.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'
import { statechartsFrom } from './statecharts.ts'

/** Every `machine.state.path` that a device can be in. */
export function stateAddresses(machine: AnyStateMachine): Set<string> {
  return new Set(
    statechartsFrom(machine).flatMap(({ id, root }) =>
      nodesBelow(root as AnyStateNode).map((node) => `${id}.${node.path.join('.')}`),
    ),
  )
}

let known: ReadonlySet<string> | undefined

/** Those of a device, its pages over the first boot included, in the order of their names. */
export const everyState = (): string[] =>
  [...new Set([...stateAddresses(oobeMachine), ...stateAddresses(overlayMachine)])].sort()

/** A rule on a state that does not exist would never apply, without a word. Code `ERR_UNKNOWN_STATE`. */
export function refuseUnknownState({ when }: Pick<EventRule, 'when'>): void {
  if (when.kind !== 'state' && when.kind !== 'left') return
  const address = `${when.machine}.${when.state}`
  known ??= new Set(everyState())
  if (known.has(address)) return
  const siblings = [...known].filter((candidate) => candidate.startsWith(`${when.machine}.`))
  const machines = [...new Set([...known].map((candidate) => candidate.split('.')[0]!))]
  const hint = siblings.length > 0 ? siblings : machines
  throw new UserError('ERR_UNKNOWN_STATE', `there is no state "${address}"`, [`There are: ${hint.join(', ')}`])
}

const nodesBelow = (node: AnyStateNode): AnyStateNode[] =>
  (Object.values(node.states) as AnyStateNode[]).flatMap((child) => [child, ...nodesBelow(child)])
