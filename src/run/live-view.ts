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
export function leavesOf(value: unknown): string[] {
  const leaves: string[] = []
  addLeaves(value, '', leaves)
  return leaves
}

function addLeaves(value: unknown, prefix: string, leaves: string[]): void {
  if (typeof value === 'string') {
    leaves.push(prefix + value)
    return
  }
  const regions = value as Record<string, unknown>
  for (const key in regions) {
    const inner = regions[key]
    if (typeof inner === 'object' && inner !== null && isEmpty(inner)) leaves.push(prefix + key)
    else addLeaves(inner, `${prefix}${key}.`, leaves)
  }
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false
  return true
}

/** The living statecharts below an actor, the outermost first. */
export function machinesBelow(root: MachineRef): MachineRef[] {
  const found: MachineRef[] = []
  addMachines(root, found)
  return found
}

const MANAGEMENT = 'management'

function addMachines(ref: MachineRef, found: MachineRef[]): void {
  found.push(ref)
  const children = childrenOf(ref.getSnapshot() as AnyMachineSnapshot)
  // Management has no page: it comes first, so that the page's statechart is the last.
  for (const child of children) if (child.logic.id === MANAGEMENT) addMachines(child, found)
  for (const child of children) if (child.logic.id !== MANAGEMENT) addMachines(child, found)
}

/** The statecharts that a snapshot runs. */
export function childrenOf({ children }: AnyMachineSnapshot): MachineRef[] {
  const found: MachineRef[] = []
  for (const id in children) {
    const child = children[id]
    if (child !== undefined && isMachine(child)) found.push(child)
  }
  return found
}

/** What a statechart says about one of its active leaves. */
export function metaOf({ machine, _nodes: active }: AnyMachineSnapshot, leaf: string): StateMeta | undefined {
  const id = `${machine.id}.${leaf}`
  return active.find((node) => node.id === id)?.meta as StateMeta | undefined
}

/** A frozen picture of all statecharts of a device. */
export const viewOf = (root: MachineRef): View => Object.freeze(machinesBelow(root).map(machineView))

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
  const meta = states.map((state) => metaOf(snapshot, state)).find((found) => found?.page !== undefined)
  return Object.freeze({
    machine: ref.logic.id,
    states,
    context: snapshot.context as unknown,
    ...(meta?.page ? { page: meta.page, waitsForPerson: meta.waitsForPerson === true } : {}),
  })
}
