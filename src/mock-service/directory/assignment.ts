import { CODE } from '../../domain/windows-codes.ts'
import type { Delays } from './delays.ts'
import type { Directory, Moment } from './directory.ts'
import { deviceTarget, groupsOfRegistration, userTarget } from './groups.ts'
import type {
  App,
  Assignment,
  DeploymentProfile,
  DirectoryState,
  Group,
  RegisteredDevice,
  StatusPage,
} from './state.ts'

/** `deploymentProfileAssignmentStatus` of Microsoft Graph, as far as the service can be in it. */
export type AssignmentStatus = 'assignedInSync' | 'assignedOutOfSync' | 'notAssigned' | 'pending' | 'failed'

/** `deploymentProfileAssignmentDetailedStatus`. */
export type DetailedStatus = 'none' | 'hardwareRequirementsNotMet'

/** A sentence of the answer to "why". */
export type Reasons = string[]

export interface ProfileResolution {
  status: AssignmentStatus
  detailedStatus: DetailedStatus
  /** What the device gets if it asks now. */
  profile: DeploymentProfile | null
  /** Assigned through a group, and not because it is for all devices: `IsExplicitProfileAssignment`. */
  isExplicit: boolean
  /** What it will get once the service has caught up. */
  intended: DeploymentProfile | null
  /** Why the device gets no profile now (reference: oobe-autopilot-esp.md, 3.4). */
  code: '809' | '815' | null
  /** Why the hardware cannot do what the profile requires; empty when it can. */
  hardware: string
  why: Reasons
}

interface Candidate<Item> {
  item: Item
  via: Group | 'allDevices' | 'allUsers'
}

/**
 * Which deployment profile a device gets. Of several that reach it through groups the oldest wins; one for all devices
 * is the tenant's default, and comes last (reference: oobe-autopilot-esp.md, 3.4). The service sees groups, and groups see devices, with
 * a delay: what it tells a device now is worked out from the directory as it was then.
 */
export function resolveProfile(
  directory: Directory,
  delays: Delays,
  now: number,
  device: RegisteredDevice,
): ProfileResolution {
  const current = candidatesOf(directory.moment, device.id)
  const seen = directory.momentAt(now - delays.groups - delays.profiles)
  const past = candidatesOf(seen, device.id)
  const [intended] = current
  const [assigned] = past
  const isGone = assigned !== undefined && !directory.now.profiles.has(assigned.item.id)
  const isAsIntended = assigned?.item === intended?.item
  const profile = assigned && !isGone ? assigned.item : null
  const hardware = intended ? wrongHardware(intended.item, device) : ''
  const detailedStatus =
    intended && hardware !== '' && device.tpmVersion !== '2.0' ? 'hardwareRequirementsNotMet' : 'none'
  const status = (): AssignmentStatus => {
    if (detailedStatus !== 'none') return 'failed'
    if (profile) return isAsIntended ? 'assignedInSync' : 'assignedOutOfSync'
    return intended ? 'pending' : 'notAssigned'
  }
  return {
    status: status(),
    detailedStatus,
    // The portal says "failed"; what the device gets then, no source tells. Microsoft documents that it fails on its own.
    profile,
    isExplicit: assigned !== undefined && assigned.via !== 'allDevices',
    intended: intended?.item ?? null,
    code: profile ? null : isGone ? '809' : '815',
    hardware,
    why: [
      ...(isGone ? [`the assigned profile "${assigned.item.name}" was deleted`] : []),
      ...explain(intended, current, 'deployment profile'),
      ...(hardware === '' ? [] : [hardware]),
      ...(isAsIntended || isGone ? [] : [catchingUp(directory.now, seen.state, device, delays)]),
    ],
  }
}

/** Self-deploying attests the TPM, and a virtual one never passes (reference: device-identity.md, 2.3 and 3.9 [D]). */
function wrongHardware(profile: DeploymentProfile, device: RegisteredDevice): string {
  if (profile.mode !== 'selfDeploying') return ''
  if (device.tpmVersion !== '2.0')
    return `"${profile.name}" is self-deploying, and needs TPM 2.0: it will fail with ${CODE.timedOut}`
  if (device.tpmVendor !== VIRTUAL_TPM) return ''
  return `"${profile.name}" is self-deploying, and a virtual TPM cannot be attested: it will fail with ${CODE.timedOut}`
}

/** What a vTPM of Hyper-V says of itself (device-identity.md, 3.8). */
const VIRTUAL_TPM = 'MSFT'

