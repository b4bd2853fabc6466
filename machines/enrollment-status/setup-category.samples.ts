import type { EspCategoryId, EspProgress, EspStep } from '../../src/domain/esp.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import type { CategoryOutcome, PlainOutcome, ProgressEvent } from './setup-category.ts'

const STEPS = ['securityPolicies', 'certificates', 'networkConnections', 'apps'] as const

type Over = Partial<EspProgress>

/** A category that is at this step: the ones before are done. */
function progressAt(id: EspCategoryId, at: number, over: Over): EspProgress {
  const steps = STEPS.map((id, index): EspStep => {
    return { id, state: index < at ? 'succeeded' : 'inProgress', status: { says: 'working' } }
  })
  return { id, state: 'inProgress', status: { says: 'working' }, steps, ...over }
}

const FAILED: Over = { state: 'failed', status: { says: 'failed' }, code: CODE.appNotDetected }
const SUCCEEDED: Over = { state: 'succeeded', status: { says: 'complete' } }

/** The tree changes: a category begins, gets from step to step, and fails or is complete. */
export const progressesOf = (id: EspCategoryId, ...more: Over[]): ProgressEvent[] =>
  [
    ...STEPS.map((_, at) => progressAt(id, at, {})),
    ...[FAILED, SUCCEEDED, ...more].map((over) => progressAt(id, 4, over)),
  ].map((progress) => ({ type: 'progress.changed', progress }))

const ended = (id: EspCategoryId, over: Over) => ({ progress: progressAt(id, 4, over) })

/** How every category can end. */
export const plainOutcomesOf = (id: EspCategoryId): [PlainOutcome, PlainOutcome] => [
  { kind: 'succeeded', ...ended(id, SUCCEEDED) },
  { kind: 'failed', code: CODE.appNotDetected, ...ended(id, FAILED) },
]

/** How device setup can end besides. */
export const RESTARTS: [CategoryOutcome, CategoryOutcome] = [
  { kind: 'restart', ...ended('deviceSetup', { ...SUCCEEDED, needsRestart: true }) },
  { kind: 'earlyRestart', ...ended('deviceSetup', { restartsNow: true }) },
]
