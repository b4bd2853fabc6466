import type { NonReducibleUnknown } from 'xstate'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { Chance } from '../ports/chance.ts'
import type { Timeline } from '../ports/timeline.ts'
import type { Service } from '../service/service.ts'
import type { Memory } from './memory.ts'

/** What the actors of a run work with. */
export interface Bindings {
  device: VirtualDevice
  service: Service
  timeline: Timeline
  journal: JournalWriter
  chance: Chance
  memory: Memory
}

/** One piece of work: it runs as an activity of the timeline, so that it starts in its turn and time stands still while it works. */
export type Work<Output, Input> = (input: Input, signal: AbortSignal) => Promise<Output> | Output

export const workOf = <Output, Input>(work: Work<Output, Input>): Work<Output, Input> => work

/** Watches something and tells the statechart of it, until it is called back. */
export type Watch<Event, Input> = (parts: { input: Input; sendBack: (event: Event) => void }) => () => void

export const watchOf = <Event, Input = NoInput>(watch: Watch<Event, Input>): Watch<Event, Input> => watch

export type NoInput = NonReducibleUnknown
