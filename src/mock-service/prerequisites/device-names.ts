import { whatIsWrongWithNameTemplate } from '../../domain/device-names.ts'
import { type Check, judged, type Reason } from './prerequisite.ts'

const MACRO = /%SERIAL%|%RAND:([1-9]\d*)%/g

export const deviceNames: Check = ({ tenant }) => {
  const { profiles, devices } = tenant.directory.now
  const templates = [...profiles.values()].filter(({ deviceNameTemplate }) => deviceNameTemplate !== '')
  const isDigits = ({ deviceNameTemplate }: { deviceNameTemplate: string }, serial: string) =>
    /^\d*$/.test(deviceNameTemplate.replace(MACRO, '')) && /^\d+$/.test(serial.replace(/[^A-Za-z0-9]/g, ''))
  return judged(
    'deviceNames',
    [
      ...templates.flatMap(({ name, deviceNameTemplate }): Reason[] => {
        const wrong = whatIsWrongWithNameTemplate(deviceNameTemplate)
        if (wrong === undefined) return []
        return [
          {
            text: `the name template "${deviceNameTemplate}" of "${name}" ${wrong}`,
            remedy: 'write a template such as CLS-%SERIAL%: at most 15 letters, digits and hyphens, not digits only',
          },
        ]
      }),
      ...[...devices.values()].flatMap((device): Reason[] => {
        const { intended } = tenant.profileOf(device)
        if (!intended?.deviceNameTemplate.includes('%SERIAL%') || !isDigits(intended, device.serialNumber)) return []
        return [
          {
            text: `${device.serialNumber} would get a name of digits only by "${intended.deviceNameTemplate}" of "${intended.name}"`,
            remedy: 'put letters into the template',
          },
        ]
      }),
    ],
    templates.length === 0 ? 'no profile names devices' : 'devices may have the names that profiles give them',
  )
}
