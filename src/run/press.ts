import { PAGES } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import { type MachineRef, machinesBelow } from './live-view.ts'
import { fieldsOf } from './page-fields.ts'
import type { SecretNames } from './secret-names.ts'

type Press = Extract<Stimulus, { kind: 'press' }>

/** The event of a button or a link for the statechart whose page is shown; undefined when the page would have none of it. */
export function pressOf(screen: Screen | null, { page, control: id, values }: Press, secrets: SecretNames) {
  const control = screen?.controls.find((one) => one.id === id)
  if (!screen || screen.page !== page || !control) return undefined
  if (control.kind !== 'button' && control.kind !== 'link') return undefined
  return { type: control.event, ...fieldsOf(screen, values, secrets) }
}

/**
 * The statechart that owns a page. It is not always the one that is at work: the categories of the Enrollment Status Page
 * show a page of another.
 */
export const ownerOf = (page: Screen['page'], roots: readonly MachineRef[]): MachineRef | undefined =>
  roots.flatMap(machinesBelow).find(({ logic }) => logic.id === PAGES[page].machine)
