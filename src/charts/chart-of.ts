import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { StateMeta } from '../../machines/page.ts'
import { eventName } from '../run/event-name.ts'
import { transitionNumber } from '../run/transition-index.ts'
import type { Chart, ChartState, ChartTransition } from './chart.ts'

type Transition = NonNullable<AnyStateNode['always']>[number]

/** What a statechart says of itself. Functions leave their names. */
export function chartOf(machine: AnyStateMachine): Chart {
  const root = machine.root as AnyStateNode
  const endsIn = childrenOf(root).flatMap((child) => (child.type === 'final' ? [pathOf(child)] : []))
  return { id: machine.id, endsIn, ...stateOf(root) }
}

function stateOf(node: AnyStateNode): ChartState {
  const { page, waitsForPerson, sources } = (node.meta ?? {}) as Partial<StateMeta>
  const initial = node.type === 'compound' ? node.initial.target?.[0] : undefined
  return {
    path: pathOf(node),
    kind: node.type,
    ...(initial ? { initial: pathOf(initial) } : {}),
    ...(page === undefined ? {} : { page }),
    ...(waitsForPerson ? { waitsForPerson } : {}),
    ...(sources && sources.length > 0 ? { sources } : {}),
    invokes: node.invoke.map(({ id, src }) => ({ id, src: typeof src === 'string' ? src : nameOf(src) })),
    entry: node.entry.filter(isOwn).map(callOf),
    exit: node.exit.filter(isOwn).map(callOf),
    transitions: transitionsOf(node),
    states: childrenOf(node).map(stateOf),
  }
}

const childrenOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states) as AnyStateNode[]

const pathOf = (node: AnyStateNode): string => node.path.join('.')

function transitionsOf(node: AnyStateNode): ChartTransition[] {
  const root = node.machine.root as AnyStateNode
  const all = new Set<Transition>([...[...node.transitions.values()].flat(), ...(node.always ?? [])])
  return [...all].map((transition) => {
    const { eventType, guard, target, actions } = transition
    return {
      number: transitionNumber(root, transition),
      event: eventOf(eventType),
      ...(guard === undefined ? {} : { guard: guardOf(guard) }),
      targets: (target ?? []).map(pathOf),
      actions: actions.map(callOf),
    }
  })
}

function eventOf(type: string): string {
  if (type === '') return 'always'
  return type.startsWith('xstate.done.state.') ? 'done' : eventName(type)
}

/** `not(isOnline)`, `and(isJoined, isEnrolled)`: XState keeps what they are made of. */
function guardOf(guard: unknown): string {
  const parts = typeof guard === 'function' ? (guard as { guards?: readonly unknown[] }).guards : undefined
  // A bundler tells functions of one name apart by numbers behind them.
  return parts ? `${nameOf(guard).replace(/\d+$/, '')}(${parts.map(guardOf).join(', ')})` : callOf(guard)
}

/** XState adds actions that set and clear the timer of an `after`. */
const isOwn = (action: unknown): boolean => {
  const { event, sendId } = action as { event?: { type?: unknown }; sendId?: unknown }
  return ![event?.type, sendId].some((name) => typeof name === 'string' && name.startsWith('xstate.after.'))
}

/** `conclude(kind: back)`. What is worked out when it happens is not known here. */
function callOf(named: unknown): string {
  const { params } = named as { params?: unknown }
  const given = params === undefined || typeof params === 'function' ? '' : paramsText(params)
  return given === '' ? nameOf(named) : `${nameOf(named)}(${given})`
}

const paramsText = (params: unknown): string =>
  isPlain(params)
    ? String(params)
    : Object.entries(params ?? {})
        .filter(([, value]) => isPlain(value))
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** A name, an object of this type, or a function. Actions that XState makes (`assign`) have both. */
function nameOf(named: unknown): string {
  if (typeof named === 'string') return named
  const { type, id, name } = named as { type?: unknown; id?: unknown; name?: unknown }
  const found = [type, id, name].find((one) => typeof one === 'string' && one !== '') as string | undefined
  return found?.replace(/^xstate\./, '') ?? '(inline)'
}
