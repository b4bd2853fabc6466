import type { Key } from '../schema-issues.ts'

/** What is wrong in a file, and where. */
export interface Mistake {
  path: [Key, ...Key[]]
  message: string
}
