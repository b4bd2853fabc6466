import type { Action, Screen } from '../domain/screen.ts'

/** The person at the device. Called when a page waits; the answer is what a person could press. */
export interface Person {
  answer(screen: Screen): Action | null
  /** Why there is no answer, where there is more to say than that. */
  explain(screen: Screen): string | undefined
}
