import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import type { ContextItem } from '../protocols/ms-wstep/request-security-token.ts'
import type { VirtualDevice } from './virtual-device.ts'

export interface Enrolling {
  osVersion: string
  osEdition: string
  /** What the device asked for in Discover. */
  requestVersion: string
  /** What the service answered to that. */
  enrollmentVersion: string | undefined
  /** `OpaqueBlob` of the terms of use, when a person accepted them. */
  termsOfUse?: string | undefined
  /** How the attestation of the key ended, when the policy asked for one. */
  attestation?: { hresult: string; message: string } | undefined
}

/**
 * AdditionalContext of the enrolment, in the order of the captures (reference: mdm-protocols.md, 1.7). Self-deploying
 * mode adds `PlugandForget`: no user of the tenant signs in; the technician's part of pre-provisioning adds `WhiteGlove`.
 */
export function contextItemsOf(device: VirtualDevice, enrolling: Enrolling, isUserless = false): ContextItem[] {
  const { disk, definition } = device
  const { profile } = disk
  const macs = definition.adapters.filter(({ removable }) => !removable).map(({ mac }) => mac.replaceAll(':', '-'))
  const isTechnicians = isUserless && disk.preProvisioning !== undefined
  const version = negotiatedVersion(enrolling.requestVersion, enrolling.enrollmentVersion)
  const item = (name: string, value: string | undefined): ContextItem[] => (value ? [{ name, value }] : [])
  return [
    // Not captured in OOBE: what the automatic enrolment of an Autopilot device says here is a guess (11, open questions).
    ...item('UXInitiated', 'false'),
    ...item('HWDevID', device.hardwareDeviceId),
    ...item('Locale', disk.language ?? definition.windows.languages[0] ?? 'en-US'),
    ...item('TargetedUserLoggedIn', 'false'),
    ...item('OSEdition', enrolling.osEdition),
    ...item('DeviceName', disk.deviceName),
    ...macs.flatMap((mac) => item('MAC', mac)),
    ...item('DeviceID', device.deviceId),
    ...item('EnrollmentType', 'Device'),
    ...item('DeviceType', 'CIMClient_Windows'),
    ...item('OSVersion', enrolling.osVersion),
    ...item('ApplicationVersion', enrolling.osVersion),
    ...item('EnrollmentData', enrolling.termsOfUse),
    // Only a registered device has the first, only one with a profile from a file the second.
    ...item('ZeroTouchProvisioning', profile?.ztdRegistrationId),
    ...item('OfflineAutoPilotEnrollmentCorrelator', profile?.ztdRegistrationId ? undefined : profile?.ztdCorrelationId),
    // The names are documented, their values are not; nor is whether a pre-provisioned device says both.
    ...item('PlugandForget', isUserless && !isTechnicians ? 'true' : undefined),
    ...item('WhiteGlove', isTechnicians ? 'true' : undefined),
    ...item('NotInOobe', 'false'),
    ...item('RequestVersion', requestVersionItem(version, device.behaviour.requestVersionSince)),
    ...(version >= 7 && enrolling.attestation ? attestationItems(enrolling.attestation) : []),
  ]
}

/** [MS-MDE2] 3.4.4.1.1.1 ties the item to 5.0; recorded devices say 5.0 to a server of 4.0, too. */
function requestVersionItem(version: number, since: '4.0' | '5.0'): string | undefined {
  if (version >= 5) return version.toFixed(1)
  return version >= 4 && since === '4.0' ? '5.0' : undefined
}

const attestationItems = ({ hresult, message }: NonNullable<Enrolling['attestation']>): ContextItem[] => [
  { name: 'AttestationStatus', value: `Status=${hresult};AttestationErrorMsg=${message}` },
  { name: 'AttestationStatusHResult', value: hresult },
]
