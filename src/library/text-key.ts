import type { EN } from '../texts/en.ts'

type Table = typeof EN

/** The names of the pages, each as it is written. */
type Pages = Extract<keyof Table, string>

/** A text of the product by its name: `network.title`. */
export type TextKey = { [Page in Pages]: `${Page}.${Extract<keyof Table[Page], string>}` }[Pages]
