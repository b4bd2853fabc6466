import type { ContextFrom } from 'xstate'
import type { enrollmentStatusMachine } from '../../machines/enrollment-status/enrollment-status.ts'
import type { CategoryContext } from '../../machines/enrollment-status/setup-category.ts'
import { type EspCategoryId, type EspProgress, type EspStatus, shareOf } from '../domain/esp.ts'
import type { CategoryProgress, CategoryState, Progress, Why } from '../domain/screen.ts'
import { contextOf, type View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { button } from './parts.ts'

/** What the Enrollment Status Page and its failure page have in common. */
export type StatusContext = ContextFrom<typeof enrollmentStatusMachine>

export const CATEGORIES: readonly EspCategoryId[] = ['devicePreparation', 'deviceSetup', 'accountSetup']

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

/** All categories; the one that runs comes from its own statechart. */
export const statusProgress = (context: StatusContext, view: View, texts: Texts): Progress =>
  progressOf(categoriesOf(context, view, texts), reachedIn(context, view))

function categoriesOf({ phase, finished, failedIn }: StatusContext, view: View, texts: Texts): CategoryProgress[] {
  const { complete, failed, waiting } = texts.enrollmentStatus
  return CATEGORIES.map((id) => {
    const known = contextOf<CategoryContext>(view, id)?.progress ?? finished[id]
    if (known) return worded(known, texts)
    if (phase === 'user' && id !== 'accountSetup') return untold(id, 'succeeded', complete, texts)
    // A timeout ends a category that has said nothing final.
    const hasFailed = id === failedIn && view.some(({ states }) => states.includes('failed'))
    return hasFailed ? untold(id, 'failed', failed, texts) : untold(id, 'notStarted', waiting, texts)
  })
}

/** What is known of a category, in words. */
function worded({ id, state, status, steps }: EspProgress, texts: Texts): CategoryProgress {
  const { enrollmentStatus: said } = texts
  return {
    id,
    label: said[id],
    state,
    status: statusText(status, texts),
    steps: steps.map((step) => ({
      id: step.id,
      label: said[step.id],
      state: step.state,
      status: statusText(step.status, texts),
    })),
  }
}

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
    case 'awaitsService': {
      const { of } = status
      return said.awaitsService({ status: of === 0 ? said.noSetup : said.installed({ done: of, of }) })
    }
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

const reachedIn =
  ({ reached }: StatusContext, view: View) =>
  (id: EspCategoryId): number =>
    Math.max(reached[id] ?? 0, contextOf<CategoryContext>(view, id)?.reached ?? 0)

/** Each category is an equal part of the bar, and no part of it goes back (an assumption: Windows shows no such bar). */
export function progressOf(categories: CategoryProgress[], reached: (id: EspCategoryId) => number = () => 0): Progress {
  const parts = categories.map((category) => Math.max(shareOf(category), reached(category.id as EspCategoryId)))
  return { fraction: parts.reduce((sum, part) => sum + part, 0) / parts.length, categories }
}