function candidatesOf(moment: Moment, registrationId: string): Candidate<DeploymentProfile>[] {
  const { devices, profiles } = moment.state
  const device = devices.get(registrationId)
  if (!device) return []
  const groups = groupsOfRegistration(moment, device)
  const oldestFirst = (a: Candidate<DeploymentProfile>, b: Candidate<DeploymentProfile>) =>
    Number(a.via === 'allDevices') - Number(b.via === 'allDevices') ||
    Date.parse(a.item.createdDateTime) - Date.parse(b.item.createdDateTime)
  return reaching([...profiles.values()], (item) => deviceTarget(item, groups)).sort(oldestFirst)
}

const reaching = <Item extends Assignment>(
  items: readonly Item[],
  targetOf: (item: Item) => Candidate<Item>['via'] | undefined,
): Candidate<Item>[] =>
  items.flatMap((item) => {
    const via = targetOf(item)
    return via === undefined ? [] : [{ item, via }]
  })

const viaText = (via: Candidate<unknown>['via']): string => {
  if (via === 'allDevices') return 'it is assigned to all devices'
  if (via === 'allUsers') return 'it is assigned to all users'
  return `it is assigned to the group "${via.name}"`
}

function explain<Item extends { name: string }>(
  chosen: Candidate<Item> | undefined,
  candidates: readonly Candidate<Item>[],
  what: string,
): Reasons {
  if (!chosen) return [`no ${what} is assigned to a group of this device or to all devices`]
  const others = candidates.filter((candidate) => candidate !== chosen)
  return [
    `"${chosen.item.name}": ${viaText(chosen.via)}`,
    ...others.map(({ item, via }) => `not "${item.name}": ${viaText(via)} too, and comes after`),
  ]
}

function catchingUp(now: DirectoryState, seen: DirectoryState, device: RegisteredDevice, delays: Delays): string {
  const minutes = Math.round((delays.groups + delays.profiles) / 60_000)
  const change =
    now.devices.has(device.id) && !seen.devices.has(device.id) ? 'the device was registered' : 'something was changed'
  return `${change} less than ${minutes} minutes ago: groups and profiles have not caught up`
}

/** What the page shows when nothing is assigned: the portal's "All users and all devices" (4.2 [D]: defaults). */
export const DEFAULT_STATUS_PAGE: StatusPage = {
  id: 'default',
  name: 'All users and all devices',
  description: 'The default Enrollment Status Page',
  priority: 0,
  showInstallationProgress: false,
  timeoutMinutes: 60,
  customErrorMessage: '',
  allowLogCollection: false,
  allowReset: false,
  allowRetry: true,
  allowContinue: false,
  installQualityUpdates: false,
  skipUserStatus: false,
  firstUserOnly: false,
  blockingApps: [],
  assignedTo: ['allDevices', 'allUsers'],
  excluded: [],
  lastModifiedAt: 0,
}

/**
 * Best profile that targets the device, else the best that targets the user, else the default (reference:
 * oobe-autopilot-esp.md, 4.2 [D]).
 */
export function resolveStatusPage(
  state: DirectoryState,
  groups: readonly Group[],
  upn: string,
): { page: StatusPage; isForDevice: boolean; why: Reasons } {
  const pages = [...state.statusPages.values()].sort((a, b) => a.priority - b.priority)
  const forDevice = reaching(pages, (page) => deviceTarget(page, groups))
  const forUser = reaching(pages, (page) => userTarget(page, state, upn))
  const candidates = [...forDevice, ...forUser.filter(({ item }) => !forDevice.some((other) => other.item === item))]
  const [chosen] = candidates
  if (chosen) {
    const why = explain(chosen, candidates, 'Enrollment Status Page')
    return { page: chosen.item, isForDevice: forDevice.includes(chosen), why }
  }
  return {
    page: DEFAULT_STATUS_PAGE,
    isForDevice: true,
    why: [`"${DEFAULT_STATUS_PAGE.name}": no other Enrollment Status Page is assigned`],
  }
}

/** Apps that a device, or the person at it, has to have. */
export function resolveApps(state: DirectoryState, groups: readonly Group[], upn: string): { app: App; why: string }[] {
  return [...state.apps.values()].flatMap((app) => {
    const via = app.scope === 'device' ? deviceTarget(app, groups) : userTarget(app, state, upn)
    return via === undefined ? [] : [{ app, why: viaText(via) }]
  })
}
