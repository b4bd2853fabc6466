import type { AnyMachineSnapshot, AnyStateNode, InspectionEvent } from 'xstate'
import type { DoesNotApply } from '../../machines/page.ts'
import type { JournalWriter } from '../domain/journal.ts'
import { isPageId } from '../domain/pages.ts'
import type { EnteredStates } from '../events/event-rules.ts'
import { eventName } from './event-name.ts'
import { childrenOf, isMachine, leavesOf, type MachineRef, metaOf } from './live-view.ts'
import { transitionNumber } from './transition-index.ts'

interface Known {
  value: AnyMachineSnapshot['value']
  leaves: string[]
  /** Statecharts that it runs. */
  children: MachineRef[]
}

const NONE: never[] = []

/**
 * Journals transitions from microsteps, transient states included, by machine id and state path: XState's session ids
 * never get in.
 */
export function recordTransitions(
  journal: JournalWriter,
  onStep: (step: EnteredStates) => void,
): (event: InspectionEvent) => void {
  const known = new WeakMap<object, Known>()

  /** Ids of statecharts that a step has ended, with those below them. */
  const endedWith = (before: readonly MachineRef[], now: readonly MachineRef[]): string[] => {
    if (before.length === 0) return NONE
    return before.flatMap((child) =>
      now.includes(child) ? [] : [child.logic.id, ...endedWith(known.get(child)?.children ?? NONE, NONE)],
    )
  }

  return (inspection) => {
    if (inspection.type !== '@xstate.microstep' && inspection.type !== '@xstate.snapshot') return
    const { actorRef } = inspection
    if (!isMachine(actorRef)) return
    const snapshot = inspection.snapshot as AnyMachineSnapshot
    const machine = actorRef.logic.id
    const before = known.get(actorRef)
    const transitions = inspection.type === '@xstate.microstep' ? inspection._transitions : NONE
    // Most snapshots tell what the step before them has told.
    if (before?.value === snapshot.value && transitions.length === 0) return
    const leaves = leavesOf(snapshot.value)
    const entered = before ? leaves.filter((leaf) => !before.leaves.includes(leaf)) : leaves
    if (entered.length === 0 && transitions.length === 0) return
    const children = childrenOf(snapshot)
    const left = before?.leaves.filter((leaf) => !leaves.includes(leaf)) ?? NONE
    const ended = endedWith(before?.children ?? NONE, children)
    known.set(actorRef, { value: snapshot.value, leaves, children })
    const root = (actorRef.logic as unknown as { root: AnyStateNode }).root
    journal.write({
      kind: 'transition',
      machine,
      ...(left.length > 0 ? { from: left.join(',') } : {}),
      ...(entered.length > 0 ? { to: entered.join(',') } : {}),
      event: eventName(inspection.event.type),
      ...(transitions.length > 0 ? { taken: transitions.map((one) => transitionNumber(root, one)) } : {}),
      ...(ended.length > 0 ? { ended } : {}),
    })
    const { output } = snapshot as { output?: unknown }
    if (snapshot.status === 'done' && isPageId(machine) && isSkip(output)) {
      journal.write({ kind: 'screen', skipped: machine, why: output.why })
    }
    for (const { page, why } of leftOutBy(snapshot, entered)) journal.write({ kind: 'screen', skipped: page, why })
    if (entered.length > 0) onStep({ machine, entered, left })
  }
}

/** Pages that the deployment mode does not have, where the device passes them by. */
const leftOutBy = (snapshot: AnyMachineSnapshot, entered: readonly string[]) =>
  entered.flatMap((leaf) => metaOf(snapshot, leaf)?.leavesOut ?? [])

const isSkip = (output: unknown): output is DoesNotApply =>
  typeof output === 'object' && output !== null && (output as { kind?: unknown }).kind === 'doesNotApply'
