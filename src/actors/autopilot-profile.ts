import { autopilotProfileMachine, type RetryPolicy } from '../../machines/pages/autopilot-profile.ts'
import { profileFileOf } from '../device/profile-file.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import {
  type AutopilotProfile,
  type LookupAnswer,
  lookupEvent,
  type ProfileAnswer,
  type ProfileOnDisk,
} from '../domain/autopilot.ts'
import { whyNotAssociated } from '../domain/device-association.ts'
import { lookUpProfile } from '../service/autopilot/look-up-profile.ts'
import { working } from './bindings.ts'

/** Where Windows keeps the profile (reference: oobe-autopilot-esp.md, 3.5). */
const PROFILE_FILE = 'C:\\Windows\\ServiceState\\wmansvc\\AutopilotDDSZTDFile.json'

export const autopilotProfile = autopilotProfileMachine.provide({
  actors: {
    askForProfile: working<ProfileAnswer, { attempt: number } & RetryPolicy>(
      async ({ device, service }, { attempt, attemptsMax, waitMs }, signal) => {
        const isFirst = attempt === 1
        if (isFirst) device.log('profileAcquisitionStarted')
        else device.log('profileAcquisitionRetried', { attempt, attemptsMax })
        // What is asked again is asked with the same connection.
        if (isFirst) device.log(device.network.isOnline ? 'internetAvailable' : 'internetNotAvailable')
        const { productKeyId } = device.definition.windows
        const { lookupNeedsAccount: needsAccount } = device.behaviour
        const request = { hardwareHash: device.hardwareHash(), productKeyId, needsAccount }
        const found = withAssociation(device, await lookUpProfile(service, request, signal))
        const answer = isWorthWaiting(device, found) ? { ...found, isOffline: true as const } : found
        report(device, answer, { isLast: attempt === attemptsMax, waitMs })
        return answer
      },
    ),
    readProfileOnDisk: working<ProfileOnDisk>(({ device }) => readProfileOnDisk(device)),
  },
})

/** An association has precedence over a profile, on a device that can be associated (2.9 [D]). */
function withAssociation(device: VirtualDevice, { answer, association }: LookupAnswer): ProfileAnswer {
  if (!association) return answer
  const { tpm, facts } = device
  const why = whyNotAssociated({
    windows: facts.windows,
    tpm: device.definition.tpm && {
      version: device.definition.tpm.version,
      vendor: device.definition.tpm.vendor,
      isUsable: tpm !== undefined && !tpm.isAway && (tpm.facts.faults ?? []).length === 0,
    },
  })
  if (why === undefined) {
    device.log('associated', { tenant: association.tenantDomain })
    return { kind: 'assigned', profile: association }
  }
  device.log('notAssociated', { why })
  return answer.kind === 'none' ? { ...answer, text: `${answer.text}; not associated: ${why}` } : answer
}

const isWorthWaiting = ({ behaviour, network }: VirtualDevice, answer: ProfileAnswer): boolean =>
  answer.kind === 'unreachable' && behaviour.lookupWaitsForInternet && !network.isOnline

const EVENT_OF_REFUSAL = {
  encoding: 'profileFileNotLoaded',
  parse: 'profileFileNotParsed',
  correlator: 'profileFileCorrelatorWrong',
  mode: 'profileFileNotParsed',
} as const

function readProfileOnDisk({ definition, log }: VirtualDevice): ProfileOnDisk {
  const found = profileFileOf(definition.disk)
  if (found.kind === 'none') return { kind: 'none' }
  if (found.kind === 'misplaced') return { kind: 'notUsed', why: found.why }
  log('profileFileFound', { path: found.path })
  if (found.kind === 'refused') {
    log(EVENT_OF_REFUSAL[found.event], { trouble: found.why })
    return { kind: 'notUsed', why: `the profile in ${found.path} is not used: ${found.why}` }
  }
  const { profile, ignored } = found
  for (const one of ignored) log('profileFileHasMore', { ignored: one })
  log('profileFileUsed', { correlator: profile.ztdCorrelationId ?? '' })
  log('profileBecameAvailable')
  return { kind: 'profile', profile }
}

/** In the order in which a real device logs it (3.4 [F]); the settings behind it are read by the pages that follow. */
function report(
  { log, definition }: VirtualDevice,
  answer: ProfileAnswer,
  asked: { isLast: boolean; waitMs: number },
): void {
  switch (answer.kind) {
    case 'assigned': {
      const found = profileFileOf(definition.disk)
      if ('path' in found) log('profileFileNotNeeded', { path: found.path })
      log('profileDownloaded', { name: answer.profile.deploymentProfileName })
      log('profileSaved', { path: PROFILE_FILE })
      log('profileSettingsRetrieved')
      log('profileBecameAvailable')
      log('profileDownloadCompleted')
      readSettings(log, answer.profile)
      return
    }
    case 'none':
      log(lookupEvent(answer.code), { answer: answer.text })
      return
    case 'unreachable': {
      const [code = '', ...trouble] = answer.text.split(' ')
      log('profileDownloadFailed', { code, trouble: trouble.join(' ') })
      if (asked.isLast && !answer.isOffline) log('profileDownloadGivenUp', { trouble: answer.text })
      else log('profileDownloadWaits', { milliseconds: asked.waitMs })
    }
  }
}

/** The numbers, texts and states of a profile that the first boot reads: which of them, and how often, is assumed. */
function readSettings(log: VirtualDevice['log'], profile: AutopilotProfile): void {
  const { oobeConfig, forcedEnrollment, tenantId, tenantDomain, deviceName } = profile
  log('settingsRetrieved')
  log('policyNumberRead', { name: 'CloudAssignedOobeConfig', value: oobeConfig })
  log('policyNumberRead', { name: 'CloudAssignedForcedEnrollment', value: Number(forcedEnrollment) })
  log('policyTextRead', { name: 'CloudAssignedTenantId', value: tenantId })
  log('policyTextRead', { name: 'CloudAssignedTenantDomain', value: tenantDomain })
  if (deviceName !== '') log('policyTextRead', { name: 'CloudAssignedDeviceName', value: deviceName })
  log('oobeSettingRead', { name: 'AUTOPILOT_OOBE_SETTINGS_AAD_JOIN_ONLY', state: Number(forcedEnrollment) })
}
