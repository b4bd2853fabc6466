import { parseDuration } from '../../domain/duration.ts'
import type { DelaysDefinition } from '../../domain/tenant.ts'

/** Milliseconds. */
export interface Delays {
  import: number
  groups: number
  profiles: number
  sync: number
}

export function delaysOf(delays: DelaysDefinition): Delays {
  const ms = (text: string) => {
    const value = parseDuration(text)
    if (value === undefined) throw new RangeError(`"${text}" is no duration: the schema lets none through`)
    return value
  }
  return {
    import: ms(delays.import),
    groups: ms(delays.groups),
    profiles: ms(delays.profiles),
    sync: ms(delays.sync),
  }
}
