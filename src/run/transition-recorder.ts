import type { AnyMachineSnapshot, AnyStateNode, InspectionEvent } from 'xstate'
import type { DoesNotApply, StateMeta } from '../../machines/page.ts'
import type { JournalWriter } from '../domain/journal.ts'
import { isPageId } from '../domain/pages.ts'
import type { EnteredStates } from '../events/event-rules.ts'
import { eventName } from './event-name.ts'
import { isMachine, leavesOf, type MachineRef } from './live-view.ts'
import { transitionNumber } from './transition-index.ts'

interface Known {
  value: AnyMachineSnapshot['value']
  leaves: string[]
  /** Statecharts that it runs. */
  children: MachineRef[]
}

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
  const endedWith = (before: readonly MachineRef[], now: readonly MachineRef[]): string[] =>
    before.flatMap((child) =>
      now.includes(child) ? [] : [child.logic.id, ...endedWith(known.get(child)?.children ?? [], [])],
    )

  return (inspection) => {
    if (inspection.type !== '@xstate.microstep' && inspection.type !== '@xstate.snapshot') return
    const { actorRef } = inspection
    if (!isMachine(actorRef)) return
    const snapshot = inspection.snapshot as AnyMachineSnapshot
    const machine = actorRef.logic.id
    const before = known.get(actorRef)
    const transitions = inspection.type === '@xstate.microstep' ? inspection._transitions : []
    // Most snapshots tell what the step before them has told.
    if (before?.value === snapshot.value && transitions.length === 0) return
    const leaves = leavesOf(snapshot.value)
    const entered = before ? leaves.filter((leaf) => !before.leaves.includes(leaf)) : leaves
    if (entered.length === 0 && transitions.length === 0) return
    const children = Object.values(snapshot.children).filter(isMachine) as MachineRef[]
    const left = before?.leaves.filter((leaf) => !leaves.includes(leaf)) ?? []
    const ended = endedWith(before?.children ?? [], children)
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
const leftOutBy = (snapshot: AnyMachineSnapshot, entered: readonly string[]) => {
  const metas = snapshot.getMeta() as Record<string, StateMeta | undefined>
  return entered.flatMap((state) => metas[`${snapshot.machine.id}.${state}`]?.leavesOut ?? [])
}

const isSkip = (output: unknown): output is DoesNotApply =>
  typeof output === 'object' && output !== null && (output as { kind?: unknown }).kind === 'doesNotApply'
