import { managementMachine } from '../../machines/management/management.ts'
import { isMachine } from './live-view.ts'
import type { RunOptions } from './run-options.ts'
import { statechartsFrom } from './statecharts.ts'

type Inspect = NonNullable<RunOptions['onInspection']>

/** Management, and what it runs: no page, and steps that are polls, which are no progress. */
const MANAGEMENT = new Set(statechartsFrom(managementMachine).map(({ id }) => id))

export const isManagement = (machine: string): boolean => MANAGEMENT.has(machine)

/** What follows from a step of a statechart: it is recorded, told to those who watch, and the screen is looked at again. */
export const inspecting =
  (record: (event: Parameters<Inspect>[0]) => void, watch: Inspect | undefined, refresh: () => void): Inspect =>
  (event, secrets) => {
    record(event)
    watch?.(event, secrets)
    // Promises have no states: what they do shows in the statecharts that wait for it.
    if (event.type === '@xstate.snapshot' && isMachine(event.actorRef) && !isManagement(event.actorRef.logic.id)) {
      refresh()
    }
  }
