import { OOBE_CONFIG } from '../domain/autopilot.ts'
import { PREPARATION_NODES } from '../domain/device-preparation.ts'
import { configOf, deploysItself, type End, isManaged, isPrepared } from './ending.ts'
import type { Plain } from './guess.ts'
import { eventsOf, type Incident, nodesLike } from './incident.ts'
import { NODES_OF_KIOSK } from './kiosk.ts'
import { objectIn } from './readers/json.ts'

/** `expect:` of the scenario: the end that the files show; of one that they do not show, where the script stops. */
export function draftedExpectations(incident: Incident, end: End): Plain {
  switch (end.kind) {
    case 'failed':
      return { outcome: 'failed', code: end.code, pages: [end.page] }
    case 'resealed':
      return { outcome: 'poweredOff', pages: ['technicianStatus'] }
    case 'notShown':
      return { outcome: 'unanswered' }
    case 'over': {
      // Files that know nothing of a look-up say nothing of the account either.
      if (!isProfileKnown(incident)) return { outcome: 'desktop', managed: isManaged(incident) }
      const state = { autopilot: hasProfile(incident), managed: isManaged(incident) }
      if (isKiosk(incident)) return { outcome: 'kiosk', ...state }
      if (deploysItself(incident) && !hasPerson(incident)) return { outcome: 'signInScreen', ...state }
      return { outcome: 'desktop', account: accountOf(incident), ...state }
    }
  }
}

/** Whether the files say that there is a profile, or that there is none. */
const isProfileKnown = (incident: Incident): boolean =>
  incident.profile !== undefined ||
  incident.hasNoProfile ||
  incident.refused.some(({ request }) => request === 'lookup') ||
  eventsOf(incident, 'autopilot', 314, 500, 703, 706, 807, 809, 815, 908).length > 0 ||
  isPrepared(incident)

export const hasProfile = ({ profile }: Incident): boolean => profile !== undefined

/** With an account that signs in without a person. */
export const isKiosk = (incident: Incident): boolean =>
  nodesLike(incident, NODES_OF_KIOSK).some(({ value }) => value.includes('<AutoLogonAccount'))

/** A person signed in at a device that had deployed itself: the tree has a branch of that person. */
export const hasPerson = (incident: Incident): boolean =>
  nodesLike(incident, /^\.\/User\/Vendor\/MSFT\/(DMClient|Policy)\//).length > 0

/** The bit of the profile, or the account type of the device preparation policy; without either Windows makes an administrator. */
function accountOf(incident: Incident): 'standard' | 'administrator' {
  if (isPrepared(incident)) {
    const context = objectIn(incident.nodes.get(PREPARATION_NODES.context) ?? '')
    return context?.accountType === 'administrator' ? 'administrator' : 'standard'
  }
  return (configOf(incident) & OOBE_CONFIG.userNotLocalAdmin) !== 0 ? 'standard' : 'administrator'
}

/** One line that says how it ended. */
export function titleOf(end: End, incident: Incident): string {
  switch (end.kind) {
    case 'failed':
      return `An imported incident: ${end.code} on the page ${end.page}`
    case 'resealed':
      return 'An imported incident: a device that was pre-provisioned'
    case 'over':
      return `An imported incident: the first boot came to its end${end.continued ? ', past a status page that had failed' : ''}`
    case 'notShown':
      return incident.profile
        ? 'An imported incident: the device has its profile, and no file shows how it ended'
        : 'An imported incident: no file shows how it ended'
  }
}
