import type { ActorScope, AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { type AnySamples, alone, graphOptions } from '../../machines/samples.ts'
import { nodesOf } from './scene.ts'

/** What `xstate/graph` finds in a statechart, with its samples and nothing else. */
export interface Paths {
  /** Where the shortest paths end. */
  ends: AnyMachineSnapshot[]
  /** Those that follow at once among them. */
  taken: Set<AnyTransitionDefinition>
  /** The events that did something somewhere, as JSON. */
  used: Set<string>
}

/** From every input the shortest path to each state. No actor runs. */
export function pathsOf(machine: AnyStateMachine, samples: AnySamples): Paths {
  const paths: Paths = { ends: [], taken: new Set(), used: new Set() }
  const chart = watched(machine, paths)
  for (const input of Object.values(samples.inputs)) {
    for (const { state } of getShortestPaths(chart, graphOptions(machine, samples, input))) paths.ends.push(state)
  }
  return paths
}

type Scope = ActorScope<AnyMachineSnapshot, AnyEventObject>

/** A statechart whose transitions are noted. */
function watched(machine: AnyStateMachine, { taken, used }: Paths): ReturnType<typeof alone> {
  const chart = alone(machine)
  const known = new WeakSet<object>()
  const watch = (scope: Scope): Scope => {
    if (known.has(scope.system)) return scope
    known.add(scope.system)
    scope.system.inspect((inspection) => {
      // The statecharts that it would run begin here as well.
      if (inspection.type !== '@xstate.microstep' || !isOf(machine, inspection.snapshot)) return
      if (inspection._transitions.length > 0) used.add(JSON.stringify(inspection.event))
      for (const transition of inspection._transitions) taken.add(transition)
    })
    return scope
  }
  return {
    ...chart,
    getInitialSnapshot: (scope, input) => chart.getInitialSnapshot(watch(scope), input),
    transition: (snapshot, event, scope) => chart.transition(snapshot, event, watch(scope)),
  }
}

const isOf = (machine: AnyStateMachine, snapshot: object): boolean =>
  'machine' in snapshot && snapshot.machine === machine

/** The transitions that a statechart names. */
export const transitionsOf = (machine: AnyStateMachine): AnyTransitionDefinition[] =>
  nodesOf(machine.root).flatMap((node) => [...node.transitions.values(), node.always ?? []].flat())

/** The states that were entered: those where a path ends, and those that were left again at once. */
export const statesIn = ({ ends, taken }: Paths): Set<object> =>
  new Set([...ends.flatMap(({ _nodes }) => _nodes), ...[...taken].map(({ source }) => source)])
