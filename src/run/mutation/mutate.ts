import { type AnyStateMachine, type AnyStateNode, not } from 'xstate'
import { transitionNumber } from '../transition-index.ts'
import { boundCharts, nodesFrom, type Transition, transitionsOf } from './bound-charts.ts'
import { type Mutant, pathOf, STRETCHED_BY } from './mutants.ts'

/** More steps at one moment are a loop that a change has made. */
const STEPS_MAX = 2_000

type Undo = () => void

/**
 * Changes the statecharts that all runs of this process play, until the undoing is called. Nothing else may be played meanwhile.
 * A transition keeps its number.
 *
 * @throws Error for a mutant that no statechart has
 */
export function mutate(mutant: Mutant): Undo {
  const charts = boundCharts().filter(({ id }) => id === mutant.machine)
  const undos = [...boundCharts().map(limited), ...charts.map((chart) => change(chart, mutant))]
  if (charts.length === 0) throw new Error(`there is no statechart ${mutant.machine}`)
  return () => {
    for (const undo of undos.toReversed()) undo()
  }
}

/** A loop of steps that wait for nothing ends with an error. */
function limited(machine: AnyStateMachine): Undo {
  const { options } = machine as { options: { maxIterations?: number } }
  return set(options, 'maxIterations', STEPS_MAX)
}

function change(machine: AnyStateMachine, mutant: Mutant): Undo {
  const root = machine.root as AnyStateNode
  if ('edge' in mutant) {
    const transition = nodesFrom(root)
      .flatMap(transitionsOf)
      .find((one) => transitionNumber(root, one) === mutant.edge)
    if (!transition) throw new Error(`${mutant.machine} has no transition ${mutant.edge}`)
    return changeEdge(root, transition, mutant)
  }
  const node = nodesFrom(root).find((one) => pathOf(one) === mutant.state)
  if (!node) throw new Error(`${mutant.machine} has no state ${mutant.state}`)
  if (mutant.kind === 'stretch') return stretch(machine, node.entry[mutant.index])
  return set(node, mutant.kind, without(node[mutant.kind], mutant.index))
}

type EdgeMutant = Extract<Mutant, { edge: number }>

// XState keeps a transition in several lists: it is changed where it is, so that all of them see it.
function changeEdge(root: AnyStateNode, transition: Transition, mutant: EdgeMutant): Undo {
  switch (mutant.kind) {
    case 'drop':
      return set(transition, 'guard', () => false)
    case 'negate':
      return set(transition, 'guard', not(transition.guard as never))
    case 'retarget': {
      const target = nodesFrom(root).find((one) => pathOf(one) === mutant.to)
      if (!target) throw new Error(`${mutant.machine} has no state ${mutant.to}`)
      return set(transition, 'target', [target])
    }
    case 'action':
      return set(transition, 'actions', without(transition.actions, mutant.index))
  }
}

/** Of a name the chart knows how long it takes; else it is a number. */
function stretch({ implementations }: AnyStateMachine, timer: unknown): Undo {
  const { delay } = timer as { delay: unknown }
  const usual = (typeof delay === 'string' ? implementations.delays[delay] : delay) as unknown
  const stretched = (...given: unknown[]) =>
    STRETCHED_BY *
    (typeof usual === 'function' ? (usual as (...all: unknown[]) => number)(...given) : (usual as number))
  return set(timer as { delay: unknown }, 'delay', stretched)
}

const without = <Value>(list: readonly Value[], index: number): Value[] => list.filter((_, at) => at !== index)

/** Sets a member, and sets it back. */
function set(holder: object, key: string, value: unknown): Undo {
  const members = holder as Record<string, unknown>
  const before = members[key]
  members[key] = value
  return () => {
    members[key] = before
  }
}
