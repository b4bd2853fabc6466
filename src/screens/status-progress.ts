import type { ContextFrom } from 'xstate'
import type { enrollmentStatusMachine } from '../../machines/enrollment-status/enrollment-status.ts'
import type { CategoryContext } from '../../machines/enrollment-status/setup-category.ts'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { EspCategoryId, EspProgress, EspStatus, EspStep } from '../domain/esp.ts'
import type { CategoryProgress, CategoryState, Progress, Why } from '../domain/screen.ts'
import { contextOf, type View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { button } from './parts.ts'

/** What the Enrollment Status Page and its failure page have in common. */
export type StatusContext = ContextFrom<typeof enrollmentStatusMachine>

const CATEGORIES: readonly EspCategoryId[] = ['devicePreparation', 'deviceSetup', 'accountSetup']

/** A technician sees the device's categories alone: no account is set up (2.1 [D]). */
export const categoriesOf = (view: View): readonly EspCategoryId[] =>
  isTechnicians(view) ? CATEGORIES.slice(0, 2) : CATEGORIES

export const isTechnicians = (view: View): boolean => contextOf<OobeContext>(view, 'oobe')?.isTechnician === true

/** The page belongs to its category's statechart while one runs; the whole is the Enrollment Status Page's. */
export function statusContext(view: View): StatusContext {
  const found = view.find(({ machine }) => machine === 'enrollmentStatus')
  if (!found) throw new Error('an Enrollment Status Page without its statechart')
  return found.context as StatusContext
}

/** On a page that is still at work its label is not published: the label of the failure page is used instead [U]. */
export const continueAnyway = ({ enrollmentStatus }: Texts) =>
  button('continueAnyway', enrollmentStatus.continueAnyway, 'user.continueAnyway')

export const policyWhy = ({ policy, phase }: StatusContext): Why[] => [
  {
    fact: `FirstSyncStatus/${phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'} ${policy.skipped}`,
    effect: 'Enrollment Status Page shown',
  },
]

/** All categories; the one that runs comes from its own statechart. The page has no bar: it shows categories and steps. */
export function statusProgress(context: StatusContext, view: View, texts: Texts): Progress {
  const { previousFailed, waiting } = texts.enrollmentStatus
  const hasFailed = context.code !== ''
  const categories = categoriesOf(view).map((id) => {
    const known = contextOf<CategoryContext>(view, id)?.progress ?? context.finished[id]
    if (known) return worded(known, texts)
    if (context.phase === 'user' && id !== 'accountSetup') return ofDevice(id, context, texts)
    return untold(id, 'notStarted', hasFailed ? previousFailed : waiting, texts)
  })
  return { categories }
}

/** The device's part while the account's is shown: complete, or as a person left it. */
function ofDevice(id: EspCategoryId, { left }: StatusContext, texts: Texts): CategoryProgress {
  const { complete, failed, previousFailed, waiting, working } = texts.enrollmentStatus
  if (!left || CATEGORIES.indexOf(id) < CATEGORIES.indexOf(left.category)) {
    return untold(id, 'succeeded', complete, texts)
  }
  if (id === left.category) {
    return left.hasFailed ? untold(id, 'failed', failed, texts) : untold(id, 'inProgress', working, texts)
  }
  return untold(id, 'notStarted', left.hasFailed ? previousFailed : waiting, texts)
}

/** What is known of a category, in words. */
export function worded({ id, state, status, steps }: EspProgress, texts: Texts): CategoryProgress {
  const { enrollmentStatus: said } = texts
  return {
    id,
    label: said[id],
    state,
    status: statusText(status, texts),
    steps: steps.map((step, index) => ({
      id: step.id,
      label: said[step.id],
      state: step.state,
      status: isBehindFailure(steps, index) ? said.previousFailed : statusText(step.status, texts),
    })),
  }
}

/** A step that was not over when one before it failed. */
const isBehindFailure = (steps: readonly EspStep[], index: number): boolean =>
  steps.slice(0, index).some(({ state }) => state === 'failed') &&
  (steps[index]!.state === 'inProgress' || steps[index]!.state === 'notStarted')

/** What a category or a step says of its state. */
export function statusText(status: EspStatus, { enrollmentStatus: said }: Texts): string {
  switch (status.says) {
    case 'failedWith':
    case 'code':
      return said[status.says](status)
    case 'applied':
    case 'added':
    case 'installed':
      return said[status.says](status)
    default:
      return said[status.says]
  }
}

/** A category of which no step is known. */
export const untold = (
  id: EspCategoryId,
  state: CategoryState,
  status: string,
  { enrollmentStatus }: Texts,
): CategoryProgress => ({
  id,
  label: enrollmentStatus[id],
  state,
  status,
  steps: [],
})
