import { asks, type GaveUp, hidden, type StateMeta, shows } from '../page.ts'
import type { OobeContext } from './oobe-context.ts'
import { oobeSetup } from './oobe-setup.ts'
import type { Continuation, End, Lead, Never, Question, Step, Telling } from './plan.ts'

/** A state of the whole. The type of XState's is recursive, and of many of them the compiler sees no end. */
interface StateConfig {
  meta?: StateMeta
}

/** States of the whole: those that end a plan, and plans that another one leads to. */
const OUTSIDE: Record<End | Continuation, true> = {
  desktop: true,
  signInScreen: true,
  kiosk: true,
  restart: true,
  reset: true,
  powerOff: true,
  autopilotProfile: true,
  language: true,
  devicePreparation: true,
}

const targetOf = (to: string): string => (Object.hasOwn(OUTSIDE, to) ? `#oobe.${to}` : to)

const telling = (type: Telling | undefined) => (type === undefined ? [] : [{ type: 'tell' as const, params: type }])

interface Done {
  context: OobeContext
  event: { output: { kind: string } }
}

/** From an outcome to what it leads to. */
function transitionsOf(kind: string, lead: string | Lead<never, string> | Never) {
  if (typeof lead === 'object' && 'never' in lead) return []
  const { to, when, sets, writes, tells } = (typeof lead === 'string' ? { to: lead } : lead) as Lead<object, string>
  const learning =
    sets === undefined
      ? []
      : [
          {
            type: 'learn' as const,
            params: ({ event }: Done) => (typeof sets === 'function' ? sets(event.output) : sets),
          },
        ]
  const writing =
    writes === undefined
      ? []
      : [
          {
            type: 'note' as const,
            params: ({ context, event }: Done) =>
              typeof writes === 'function' ? writes(event.output, context) : writes,
          },
          'save' as const,
        ]
  const actions = [...learning, ...writing, ...telling(tells)]
  const transition = (params: { kind: string; question?: Question }, target: string) => ({
    guard: { type: 'endedAs' as const, params },
    actions,
    target: targetOf(target),
  })
  const divided = (when ?? []).map(({ question, to: elsewhere }) => transition({ kind, question }, elsewhere))
  return [...divided, transition({ kind }, to)]
}

/** What a page has failed with is shown elsewhere. */
const givingUp = (to: string): Lead<never, string> => ({
  to,
  sets: (failure: GaveUp) => ({ failure }),
})

function stateOf(step: Step<string>): StateConfig {
  const meta = hidden(step.source)
  if ('leavesOut' in step) {
    return oobeSetup.createStateConfig({
      meta: { ...meta, leavesOut: { page: step.leavesOut, why: [step.why] } },
      always: { target: targetOf(step.to) },
    })
  }
  if ('decides' in step) {
    return oobeSetup.createStateConfig({
      meta,
      always: [
        ...step.decides.map(({ when, to }) => ({ guard: when, target: targetOf(to) })),
        { target: targetOf(step.otherwise) },
      ],
    })
  }
  if ('until' in step) {
    const to = targetOf(step.to)
    return oobeSetup.createStateConfig({
      meta: hidden(step.source),
      invoke: { id: 'laterApps', src: 'laterApps' },
      on: { 'apps.over': to },
      after: { laterApps: to },
      initial: 'looking',
      states: {
        looking: { meta: hidden(step.source), on: { 'apps.toCome': 'waiting' } },
        waiting: { meta: shows(step.shows, step.source) },
      },
    } as never)
  }
  if ('shows' in step) {
    return oobeSetup.createStateConfig({
      meta: shows(step.shows, step.source),
      after: { [step.after]: targetOf(step.to) },
    })
  }
  if ('asks' in step) {
    const on = Object.entries(step.buttons).map(([event, button]) => {
      if (typeof button === 'string') return [event, targetOf(button)]
      const params = ({ context }: { context: OobeContext }) => button.writes(context)
      return [event, { actions: [{ type: 'note', params }, 'save'], target: targetOf(button.to) }]
    })
    return oobeSetup.createStateConfig({ meta: asks(step.asks, step.source), on: Object.fromEntries(on) } as never)
  }
  const { page, input, leads, tells, failsTo, within } = step
  return oobeSetup.createStateConfig({
    meta,
    entry: telling(tells),
    // Each step was checked against its page's types where it was written: here it is any page.
    invoke: {
      id: page,
      src: page,
      input: ({ context }: { context: OobeContext }) => ({
        ...input(context),
        ...(failsTo === undefined ? {} : { endsAtFailure: true }),
      }),
      onDone: [
        ...Object.entries(leads).flatMap(([kind, lead]) => transitionsOf(kind, lead)),
        ...(failsTo === undefined ? [] : transitionsOf('gaveUp', givingUp(failsTo))),
      ],
    } as never,
    ...(within ? { after: { [within.delay]: targetOf(within.to) } } : {}),
  })
}

/** The states of a plan, by the names of its steps. */
export function statesOf<Name extends string>(plan: { [Key in Name]: Step<string> }) {
  const entries = Object.entries<Step<string>>(plan).map(([name, step]) => [name, stateOf(step)])
  return Object.fromEntries(entries) as { [Key in Name]: StateConfig }
}

/** A deployment mode: its plan, from the first step on. */
export const modeState = (plan: Record<string, Step<string>>) =>
  oobeSetup.createStateConfig({ initial: Object.keys(plan)[0]!, states: statesOf(plan) } as never)
