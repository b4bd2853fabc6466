/** The services behind the gateway: each has its own page sizes, error bodies and liberties. */
export type Family = 'directory' | 'intune' | 'gateway'

const FAMILIES: Record<string, Family> = {
  groups: 'directory',
  users: 'directory',
  me: 'directory',
  devices: 'directory',
  directoryobjects: 'directory',
  organization: 'directory',
  domains: 'directory',
  subscribedskus: 'directory',
  directoryroles: 'directory',
  applications: 'directory',
  serviceprincipals: 'directory',
  policies: 'directory',
  devicemanagement: 'intune',
  deviceappmanagement: 'intune',
}

export const familyOf = (segments: readonly string[]): Family => FAMILIES[segments[0]?.toLowerCase() ?? ''] ?? 'gateway'

/** Items of a page when `$top` says none, and the most that it may say (device lists of 1,000 and 100: field reports [1]). */
export const PAGES: Record<Family, { size: number; most: number }> = {
  directory: { size: 100, most: 999 },
  intune: { size: 1_000, most: 1_000 },
  gateway: { size: 100, most: 999 },
}

/** Intune's own services, as its error texts name them [1]. */
const DEVICE_SERVICE = 'DeviceFE/StatelessDeviceFEService'
const ENROLLMENT_SERVICE = 'DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService'
const APP_SERVICE = 'AppLifecycle/StatelessAppMetadataFEService'

/** The path of a request inside Intune, and OData's template of it: `deviceManagement/managedDevices('x')`, `~/singleton/navigation/key`. */
export function intunePathOf(
  segments: readonly string[],
  isKey: readonly boolean[],
): { path: string; template: string } {
  const second = segments[1]?.toLowerCase() ?? ''
  const isApp = segments[0]?.toLowerCase() === 'deviceappmanagement'
  const service = isApp
    ? APP_SERVICE
    : /autopilot|enrollment|imported/.test(second)
      ? ENROLLMENT_SERVICE
      : DEVICE_SERVICE
  const path = segments.reduce((text, segment, index) =>
    isKey[index] ? `${text}('${encodeURIComponent(segment)}')` : `${text}/${segment}`,
  )
  const template = segments.map((_, index) => (index === 0 ? 'singleton' : isKey[index] ? 'key' : 'navigation'))
  return { path: `/${service}/${path}`, template: `~/${template.join('/')}` }
}
