import type { Invariant } from './invariant.ts'

/** The lookup, and the ticket without which it is not sent. */
const LOOKUP = ['Autopilot lookup', 'device identity']

export const profileAsked: Invariant = {
  name: 'profileAsked',
  about: 'the service is asked for the profile at each start, before the deployment mode is chosen',
  watch() {
    let isAsked = false
    return (entry) => {
      if (entry.kind === 'power') isAsked = false
      if (entry.kind === 'request' && LOOKUP.includes(entry.operation)) isAsked = true
      // Windows 11 Home does not ask.
      if (entry.kind === 'transition' && entry.machine === 'autopilotProfile' && entry.to === 'doesNotApply')
        isAsked = true
      const isChosen = entry.kind === 'transition' && entry.machine === 'oobe' && entry.to === 'choosingMode'
      return isChosen && !isAsked ? 'the mode was chosen without a lookup since the device started' : undefined
    }
  },
}
