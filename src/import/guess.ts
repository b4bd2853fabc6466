import { isDeepStrictEqual } from 'node:util'

export type Plain = Record<string, unknown>

/** A part of the scenario that no file states. */
export interface Guess {
  /** Keys from the top: `tenant.with.apps`. */
  path: string
  text: string
}

/** Whether two facts are one, where what is left out and what is undefined are the same. */
export const isSame = (a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
