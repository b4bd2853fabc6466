import { type EventObject, fromCallback, fromPromise, type NonReducibleUnknown } from 'xstate'
import { accountActors } from './account-actors.ts'
import type { Bindings, Watch, Work } from './bindings.ts'
import { enrollmentActors } from './enrollment-actors.ts'
import { managementActors } from './management-actors.ts'
import { networkActors } from './network-actors.ts'
import { profileActors } from './profile-actors.ts'
import { statusActors } from './status-actors.ts'
import { updateActors } from './update-actors.ts'

/** What the actors of one run do, by the part of the first boot. */
const actorsOf = (bindings: Bindings) => ({
  bindings,
  network: networkActors(bindings),
  updates: updateActors(bindings),
  profile: profileActors(bindings),
  account: accountActors(bindings),
  enrollment: enrollmentActors(bindings),
  management: managementActors(bindings),
  status: statusActors(bindings),
})

export type RunActors = ReturnType<typeof actorsOf>

/** Runs by the actor system of a start of their device: the statecharts are bound once for all of them. */
const runs = new WeakMap<object, RunActors>()

/** Gives a run its actors. The same are given to each system that the run starts. */
export function actorsFor(bindings: Bindings): (system: object) => void {
  const actors = actorsOf(bindings)
  return (system) => void runs.set(system, actors)
}

/** The run that an actor belongs to. */
export function runOf(system: object): RunActors {
  const actors = runs.get(system)
  if (!actors) throw new Error('a statechart was started without its run')
  return actors
}

/** A promise actor that does the work of its run. */
export const working = <Output, Input extends NonReducibleUnknown>(pick: (actors: RunActors) => Work<Output, Input>) =>
  fromPromise<Output, Input>(({ input, signal, self, system }) => {
    const actors = runOf(system)
    return actors.bindings.timeline.activity(async () => pick(actors)(input, signal), signal, nameOf(self))
  })

/** A callback actor that watches for its run. */
export const watching = <Event extends EventObject, Input extends NonReducibleUnknown>(
  pick: (actors: RunActors) => Watch<Event, Input>,
) => fromCallback<Event, Input>(({ input, sendBack, system }) => pick(runOf(system))({ input, sendBack }))

/** The name under which a statechart runs an actor. */
const nameOf = ({ src }: { src?: unknown }): string => (typeof src === 'string' ? src : 'work')
