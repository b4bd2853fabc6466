import type { Answer } from '../domain/person.ts'
import type { Action, Screen } from '../domain/screen.ts'

/** Leaves the page as it is: the person is asked again when the page has changed. */
export const WAIT = 'wait'

/** Keys pressed together on a page. */
export interface KeyMove {
  keys: string
}

/** The person at the device. Called when a page waits; the answer is what a person could press. */
export interface Person {
  /** How long the person looks at a page before an answer, in milliseconds. Left out: as people usually do. */
  thinkMs?: number | undefined
  /** Asked once when a page waits: how long the person leaves the device alone before the answer, in milliseconds. */
  pause?(screen: Screen): number | undefined
  /** Null when there is no answer. */
  answer(screen: Screen): Action | KeyMove | typeof WAIT | null
  /** What one answer does on a page, apart from the others; why nothing, where it does not fit. */
  once?(answer: Answer, screen: Screen): Action | KeyMove | Explanation
  /** Why there is no answer, where there is more to say than that; the page's controls by id, the nearest first. */
  explain(screen: Screen): Explanation | undefined
}

export interface Explanation {
  text: string
  controls: string[]
}
