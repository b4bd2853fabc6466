import type { PageId } from './pages.ts'

/**
 * What a person does on a page: the name of a button or an option, or values by control id. `press` names the button,
 * `keys` a key chord, and `wait` how long the person leaves the page alone before: a duration such as `11m`.
 */
export type Answer = string | Record<string, string>

/** Names in an answer that are no fields of a page. */
export const RESERVED: readonly string[] = ['press', 'keys', 'wait']

/** A list answers the successive visits of a page. */
export type PageAnswers = Partial<Record<PageId, Answer | Answer[] | undefined>>

export type Answers = PageAnswers & {
  /** How long the person looks at each page, in milliseconds. Left out: two seconds. */
  thinkTime?: number | undefined
}
