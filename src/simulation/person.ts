import type { Action, Screen } from '../domain/screen.ts'

/** Somebody at the device. Called when a page waits; what it answers is what a person could press. */
export interface Person {
  answer(screen: Screen): Action | null
  /** Why there is no answer, where there is more to say than that. */
  explain(screen: Screen): string | undefined
  /** What is never to be written down. */
  secrets(): string[]
}
