import { fromPromise, type NonReducibleUnknown } from 'xstate'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { Chance } from '../ports/chance.ts'
import type { Timeline } from '../ports/timeline.ts'
import type { Service } from '../service/service.ts'
import type { Memory } from './memory.ts'

/** What the actors of one power-on work with. */
export interface Bindings {
  device: VirtualDevice
  service: Service
  timeline: Timeline
  journal: JournalWriter
  chance: Chance
  memory: Memory
}

/** A promise actor that runs as an activity of the timeline: it starts in its turn, and time stands still while it works. */
export const activityOf = <Output, Input>(
  { timeline }: Pick<Bindings, 'timeline'>,
  work: (input: Input, signal: AbortSignal) => Promise<Output> | Output,
) =>
  fromPromise<Output, Input>(({ input, signal, self }) =>
    timeline.activity(async () => work(input, signal), signal, nameOf(self)),
  )

/** The name under which a statechart runs it. */
const nameOf = ({ src }: { src?: unknown }): string => (typeof src === 'string' ? src : 'work')

export type NoInput = NonReducibleUnknown
