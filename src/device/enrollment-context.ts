import type { ContextItem } from '../protocols/ms-wstep/request-security-token.ts'
import type { VirtualDevice } from './virtual-device.ts'

/** AdditionalContext of the enrolment, in the order of the captures (reference: mdm-protocols.md, 1.7). */
export function contextItemsOf(
  device: VirtualDevice,
  enrolling: { osVersion: string; osEdition: string },
  enrollmentVersion: string | undefined,
): ContextItem[] {
  const { disk, definition } = device
  const macs = definition.adapters.filter(({ removable }) => !removable).map(({ mac }) => mac.replaceAll(':', '-'))
  const item = (name: string, value: string): ContextItem => ({ name, value })
  return [
    item('UXInitiated', 'false'),
    item('HWDevID', device.hardwareDeviceId),
    item('Locale', disk.language ?? definition.windows.languages[0] ?? 'en-US'),
    item('TargetedUserLoggedIn', 'false'),
    item('OSEdition', enrolling.osEdition),
    item('DeviceName', disk.deviceName),
    ...macs.map((mac) => item('MAC', mac)),
    item('DeviceID', device.deviceId),
    item('EnrollmentType', 'Device'),
    item('DeviceType', 'CIMClient_Windows'),
    item('OSVersion', enrolling.osVersion),
    item('ApplicationVersion', enrolling.osVersion),
    ...(disk.profile?.ztdRegistrationId ? [item('ZeroTouchProvisioning', disk.profile.ztdRegistrationId)] : []),
    item('NotInOobe', 'false'),
    // Newer items only where the service speaks the version that has them.
    ...(Number.parseFloat(enrollmentVersion ?? '0') >= 5 ? [item('RequestVersion', '5.0')] : []),
  ]
}
