import { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import { namingMachine } from '../../machines/pages/naming.ts'
import { expandDeviceName } from '../device/device-name.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { ProfileAnswer } from '../domain/autopilot.ts'
import { lookUpProfile } from '../service/look-up-profile.ts'
import { working } from './bindings.ts'

export const autopilotProfile = autopilotProfileMachine.provide({
  actors: {
    askForProfile: working<ProfileAnswer, { attempt: number; attemptsMax: number }>(
      async ({ device, service }, { attempt, attemptsMax }, signal) => {
        device.log('autopilot', attempt === 1 ? 160 : 193, `profile acquisition, attempt ${attempt} of ${attemptsMax}`)
        const { productKeyId } = device.definition.windows
        const found = await lookUpProfile(service, { hardwareHash: device.hardwareHash(), productKeyId }, signal)
        const answer = isWorthWaiting(device, found) ? { ...found, isOffline: true as const } : found
        report(device, answer, attempt === attemptsMax)
        return answer
      },
    ),
  },
})

export const naming = namingMachine.provide({
  actors: {
    expandTemplate: working<string, string>(({ device, chance }, template) =>
      expandDeviceName(template, device.definition.smbios.serialNumber, chance),
    ),
  },
})

const isWorthWaiting = ({ behaviour, network }: VirtualDevice, answer: ProfileAnswer): boolean =>
  answer.kind === 'unreachable' && behaviour.lookupWaitsForInternet && !network.isOnline

function report({ log }: VirtualDevice, answer: ProfileAnswer, isLast: boolean): void {
  switch (answer.kind) {
    case 'assigned':
      log('autopilot', 703, `profile ${answer.profile.deploymentProfileName} downloaded`)
      log('autopilot', 161, 'AutopilotManager retrieve settings succeeded')
      log('autopilot', 153, 'state changed from ProfileState_Unknown to ProfileState_Available')
      return
    case 'none':
      log('autopilot', Number(answer.code), answer.text, 'error')
      return
    case 'unreachable':
      if (isLast && !answer.isOffline) log('autopilot', 314, answer.text, 'error')
      else log('autopilot', 194, answer.text, 'warning')
  }
}
