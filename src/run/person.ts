import type { Action, Screen } from '../domain/screen.ts'

/** Leaves the page as it is: the person is asked again when the page has changed. */
export const WAIT = 'wait'

/** The person at the device. Called when a page waits; the answer is what a person could press. */
export interface Person {
  /** Null when there is no answer. */
  answer(screen: Screen): Action | typeof WAIT | null
  /** Why there is no answer, where there is more to say than that. */
  explain(screen: Screen): string | undefined
}
