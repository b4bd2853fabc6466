import { createHash } from 'node:crypto'

/** An id that follows from what it is of: the same in every run. */
export function stableGuid(...of: string[]): string {
  const hex = createHash('sha256').update(of.join('\0')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
