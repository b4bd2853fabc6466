import { placeholderOf } from '../../domain/placeholders.ts'
import { preparing } from './preparation.ts'
import { type Check, count, judged, type Reason } from './prerequisite.ts'

export const registrations: Check = ({ tenant }) => {
  const { size } = tenant.directory.now.devices
  const prepares = preparing(tenant)
  return judged(
    'registrations',
    size > 0 || prepares !== undefined
      ? []
      : [
          {
            text: 'no device is registered',
            remedy:
              'register devices: by OEM, reseller, a request for Surface devices, or a CSV file of an administrator',
          },
        ],
    `${count(size, 'device')} registered${prepares === undefined ? '' : `; ${prepares}`}`,
  )
}

/** A number that other devices have too does not tell them apart. */
export const serialNumbers: Check = ({ tenant }) => {
  const devices = [...tenant.directory.now.devices.values()]
  return judged(
    'serialNumbers',
    devices
      .filter(({ serialNumber }) => placeholderOf(serialNumber) !== undefined)
      .map(({ serialNumber, manufacturer, productName }) => ({
        text: `"${serialNumber}" of ${manufacturer} ${productName} is no serial number, and other devices have it too`,
        remedy: 'have the maker write a serial number into the firmware, then register the device again',
      })),
    'no placeholder of a maker among them',
  )
}

/** Self-deploying and pre-provisioning attest a TPM 2.0 (reference: oobe-autopilot-esp.md, 2.1 [D]). */
export const hardware: Check = ({ tenant }) =>
  judged(
    'hardware',
    [...tenant.directory.now.devices.values()].flatMap((device): Reason[] => {
      const { hardware: wrong, intended } = tenant.profileOf(device)
      if (wrong !== '') {
        return [{ text: `${device.serialNumber}: ${wrong}`, remedy: 'give the device a user-driven profile' }]
      }
      if (!intended?.preprovisioningAllowed || device.tpmVersion === '2.0') return []
      return [
        {
          text: `${device.serialNumber}: "${intended.name}" allows pre-provisioning, which needs TPM 2.0`,
          remedy: 'give the device a profile without pre-provisioning',
        },
      ]
    }),
    'each device can do what its profile asks for',
  )
