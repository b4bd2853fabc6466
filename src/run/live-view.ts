import type { AnyActorRef, AnyMachineSnapshot } from 'xstate'
import type { StateMeta } from '../../machines/page.ts'
import type { MachineView, View } from '../domain/view.ts'

/** A living actor that runs a statechart. */
export type MachineRef = AnyActorRef & { logic: { id: string } }

export const isMachine = (ref: unknown): ref is MachineRef => {
  const logic = (ref as { logic?: { id?: unknown; root?: unknown } }).logic
  return typeof logic?.id === 'string' && logic.root !== undefined
}

/** Paths of the active leaves: `running.settingUp`, and one for each region. */
export function leavesOf(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix + value]
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => {
    const isEmpty = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0
    return isEmpty ? [prefix + key] : leavesOf(inner, `${prefix}${key}.`)
  })
}

/** The living statecharts below an actor, the outermost first. */
export function machinesBelow(root: MachineRef): MachineRef[] {
  const { children } = root.getSnapshot() as AnyMachineSnapshot
  const below = Object.values(children).filter((child) => child !== undefined && isMachine(child)) as MachineRef[]
  // Management has no page: it comes first, so that the page's statechart is the last.
  const ordered = below.sort((a, b) => Number(b.logic.id === 'management') - Number(a.logic.id === 'management'))
  return [root, ...ordered.flatMap(machinesBelow)]
}

/** A frozen picture of all statecharts of a device. */
export function viewOf(root: MachineRef): View {
  return Object.freeze(machinesBelow(root).map(machineView))
}

/** A snapshot does not change, so neither does its picture: most statecharts stand still while one moves. */
const pictures = new WeakMap<object, MachineView>()

function machineView(ref: MachineRef): MachineView {
  const snapshot = ref.getSnapshot() as AnyMachineSnapshot
  const known = pictures.get(snapshot)
  if (known) return known
  const made = pictureOf(ref, snapshot)
  pictures.set(snapshot, made)
  return made
}

function pictureOf(ref: MachineRef, snapshot: AnyMachineSnapshot): MachineView {
  const states = leavesOf(snapshot.value)
  const metas = snapshot.getMeta() as Record<string, StateMeta | undefined>
  const meta = states.map((state) => metas[`${ref.logic.id}.${state}`]).find((found) => found?.page !== undefined)
  return Object.freeze({
    machine: ref.logic.id,
    states,
    context: snapshot.context as unknown,
    ...(meta?.page ? { page: meta.page, waitsForPerson: meta.waitsForPerson === true } : {}),
  })
}
