import type { AnyStateNode } from 'xstate'
import type { StateMeta } from '../../machines/page.ts'
import { MACHINES } from '../machines/every-machine.ts'

/** Addresses of all states that show a page: `network.askingForKey`. */
export const pageStates = (): string[] =>
  MACHINES.flatMap((machine) =>
    nodesBelow(machine.root as AnyStateNode)
      .filter((node) => (node.meta as StateMeta | undefined)?.page !== undefined)
      .map((node) => `${machine.id}.${node.path.join('.')}`),
  )

const nodesBelow = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...(Object.values(node.states) as AnyStateNode[]).flatMap(nodesBelow),
]
