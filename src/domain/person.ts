import type { PageId } from './pages.ts'

/** What a person does on a page: the name of a button or an option, or values by control id. */
export type Answer = string | Record<string, string>

/** A list answers the successive visits of a page. */
export type Answers = Partial<Record<PageId, Answer | Answer[] | undefined>>
