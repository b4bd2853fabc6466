import { describe, expect, test } from 'vitest'
import {
  type Actor,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  type EventFrom,
  fromPromise,
  type InputFrom,
  initialTransition,
  type NonReducibleUnknown,
  SimulatedClock,
  type StateValue,
  transition,
} from 'xstate'

/** Lets promise actors answer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

export { press } from '../../machines/samples.ts'

export const NETWORK_EVENTS = {
  'network.lost': { type: 'network.lost' },
  'network.restored': { type: 'network.restored' },
  'network.changed': { type: 'network.changed' },
} as const

export const skipped = (fact: string, effect: string) => ({ kind: 'doesNotApply', why: [{ fact, effect }] })

export interface Scene<Logic extends AnyStateMachine> {
  actor: Actor<Logic>
  clock: SimulatedClock
  /** What the error observer was told. */
  errors: unknown[]
}

/** Starts a statechart under a clock that is moved by hand. */
export function begin<Logic extends AnyStateMachine>(machine: Logic, input?: InputFrom<Logic>): Scene<Logic> {
  const clock = new SimulatedClock()
  const errors: unknown[] = []
  const actor = createActor<AnyStateMachine>(machine, { clock, input }) as Actor<Logic>
  actor.subscribe({ error: (error) => errors.push(error) })
  actor.start()
  return { actor, clock, errors }
}

/** An event is sent, a number lets so many milliseconds pass. */
export type Moves<Logic extends AnyStateMachine> = (EventFrom<Logic> | number)[]

/** Starts a statechart and makes these moves. */
export async function play<Logic extends AnyStateMachine>(
  machine: Logic,
  input: InputFrom<Logic> | undefined,
  ...moves: Moves<Logic>
): Promise<Scene<Logic>> {
  const scene = begin(machine, input)
  await settle()
  for (const move of moves) {
    if (typeof move === 'number') scene.clock.increment(move)
    else scene.actor.send(move)
    await settle()
  }
  return scene
}

export const stateOf = ({ actor }: { actor: { getSnapshot(): { value: StateValue } } }) => actor.getSnapshot().value

export const contextOf = <Context>({ actor }: { actor: { getSnapshot(): { context: Context } } }): Context =>
  actor.getSnapshot().context

/** The outcome of a statechart that has ended. */
export function outcomeOf<Output>({
  actor,
}: {
  actor: { getSnapshot(): { status: string; output?: Output | undefined; value: StateValue } }
}): Output {
  const snapshot = actor.getSnapshot()
  if (snapshot.status !== 'done') throw new Error(`not over: ${snapshot.status} in ${JSON.stringify(snapshot.value)}`)
  return snapshot.output as Output
}

/** A promise actor that gives these answers in turn and then none, and keeps what it was asked. */
export function replies<Output, Input = NonReducibleUnknown>(...outputs: Output[]) {
  const asked: Input[] = []
  const left = [...outputs]
  const logic = fromPromise<Output, Input>(async ({ input }) => {
    asked.push(input)
    return left.length > 0 ? left.shift()! : new Promise<Output>(() => {})
  })
  return { asked, logic }
}

/** The context that a statechart begins with, before anything has happened. */
export const firstContext = <Logic extends AnyStateMachine>(machine: Logic, input?: InputFrom<Logic>) =>
  initialTransition(machine as AnyStateMachine, input)[0].context as ReturnType<Actor<Logic>['getSnapshot']>['context']

/** Every outcome of a statechart, and how it comes about. Each has a final state of its name. */
export function everyOutcome(machine: AnyStateMachine, endings: Record<string, () => Promise<{ kind: string }>>): void {
  describe(`the outcomes of ${machine.id}`, () => {
    test('are its final states', () => {
      const states = Object.values<AnyStateNode>(machine.root.states)
      const finals = states.filter(({ type }) => type === 'final').map(({ key }) => key)
      expect(Object.keys(endings).sort()).toEqual(finals.sort())
    })
    test.each(Object.entries(endings))('%s', async (kind, run) => {
      expect((await run()).kind).toBe(kind)
    })
  })
}

/** The state that follows, or `ignored` when the event changes nothing. No actor runs. */
export function moveOf<Logic extends AnyStateMachine>(
  machine: Logic,
  value: StateValue,
  context: unknown,
  event: EventFrom<Logic>,
): string {
  const before = machine.resolveState({ value, context })
  const [after, actions] = transition(machine as AnyStateMachine, before, event)
  const isSame = nameOf(before.value) === nameOf(after.value) && before.context === after.context
  return isSame && actions.length === 0 ? 'ignored' : nameOf(after.value)
}

interface Table<Event> {
  context: unknown
  events: Record<string, Event>
  /** By state and event, the state that follows. What is not listed is ignored. */
  moves: Record<string, Record<string, string>>
}

/** Every resting state against every event: listed moves happen, and all others change nothing. */
export function everyMove<Logic extends AnyStateMachine>(
  machine: Logic,
  { context, events, moves }: Table<EventFrom<Logic>>,
): void {
  const rows = Object.entries(moves).flatMap(([state, row]) =>
    Object.entries(events).map(([name, event]) => ({ state, name, event, to: row[name] ?? 'ignored' })),
  )
  describe(`the transition table of ${machine.id}`, () => {
    test('has every resting state and every event', () => {
      expect(Object.keys(moves).sort()).toEqual(restingStates(machine).sort())
      const types = new Set(Object.values<{ type: string }>(events).map(({ type }) => type))
      expect(machine.events.filter((type: string) => /^(user|network)\./.test(type) && !types.has(type))).toEqual([])
      expect(
        Object.values(moves)
          .flatMap(Object.keys)
          .filter((name) => !Object.hasOwn(events, name)),
      ).toEqual([])
    })
    test.each(rows)('$state, $name: $to', ({ state, event, to }) => {
      expect(moveOf(machine, valueAt(state), context, event)).toBe(to)
    })
  })
}

const restingStates = (machine: AnyStateMachine): string[] =>
  nodesOf(machine.root)
    .filter((node) => node.type === 'atomic' && !node.always?.length)
    .map((node) => node.path.join('.'))

/** A state node and all below it. */
export const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)]

const nameOf = (value: StateValue): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value)
        .map(([key, inner]) => `${key}.${nameOf(inner!)}`)
        .join()

const valueAt = (path: string): StateValue =>
  path
    .split('.')
    .reverse()
    .reduce<StateValue | undefined>((inner, key) => (inner === undefined ? key : { [key]: inner }), undefined)!
