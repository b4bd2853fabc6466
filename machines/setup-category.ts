import type { EspCategoryId, EspProgress } from '../src/domain/esp.ts'

/** How a category of the Enrollment Status Page ends. */
export type CategoryOutcome =
  | { kind: 'succeeded'; progress: EspProgress }
  | { kind: 'failed'; progress: EspProgress; code: string }
  /** Device setup only: policies that were applied want a restart. */
  | { kind: 'restart'; progress: EspProgress }

/** The device's CSP tree moved on. */
export interface ProgressEvent {
  type: 'progress.changed'
  progress: EspProgress
}

export interface CategoryContext {
  progress: EspProgress
  outcome: CategoryOutcome
}

/** Before the tree has said anything. */
export function unknownProgress(id: EspCategoryId, label: string): EspProgress {
  return { id, label, state: 'inProgress', status: 'Working on it...', steps: [], restartUris: [] }
}

/** The step that the page is at: the first that is neither done nor needless. */
export const currentStep = (progress: EspProgress): string | undefined =>
  progress.steps.find((step) => step.state !== 'succeeded' && step.state !== 'notRequired')?.id

/** 0x80004005 stands for a failure that names no code of its own. */
export const codeOf = (progress: EspProgress): string => progress.code ?? '0x80004005'

export function startCategory(id: EspCategoryId, label: string): CategoryContext {
  const progress = unknownProgress(id, label)
  return { progress, outcome: { kind: 'succeeded', progress } }
}
