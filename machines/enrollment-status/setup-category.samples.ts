import type { EspCategoryId, EspProgress } from '../../src/domain/esp.ts'
import type { StepProgress } from '../../src/domain/screen.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import type { CategoryOutcome, PlainOutcome, ProgressEvent } from './setup-category.ts'

const STEPS = ['securityPolicies', 'certificates', 'networkConnections', 'apps']

type Over = Partial<EspProgress>

/** A category that is at this step: the ones before are done. */
function progressAt(id: EspCategoryId, at: number, over: Over): EspProgress {
  const steps = STEPS.map((step, index): StepProgress => {
    return { id: step, label: step, state: index < at ? 'succeeded' : 'inProgress', status: '' }
  })
  return { id, label: id, state: 'inProgress', status: 'Working on it...', steps, ...over }
}

const FAILED: Over = { state: 'failed', status: 'Apps (1 of 2 installed)', code: CODE.appNotDetected }
const SUCCEEDED: Over = { state: 'succeeded', status: 'Complete' }

/** The tree changes: a category begins, gets from step to step, and fails or is complete. */
export const progressesOf = (id: EspCategoryId, ...more: Over[]): ProgressEvent[] =>
  [
    ...STEPS.map((_, at) => progressAt(id, at, {})),
    ...[FAILED, SUCCEEDED, ...more].map((over) => progressAt(id, 4, over)),
  ].map((progress) => ({ type: 'progress.changed', progress }))

const reached = (id: EspCategoryId, over: Over) => ({ progress: progressAt(id, 4, over), reached: 1 })

/** How every category can end. */
export const plainOutcomesOf = (id: EspCategoryId): [PlainOutcome, PlainOutcome] => [
  { kind: 'succeeded', ...reached(id, SUCCEEDED) },
  { kind: 'failed', code: CODE.appNotDetected, ...reached(id, FAILED) },
]

/** How device setup can end besides. */
export const RESTARTS: [CategoryOutcome, CategoryOutcome] = [
  { kind: 'restart', ...reached('deviceSetup', { ...SUCCEEDED, needsRestart: true }) },
  { kind: 'earlyRestart', ...reached('deviceSetup', { restartsNow: true }) },
]
