import type {
  ActorLogic,
  ActorScope,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  ContextFrom,
  EventFrom,
  EventObject,
  InputFrom,
  OutputFrom,
  Snapshot,
  StateMachine,
} from 'xstate'
import type { Secret } from '../src/domain/secret.ts'
import type { UserEvent } from './page.ts'

/** The actors that a statechart names, each with its logic. */
type ActorsOf<Machine> =
  Machine extends StateMachine<
    infer _Context,
    infer _Event,
    infer _Children,
    infer Actor,
    infer _Action,
    infer _Guard,
    infer _Delay,
    infer _Value,
    infer _Tag,
    infer _Input,
    infer _Output,
    infer _Emitted,
    infer _Meta,
    infer _Schema,
    infer _TransitionMeta
  >
    ? Actor
    : never

/** An actor without an output never ends: one that watches, or a statechart without outcomes. */
type IsEndless<Output> = [Output] extends [undefined] ? true : unknown extends Output ? true : false

/** By actor, the outputs with which it can end. */
export type OutputsOf<Machine> = {
  [Actor in ActorsOf<Machine> as IsEndless<OutputFrom<Actor['logic']>> extends true ? never : Actor['src']]: OutputFrom<
    Actor['logic']
  >
}

type EndsOf<Outputs> = { readonly [Id in keyof Outputs]: readonly [Outputs[Id], ...Outputs[Id][]] }

/** A statechart that names no events hears any, as far as XState's types know: then there are no samples of them. */
type OwnEventOf<Machine> = string extends EventFrom<Machine>['type'] ? never : EventFrom<Machine>

/** The names of the statecharts that a statechart runs, and of those that these run. */
export type StatechartsBelow<Machine> =
  ActorsOf<Machine> extends infer Actor
    ? Actor extends { src: infer Name; logic: infer Logic extends AnyStateMachine }
      ? Name | StatechartsBelow<Logic>
      : never
    : never

/** What `xstate/graph` needs to find its way through a statechart: every question of it has an answer that passes. */
export interface Samples<Machine extends AnyStateMachine, Event = OwnEventOf<Machine>, Outputs = OutputsOf<Machine>> {
  /** What it can begin with, by the case that each is. */
  inputs: Readonly<Record<string, InputFrom<Machine>>>
  /** What people, the network and watching actors tell it. */
  events: readonly Event[]
  /** By each actor that it runs, what that can end with. */
  done: [keyof Outputs] extends [never] ? Record<string, never> : EndsOf<Outputs>
  /** What of its context guards read; left out: all may count. Without it something that counts up has no end. */
  decisive?: (context: ContextFrom<Machine>) => object
}

/** The samples of any statechart. */
export interface AnySamples {
  inputs: Readonly<Record<string, unknown>>
  events: readonly EventObject[]
  done: Readonly<Record<string, readonly unknown[]>>
  decisive?: (context: never) => object
}

/** A person presses a button of the page. */
export const press = <Type extends string>(
  type: Type,
  values: Record<string, string> = {},
  secrets: Record<string, Secret> = {},
): UserEvent<Type> => ({ type, values, secrets })

/** All that can happen to a statechart by its samples: the events that reach it, how its actors end, and that its delays are over. */
export function eventsOf(machine: AnyStateMachine, { events, done }: AnySamples): AnyEventObject[] {
  const ends = Object.entries(done).flatMap(([actorId, outputs]) =>
    outputs.map((output) => ({ type: `xstate.done.actor.${actorId}`, actorId, output })),
  )
  return [...events, ...ends, ...delaysOf(machine.root).map((type) => ({ type }))]
}

const delaysOf = (node: AnyStateNode): string[] => [
  ...[...node.transitions.keys()].filter((type) => type.startsWith('xstate.after.')),
  ...Object.values<AnyStateNode>(node.states).flatMap(delaysOf),
]

/** What `getShortestPaths` and `getAdjacencyMap` of `xstate/graph` need besides `alone(machine)`. */
export function graphOptions(machine: AnyStateMachine, samples: AnySamples, input: unknown) {
  const decisive = samples.decisive as ((context: unknown) => object) | undefined
  return {
    input,
    events: eventsOf(machine, samples),
    serializeState: ({ value, context }: AnyMachineSnapshot) =>
      JSON.stringify([value, decisive ? decisive(context) : context]),
    // XState's `transition` would go on from a final state, as no running actor does.
    stopWhen: ({ status }: AnyMachineSnapshot) => status !== 'active',
  }
}

type Scope = ActorScope<AnyMachineSnapshot, AnyEventObject>

/**
 * A statechart as `xstate/graph` can walk it, with nothing running. What it sends to the statechart around it is
 * dropped, and what it asks of itself it finds in its snapshot: the scope of `xstate/graph` has neither.
 */
export function alone(machine: AnyStateMachine): ActorLogic<AnyMachineSnapshot, AnyEventObject, unknown> {
  const within = (scope: Scope, snapshot: Snapshot<unknown> = scope.self.getSnapshot()): Scope => ({
    ...scope,
    self: Object.assign(Object.create(scope.self), { _parent: scope.self, getSnapshot: () => snapshot }),
  })
  return {
    getInitialSnapshot: (scope, input) => machine.getInitialSnapshot(within(scope), input),
    transition: (snapshot, event, scope) => machine.transition(snapshot, event, within(scope, snapshot)),
    getPersistedSnapshot: (snapshot) => machine.getPersistedSnapshot(snapshot),
  }
}
