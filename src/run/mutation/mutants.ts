import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { transitionNumber } from '../transition-index.ts'
import { boundCharts, isTimer, nodesFrom, type Transition, transitionsOf } from './bound-charts.ts'

/** One change of a statechart, as plain data. */
export type Mutant =
  /** The transition is never taken. */
  | { kind: 'drop'; machine: string; edge: number }
  /** It leads to another state beside its target. */
  | { kind: 'retarget'; machine: string; edge: number; to: string }
  /** It is taken where its guard does not hold, and not where it does. */
  | {
      kind: 'negate'
      machine: string
      edge: number
      /** Transitions of the same event: one of them was taken where the guard did not hold. */
      otherwise: readonly number[]
    }
  /** One of its actions is left out. */
  | { kind: 'action'; machine: string; edge: number; index: number; name: string }
  /** An action of a state is left out. */
  | ({ kind: 'entry' | 'exit' } & InState)
  /** A delay of a state takes so many times as long. */
  | ({
      kind: 'stretch'
      /** Transitions that are taken when it is over. */
      over: readonly number[]
    } & InState)

interface InState {
  machine: string
  state: string
  index: number
  name: string
  /** Transitions that leave it: a state that is left in the step that enters it is in no journal. */
  leaving: readonly number[]
}

export const STRETCHED_BY = 10

/** All mutants of all statecharts, in the order of the charts; each once, however often a chart is bound. */
export function allMutants(): Mutant[] {
  const known = new Set<string>()
  return boundCharts().flatMap((machine) => {
    if (known.has(machine.id)) return []
    known.add(machine.id)
    return mutantsOf(machine)
  })
}

function mutantsOf(machine: AnyStateMachine): Mutant[] {
  const root = machine.root as AnyStateNode
  return nodesFrom(root).flatMap((node) => [...edgeMutants(root, node), ...stateMutants(root, node)])
}

function edgeMutants(root: AnyStateNode, node: AnyStateNode): Mutant[] {
  const machine = root.machine.id
  const otherwise = (than: Transition): number[] =>
    transitionsOf(node).flatMap((one) =>
      one.eventType === than.eventType && one !== than ? [transitionNumber(root, one)] : [],
    )
  return transitionsOf(node).flatMap((transition): Mutant[] => {
    const edge = transitionNumber(root, transition)
    const to = otherTarget(transition.target?.[0])
    return [
      { kind: 'drop', machine, edge },
      ...(to ? [{ kind: 'retarget', machine, edge, to: pathOf(to) } as const] : []),
      ...(transition.guard === undefined
        ? []
        : [{ kind: 'negate', machine, edge, otherwise: otherwise(transition) } as const]),
      ...transition.actions.map(
        (action, index): Mutant => ({ kind: 'action', machine, edge, index, name: nameOf(action) }),
      ),
    ]
  })
}

function stateMutants(root: AnyStateNode, node: AnyStateNode): Mutant[] {
  const leaving = transitionsOf(node).map((transition) => transitionNumber(root, transition))
  const place = { machine: root.machine.id, state: pathOf(node), leaving }
  const actions = (kind: 'entry' | 'exit') =>
    node[kind].flatMap((action, index): Mutant[] =>
      isTimer(action) ? [] : [{ kind, ...place, index, name: nameOf(action) }],
    )
  const delays = node.entry.flatMap((action, index): Mutant[] => {
    const { delay, event } = action as { delay?: unknown; event?: { type: string } }
    if (!isTimer(action) || delay === 0) return []
    const over = transitionsOf(node).filter(({ eventType }) => eventType === event?.type)
    const numbers = over.map((one) => transitionNumber(root, one))
    return [{ kind: 'stretch', ...place, index, name: String(delay), over: numbers }]
  })
  return [...actions('entry'), ...actions('exit'), ...delays]
}

/** The state behind a target, of those beside it; after the last one the first. Undefined where it has none. */
function otherTarget(target: AnyStateNode | undefined): AnyStateNode | undefined {
  const parent = target?.parent as AnyStateNode | undefined
  if (!target || !parent || parent.type === 'parallel') return undefined
  const beside = Object.values(parent.states) as AnyStateNode[]
  const other = beside[(beside.indexOf(target) + 1) % beside.length]
  return other === target || other?.type === 'history' ? undefined : other
}

export const pathOf = (node: AnyStateNode): string => node.path.join('.')

/** A name, an object of this type, or a function. Actions that XState makes (`assign`) have both. */
function nameOf(named: unknown): string {
  if (typeof named === 'string') return named
  const { type, name } = named as { type?: unknown; name?: unknown }
  const found = [type, name].find((one) => typeof one === 'string' && one !== '') as string | undefined
  return found?.replace(/^xstate\./, '') ?? '(inline)'
}
