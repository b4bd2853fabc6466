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
import { drop } from './drop.ts'
import { hang } from './hang.ts'
import { keys } from './keys.ts'
import { lid } from './lid.ts'
import { network } from './network.ts'
import { person } from './person.ts'
import { power } from './power.ts'
import { push } from './push.ts'
import { server } from './server.ts'
import { wifi } from './wifi.ts'

/** Every kind of event by its key in a scenario file. A key of {@link EventWords} without its file does not compile. */
export const EVENTS = {
  network,
  cable,
  wifi,
  block,
  power,
  lid,
  person,
  administrator,
  server,
  push,
  disconnect,
  clock,
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
export const actsAtSchool = ({ kind }: EventEffect): boolean => kind === 'administrator' || kind === 'server'

export const wordsOf = (effect: EventEffect): string => definitionOf(effect).words(effect.value)
