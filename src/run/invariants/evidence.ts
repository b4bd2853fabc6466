import { isProfileFromFile } from '../../domain/events.ts'
import type { Invariant } from './invariant.ts'

/** Success is what the services said, or what a file on the disk says, and not what the device believes. */
export const evidence: Invariant = {
  name: 'evidence',
  about: 'success only with evidence: a session that was held, a profile that was answered',
  watch() {
    let isHeld = false
    let hasProfile = false
    const lookups = new Set<number>()
    return (entry) => {
      if (entry.kind === 'power' && entry.event === 'reset') [isHeld, hasProfile] = [false, false]
      if (entry.kind === 'session' && entry.result === 'held') isHeld = true
      if (entry.kind === 'request' && entry.operation === 'Autopilot lookup') lookups.add(entry.id)
      if (entry.kind === 'response' && entry.status === 200 && lookups.has(entry.id)) hasProfile = true
      if (entry.kind === 'log' && isProfileFromFile(entry)) hasProfile = true
      if (entry.kind !== 'outcome' || !('managed' in entry.outcome)) return undefined
      const { managed, autopilot } = entry.outcome
      if (managed && !isHeld) return 'managed, and no session with the management server was held'
      return autopilot && !hasProfile
        ? 'an Autopilot device, and neither the service nor a file gave it a profile'
        : undefined
    }
  },
}
