import { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { lookupEvent, type ProfileAnswer } from '../domain/autopilot.ts'
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
  },
})

const isWorthWaiting = ({ behaviour, network }: VirtualDevice, answer: ProfileAnswer): boolean =>
  answer.kind === 'unreachable' && behaviour.lookupWaitsForInternet && !network.isOnline

function report({ log }: VirtualDevice, answer: ProfileAnswer, isLast: boolean): void {
  switch (answer.kind) {
    case 'assigned':
      log('profileDownloaded', { name: answer.profile.deploymentProfileName })
      log('profileSettingsRetrieved')
      log('profileBecameAvailable')
      return
    case 'none':
      log(lookupEvent(answer.code), { answer: answer.text })
      return
    case 'unreachable':
      log(isLast && !answer.isOffline ? 'profileDownloadGivenUp' : 'profileDownloadWaits', { trouble: answer.text })
  }
}
