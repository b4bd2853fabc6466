import { digestOf } from '../run/seal.ts'

/** File systems take 255 bytes; what is put behind a name has its room. */
const LENGTH_MAX = 120
const DIGEST_LENGTH = 8

/** Letters, digits and dashes only: a scenario's name never leaves the folder. What was cut off counts by its digest. */
export function safeName(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|(?<!-)-+$/g, '') || 'run'
  if (safe.length <= LENGTH_MAX) return safe
  return `${safe.slice(0, LENGTH_MAX - DIGEST_LENGTH - 1)}-${digestOf(name).slice(0, DIGEST_LENGTH)}`
}

/** Two names with the same key get the same folder, at least where upper and lower case are one. */
export const folderKey = (name: string): string => safeName(name).toLowerCase()
