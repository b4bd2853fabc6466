import { expandDeviceName } from '../device/device-name.ts'
import type { ProfileAnswer } from '../domain/autopilot.ts'
import { lookUpProfile } from '../service/look-up-profile.ts'
import { type Bindings, workOf } from './bindings.ts'

/** What Autopilot detection and naming do. */
export function profileActors(bindings: Bindings) {
  const { device, service, chance } = bindings
  return {
    askForProfile: workOf<ProfileAnswer, { attempt: number; attemptsMax: number }>(
      async ({ attempt, attemptsMax }, signal) => {
        device.log('autopilot', attempt === 1 ? 160 : 193, `profile acquisition, attempt ${attempt} of ${attemptsMax}`)
        const { productKeyId } = device.definition.windows
        const found = await lookUpProfile(service, { hardwareHash: device.hardwareHash(), productKeyId }, signal)
        const answer = isWorthWaiting(found) ? { ...found, isOffline: true as const } : found
        report(answer, attempt === attemptsMax)
        return answer
      },
    ),
    expandTemplate: workOf<string, string>((template) =>
      expandDeviceName(template, device.definition.smbios.serialNumber, chance),
    ),
  }

  function isWorthWaiting(answer: ProfileAnswer): boolean {
    return answer.kind === 'unreachable' && device.behaviour.lookupWaitsForInternet && !device.network.isOnline
  }

  function report(answer: ProfileAnswer, isLast: boolean): void {
    switch (answer.kind) {
      case 'assigned':
        device.log('autopilot', 703, `profile ${answer.profile.deploymentProfileName} downloaded`)
        device.log('autopilot', 161, 'AutopilotManager retrieve settings succeeded')
        device.log('autopilot', 153, 'state changed from ProfileState_Unknown to ProfileState_Available')
        return
      case 'none':
        device.log('autopilot', Number(answer.code), answer.text, 'error')
        return
      case 'unreachable':
        if (isLast && !answer.isOffline) device.log('autopilot', 314, answer.text, 'error')
        else device.log('autopilot', 194, answer.text, 'warning')
    }
  }
}
