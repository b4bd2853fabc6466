import type { EN } from '../texts/en.ts'

type Table = typeof EN

/** A text of the product by its name: `network.title`. */
export type TextKey = { [Page in keyof Table & string]: `${Page}.${keyof Table[Page] & string}` }[keyof Table & string]
