import { type EventObject, fromCallback, fromPromise, type NonReducibleUnknown } from 'xstate'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { Chance } from '../ports/chance.ts'
import type { Timeline } from '../ports/timeline.ts'
import type { SessionService } from '../service/service.ts'
import type { Memory } from './memory.ts'

/** What the actors of a run work with. */
export interface Bindings {
  device: VirtualDevice
  service: SessionService
  timeline: Timeline
  journal: JournalWriter
  chance: Chance
  memory: Memory
}

/** Runs by the actor system of a start of their device: the statecharts are bound once for all of them. */
const runs = new WeakMap<object, Bindings>()

/** Gives a run to the actors of a system. Each start of the device has another system. */
export const bindRun = (system: object, bindings: Bindings): void => void runs.set(system, bindings)

/** The run that an actor belongs to. */
export function runOf({ system }: { system: object }): Bindings {
  const bindings = runs.get(system)
  if (!bindings) throw new Error('a statechart was started without its run')
  return bindings
}

export type NoInput = NonReducibleUnknown

/** One piece of work of a run. */
export type Work<Output, Input> = (run: Bindings, input: Input, signal: AbortSignal) => Promise<Output> | Output

/**
 * A promise actor that does a piece of work: an activity of the timeline, so that it starts in its turn and time does not
 * pass while it works.
 */
export const working = <Output, Input = NoInput>(work: Work<Output, Input>) =>
  fromPromise<Output, Input>(({ input, signal, self, system }) => {
    const run = runOf({ system })
    return run.timeline.activity(async () => work(run, input, signal), signal, nameOf(self))
  })

/** The same for work that tells its statechart how far it is. */
export const reporting = <Output, Told extends EventObject, Input = NoInput>(
  work: (run: Bindings, input: Input, parts: { signal: AbortSignal; tell: (event: Told) => void }) => Promise<Output>,
) =>
  fromPromise<Output, Input>(({ input, signal, self, system }) => {
    const run = runOf({ system })
    const tell = (event: Told) => self._parent?.send(event)
    return run.timeline.activity(async () => work(run, input, { signal, tell }), signal, nameOf(self))
  })

/** Watches something for a statechart, and hears what it is sent, until it is called back. */
export type Watch<Sent, Input, Heard extends EventObject> = (
  run: Bindings,
  parts: { input: Input; sendBack: (event: Sent) => void; receive: (listener: (event: Heard) => void) => void },
) => () => void

/** A callback actor that watches for its run. */
export const watching = <Sent extends EventObject, Input = NoInput, Heard extends EventObject = EventObject>(
  watch: Watch<Sent, Input, Heard>,
) =>
  fromCallback<Heard, Input>(({ input, sendBack, receive, system }) =>
    watch(runOf({ system }), { input, sendBack: sendBack as (event: Sent) => void, receive }),
  )

/** The name under which a statechart runs an actor. */
const nameOf = ({ src }: { src?: unknown }): string => (typeof src === 'string' ? src : 'work')
