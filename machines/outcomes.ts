import type { Trouble } from '../src/domain/trouble.ts'
import { type DoesNotApply, doesNotApply } from './page.ts'

type Of<Outcome, Kind> = Extract<Outcome, { kind: Kind }>

/** For each kind of an outcome what it says, or how that follows from the context. */
type Outputs<Context, Outcome extends { kind: string }> = {
  [Kind in Outcome['kind']]: Of<Outcome, Kind> | ((context: Context) => Of<Outcome, Kind>)
}

export interface Ending<Context, Outcome> {
  type: 'final'
  output: (parts: { context: Context }) => Outcome
}

/** One final state for each kind of outcome, by its name. A kind that is left out, or is none, does not compile. */
export function endings<Context, Outcome extends { kind: string }>(outputs: Outputs<Context, Outcome>) {
  const states = Object.entries(outputs).map(([kind, output]) => [
    kind,
    {
      type: 'final',
      output: ({ context }) => (typeof output === 'function' ? output(context) : output) as Outcome,
    } satisfies Ending<Context, Outcome>,
  ])
  return Object.fromEntries(states) as { [Kind in Outcome['kind']]: Ending<Context, Outcome> }
}

/** The output of a statechart: the one of the final state that it is in. */
export const fromEnding =
  <Outcome>() =>
  ({ event }: { event: { output: unknown } }): Outcome =>
    event.output as Outcome

/** Why a page is not shown. */
interface Reason<Context> {
  when: (context: Context) => boolean
  fact: string | ((context: Context) => string)
  /** Left out: the one of the page. */
  effect?: string
  /** Known only later than when the page begins: its transition is drawn where it is known. */
  later?: true
}

/**
 * The reasons not to show a page, in the order in which they count: their guards, the transitions to `doesNotApply`, and
 * what that says.
 *
 * @param effect what comes of them
 */
export const skips =
  <Context>(effect: string) =>
  <Name extends string>(reasons: Record<Name, Reason<Context>>) => {
    const names = Object.keys(reasons) as Name[]
    const guards = Object.fromEntries(
      names.map((name) => [name, ({ context }: { context: Context }) => reasons[name].when(context)]),
    ) as Record<Name, (parts: { context: Context }) => boolean>
    return {
      guards,
      always: names.filter((name) => !reasons[name].later).map((guard) => ({ guard, target: 'doesNotApply' as const })),
      outcome(context: Context): DoesNotApply {
        const reason = Object.values<Reason<Context>>(reasons).find(({ when }) => when(context))
        if (!reason) throw new Error('a page was skipped without a reason')
        const fact = typeof reason.fact === 'function' ? reason.fact(context) : reason.fact
        return doesNotApply(fact, reason.effect ?? effect)
      },
    }
  }

/** What the way to an outcome has set. Its absence is our bug. */
export function known<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`a statechart ended without ${what}`)
  return value
}

export interface End<Output> {
  event: { output: Output }
}

/** What the actor has answered: the parameter of most guards and actions where it ends. */
export const answered = <Output>({ event }: End<Output>): Output => event.output

/** Where the actor ends with trouble: it is noted, and shown in the state of this name. */
export const troubleTo = <Target extends string>(target: Target) =>
  ({
    actions: {
      type: 'noteTrouble',
      params: ({ event }: End<{ kind: string; trouble?: Trouble | null }>) => event.output.trouble ?? null,
    },
    target,
  }) as const

/** What the actor has answered whose end is the event. For guards whose parameters are plain, so that a drawing names them. */
export const outputOf = <Output>(event: unknown): Output => (event as { output: Output }).output
