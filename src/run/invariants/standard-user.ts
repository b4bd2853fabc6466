import { hasBit } from '../../domain/autopilot.ts'
import { isProfileFromFile } from '../../domain/events.ts'
import type { Invariant } from './invariant.ts'

export const standardUser: Invariant = {
  name: 'standardUser',
  about: 'no local administrator when the profile says standard user',
  watch({ device }) {
    const lookups = new Set<number>()
    /** The service, or a file, has given a profile since the device started: it is the one that counts. */
    let hasProfile = false
    let administrators = 0
    return (entry) => {
      if (entry.kind === 'power') hasProfile = false
      if (entry.kind === 'request' && entry.operation === 'Autopilot lookup') lookups.add(entry.id)
      if (entry.kind === 'response' && lookups.has(entry.id)) hasProfile = entry.status === 200
      if (entry.kind === 'log' && isProfileFromFile(entry)) hasProfile = true
      const isNew = device.administrators.length > administrators
      administrators = device.administrators.length
      if (!hasProfile || !hasBit(device.disk.profile, 'userNotLocalAdmin')) return undefined
      if (isNew) return 'a person became a local administrator'
      const isAdministrator =
        entry.kind === 'outcome' && entry.outcome.kind === 'desktop' && entry.outcome.account === 'administrator'
      return isAdministrator ? 'the person at the desktop is a local administrator' : undefined
    }
  },
}
