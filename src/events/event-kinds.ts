import type * as v from 'valibot'
import type { EventWords } from '../domain/event-words.ts'
import { administrator } from './administrator.ts'
import { answer } from './answer.ts'
import { block } from './block.ts'
import { cable } from './cable.ts'
import { clock } from './clock.ts'
import { corrupt } from './corrupt.ts'
import type { EventDefinition } from './define-event.ts'
import { delay } from './delay.ts'
import { disconnect } from './disconnect.ts'
import { disk } from './disk.ts'
import { dns } from './dns.ts'
import { drop } from './drop.ts'
import { hang } from './hang.ts'
import { inspect } from './inspect.ts'
import { keys } from './keys.ts'
import { lid } from './lid.ts'
import { loss } from './loss.ts'
import { network } from './network.ts'
import { person } from './person.ts'
import { port } from './port.ts'
import { portal } from './portal.ts'
import { power } from './power.ts'
import { proxy } from './proxy.ts'
import { push } from './push.ts'
import { refuse } from './refuse.ts'
import { server } from './server.ts'
import { slow } from './slow.ts'
import { tpm } from './tpm.ts'
import { wifi } from './wifi.ts'

/** Every kind of event by its key in a scenario file. A key of {@link EventWords} without its file does not compile. */
export const EVENTS = {
  network,
  cable,
  wifi,
  block,
  dns,
  port,
  inspect,
  proxy,
  portal,
  slow,
  loss,
  power,
  lid,
  person,
  administrator,
  server,
  refuse,
  push,
  disconnect,
  clock,
  tpm,
  disk,
  keys,
  answer,
  delay,
  drop,
  hang,
  corrupt,
  // biome-ignore lint/suspicious/noExplicitAny: the values differ from kind to kind; each file has its own
} satisfies { [Kind in keyof EventWords]: EventDefinition<EventWords[Kind], any> }

export type EventKind = keyof typeof EVENTS

/** An effect with its value, as a RunSpec has it. */
export type EventEffect = {
  [Kind in EventKind]: { kind: Kind; value: v.InferOutput<(typeof EVENTS)[Kind]['schema']> }
}[EventKind]

export const EVENT_KINDS = Object.keys(EVENTS) as EventKind[]

/** The definition of an effect, for its value. */
export const definitionOf = ({ kind }: EventEffect): EventDefinition<never, EventEffect['value']> =>
  EVENTS[kind] as unknown as EventDefinition<never, EventEffect['value']>

/** Whether an effect needs the administration of the mocked school. */
export const actsAtSchool = (effect: EventEffect): boolean =>
  effect.kind === 'administrator' || (effect.kind === 'server' && !('silent' in effect.value))

/** Whether an effect can end again. */
export function lasts(effect: EventEffect): boolean {
  const { undo, lasts: canEnd } = definitionOf(effect)
  return undo !== null && (canEnd?.(effect.value) ?? true)
}

export const wordsOf = (effect: EventEffect): string => definitionOf(effect).words(effect.value)
