import type { PageId } from './pages.ts'

/** One statechart at one moment. */
export interface MachineView {
  machine: string
  /** State paths of its active leaves. */
  states: string[]
  context: unknown
  /** The page of the active state, when it shows one. */
  page?: PageId
  waitsForPerson?: boolean
}

/** All living statecharts of a device, the outermost first: plain and frozen, taken at each microstep. */
export type View = readonly MachineView[]

/** The statechart whose page is on the screen: the innermost that has one. */
export const shownBy = (view: View): MachineView | undefined => view.findLast(({ page }) => page !== undefined)

export const contextOf = <Context>(view: View, machine: string): Context | undefined =>
  view.find((entry) => entry.machine === machine)?.context as Context | undefined
