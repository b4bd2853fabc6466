import { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import { profileFileOf } from '../device/profile-file.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { lookupEvent, type ProfileAnswer, type ProfileOnDisk } from '../domain/autopilot.ts'
import { lookUpProfile } from '../service/autopilot/look-up-profile.ts'
import { working } from './bindings.ts'

export const autopilotProfile = autopilotProfileMachine.provide({
  actors: {
    askForProfile: working<ProfileAnswer, { attempt: number; attemptsMax: number }>(
      async ({ device, service }, { attempt, attemptsMax }, signal) => {
        const event = attempt === 1 ? 'profileAcquisitionStarted' : 'profileAcquisitionRetried'
        device.log(event, { attempt, attemptsMax })
        const { productKeyId } = device.definition.windows
        const { lookupNeedsAccount: needsAccount } = device.behaviour
        const request = { hardwareHash: device.hardwareHash(), productKeyId, needsAccount }
        const found = await lookUpProfile(service, request, signal)
        const answer = isWorthWaiting(device, found) ? { ...found, isOffline: true as const } : found
        report(device, answer, attempt === attemptsMax)
        return answer
      },
    ),
    readProfileOnDisk: working<ProfileOnDisk>(({ device }) => readProfileOnDisk(device)),
  },
})

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

function report({ log, definition }: VirtualDevice, answer: ProfileAnswer, isLast: boolean): void {
  switch (answer.kind) {
    case 'assigned': {
      const found = profileFileOf(definition.disk)
      if ('path' in found) log('profileFileNotNeeded', { path: found.path })
      log('profileDownloaded', { name: answer.profile.deploymentProfileName })
      log('profileSettingsRetrieved')
      log('profileBecameAvailable')
      return
    }
    case 'none':
      log(lookupEvent(answer.code), { answer: answer.text })
      return
    case 'unreachable':
      log(isLast && !answer.isOffline ? 'profileDownloadGivenUp' : 'profileDownloadWaits', { trouble: answer.text })
  }
}
