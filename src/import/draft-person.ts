import type { DraftedApps } from './draft-apps.ts'
import { hasPerson, hasProfile, isKiosk } from './draft-expectations.ts'
import { deploysItself, type End, isPreProvisioned, isPrepared } from './ending.ts'
import type { Guess, Plain } from './guess.ts'
import type { Incident } from './incident.ts'

export interface DraftedPerson {
  /** Undefined where the device needs none. */
  person: unknown
  guesses: Guess[]
}

/** Pages of a device that no school has registered. */
const WITHOUT_PROFILE = { licenseTerms: 'accept', deviceName: 'skip', privacy: ['next', 'accept'] }

/** A technician with the Windows key. */
const TECHNICIAN = {
  region: { keys: 'Windows key five times' },
  provisioningOptions: { option: 'preProvision' },
  provisioningReview: 'provision',
}

const BEN = { email: 'ben@contoso.example', password: 'blue-umbrella' }

/** Answers for the pages that the device shows on its way to that end; what is not needed of them is taken out when it was played. */
export function draftedPerson(incident: Incident, end: End, isWired: boolean, apps: DraftedApps): DraftedPerson {
  const guesses: Guess[] = [{ path: 'person', text: 'a synthetic person: no file says what was typed and pressed' }]
  if (isPrepared(incident)) {
    const failure = end.kind === 'over' && end.continued ? { devicePreparationFailure: 'continueAnyway' } : {}
    return { person: { use: 'nora', with: { ...failure, requiredSetupComplete: 'next' } }, guesses }
  }
  if (isPreProvisioned(incident) && (end.kind === 'over' || end.kind === 'notShown' || hasPerson(incident))) {
    const later = { region: [TECHNICIAN.region, 'United States'], technicianStatus: 'reseal' }
    return { person: { use: 'alice', with: { ...TECHNICIAN, ...later } }, guesses }
  }
  if (isPreProvisioned(incident)) {
    const network = isWired ? {} : { network: { wifi: 'Contoso-Students', key: 'learn-anywhere' } }
    return {
      person: { ...TECHNICIAN, ...network, ...(end.kind === 'resealed' ? { technicianStatus: 'reseal' } : {}) },
      guesses,
    }
  }
  const continued = answersOfFailure(end, apps)
  if (deploysItself(incident)) {
    const later = hasPerson(incident) && !isKiosk(incident) ? { nextSignIn: BEN } : {}
    const answers: Plain = { ...continued, ...later }
    if (!isWired) return { person: { use: 'alice', with: answers }, guesses }
    return Object.keys(answers).length === 0 ? { person: undefined, guesses: [] } : { person: answers, guesses }
  }
  if (end.kind === 'notShown' && (end.after === 'nothing' || end.after === 'theProfile')) {
    return {
      person: { use: 'alice', with: { ...whereItStopped(incident), signIn: null, welcome: null, hello: null } },
      guesses,
    }
  }
  if (hasProfile(incident)) {
    return { person: Object.keys(continued).length === 0 ? 'alice' : { use: 'alice', with: continued }, guesses }
  }
  const isWork = incident.isManaged || incident.hasJoined === true || end.kind === 'failed'
  return isWork
    ? { person: { use: 'alice', with: { ...WITHOUT_PROFILE, deviceUsage: 'workOrSchool', ...continued } }, guesses }
    : { person: { use: 'pat', with: { ...WITHOUT_PROFILE, deviceUsage: { usage: 'personal' } } }, guesses }
}

/** A failed status page that was passed: left, or tried again where an app came later after all. */
function answersOfFailure(end: End, { found }: DraftedApps): Plain {
  if (end.kind !== 'over') return {}
  if (end.continued) return { enrollmentStatusFailure: ['continueAnyway', 'continueAnyway'] }
  return found.some(({ hasRecovered }) => hasRecovered) ? { enrollmentStatusFailure: ['tryAgain', 'tryAgain'] } : {}
}

const whereItStopped = (incident: Incident): Plain =>
  hasProfile(incident) ? {} : { ...WITHOUT_PROFILE, deviceUsage: 'workOrSchool' }
