import type { AnyMachineSnapshot, InspectionEvent } from 'xstate'
import type { DoesNotApply } from '../../machines/page.ts'
import type { JournalWriter } from '../domain/journal.ts'
import { isPageId } from '../domain/pages.ts'
import { isMachine, leavesOf } from './live-view.ts'

/** A step of a statechart, as the rest of the simulation sees it. */
export interface Step {
  machine: string
  /** Leaves that were entered. */
  entered: string[]
}

/**
 * Journals transitions from microsteps, transient states included, by machine id and state path: XState's session ids
 * never get in.
 */
export function recordTransitions(
  journal: JournalWriter,
  onStep: (step: Step) => void,
): (event: InspectionEvent) => void {
  const known = new WeakMap<object, string[]>()
  return (inspection) => {
    if (inspection.type !== '@xstate.microstep' && inspection.type !== '@xstate.snapshot') return
    const { actorRef } = inspection
    if (!isMachine(actorRef)) return
    const snapshot = inspection.snapshot as AnyMachineSnapshot
    const machine = actorRef.logic.id
    const before = known.get(actorRef)
    const now = leavesOf(snapshot.value)
    const entered = before ? now.filter((leaf) => !before.includes(leaf)) : now
    if (entered.length === 0) return
    const left = before?.filter((leaf) => !now.includes(leaf)) ?? []
    known.set(actorRef, now)
    const event = eventName(inspection.event.type)
    journal.write({
      kind: 'transition',
      machine,
      ...(left.length > 0 ? { from: left.join(',') } : {}),
      to: entered.join(','),
      event,
    })
    const { output } = snapshot as { output?: unknown }
    if (snapshot.status === 'done' && isPageId(machine) && isSkip(output)) {
      journal.write({ kind: 'screen', skipped: machine, why: output.why })
    }
    onStep({ machine, entered })
  }
}

const isSkip = (output: unknown): output is DoesNotApply =>
  typeof output === 'object' && output !== null && (output as { kind?: unknown }).kind === 'doesNotApply'

/** `xstate.done.actor.connect` is `done(connect)`; an `after` keeps its delay's name. */
function eventName(type: string): string {
  const done = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type)
  if (done) return `${done[1]}(${done[2]})`
  const after = /^xstate\.after\.([^.]+)\./.exec(type)
  if (after) return `after(${after[1]})`
  return type === 'xstate.init' ? 'init' : type
}
