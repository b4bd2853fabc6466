import { OOBE_CONFIG } from '../domain/autopilot.ts'
import { AGENT_PROVIDER, QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { DraftedApps } from './draft-apps.ts'
import { draftedPolicies, draftedWifi } from './draft-policies.ts'
import { draftedPreparation } from './draft-preparation.ts'
import { configOf, deploysItself, type End, failedCategoryOf, isPreProvisioned, isPrepared } from './ending.ts'
import { type Guess, isSame, type Plain } from './guess.ts'
import { eventsOf, firstSync, type Incident, nodesLike } from './incident.ts'

export interface DraftedTenant {
  with: Plain
  guesses: Guess[]
}

/** What the school of the incident had that the shipped one has not. */
export function draftedTenant(
  incident: Incident,
  end: End,
  device: string,
  school: TenantDefinition,
  apps: DraftedApps,
): DraftedTenant {
  const guesses: Guess[] = []
  const guess = (key: string, text: string) => guesses.push({ path: `tenant.with.${key}`, text })
  const changes: Plain = {}
  const put = (key: string, value: unknown) => {
    if (value !== undefined && !isSame(value, (school as unknown as Plain)[key] ?? null)) changes[key] = value
  }
  if (isPrepared(incident)) return draftedPreparation(incident, end, school)
  lookup(incident, put, guess)
  put('deploymentProfiles', profilesOf(incident, device, school, guess))
  put('statusPages', statusPagesOf(incident, school, end, guess))
  if (apps.apps) changes.apps = apps.apps
  const isBeyondEnrolment = incident.isManaged && incident.nodes.size > 0
  if (isBeyondEnrolment) {
    put('policies', draftedPolicies(incident, school, guess))
    put('wifiProfiles', draftedWifi(incident, school))
    put('certificateProfiles', certificatesOf(incident))
  }
  // A session of a monitoring tool has no node: what the page waited for is a guess then.
  const management = incident.isManaged ? managementOf(incident, end, apps, guess) : {}
  if (Object.keys(management).length > 0) changes.management = management
  if (end.kind === 'over' && !incident.isManaged && incident.hasJoined === true && incident.profile) {
    changes.enrollment = { mdmUserScope: 'none' }
    guess('enrollment', 'the device joined and has no management: the MDM user scope is none')
  }
  return { with: changes, guesses }
}

type Guessing = (key: string, text: string) => void
type Put = (key: string, value: unknown) => void

/** Why there is no profile: the answer of the look-up, by its number. */
function lookup(incident: Incident, put: Put, guess: Guessing): void {
  if (incident.isProfileOfFile) put('devices', [])
  if (incident.profile) return
  const code = lookupCode(incident)
  if (code === '815') put('deploymentProfiles', [])
  else if (code === '807') put('devices', [])
  else if (code === undefined && incident.hasNoProfile) {
    put('devices', [])
    guess('devices', 'the device has no profile, and no file says why: no school has registered it')
  }
}

export function lookupCode(incident: Incident): string | undefined {
  const event = eventsOf(incident, 'autopilot', 807, 809, 815, 908).at(-1)
  return event ? String(event.id) : incident.refused.findLast(({ request }) => request === 'lookup')?.code
}

/** The profile, by its bits. Its name and the device names that it gives are synthetic. */
function profilesOf(incident: Incident, device: string, school: TenantDefinition, guess: Guessing): unknown {
  const { profile } = incident
  if (!profile || incident.isProfileOfFile) return undefined
  const config = configOf(incident)
  const has = (bit: keyof typeof OOBE_CONFIG) => (config & OOBE_CONFIG[bit]) !== 0
  const template = typeof profile.CloudAssignedDeviceName === 'string' ? profile.CloudAssignedDeviceName : ''
  const facts = {
    mode: deploysItself(incident) ? ('selfDeploying' as const) : ('userDriven' as const),
    userType: has('userNotLocalAdmin') ? ('standard' as const) : ('administrator' as const),
    privacySettingsHidden: has('skipExpressSettings'),
    licenseTermsHidden: has('skipEula'),
    keyboardSelectionPageSkipped: has('skipKeyboard'),
    preprovisioningAllowed: isPreProvisioned(incident) && !isRefusedToPrepare(incident),
    language: localeOf(profile.CloudAssignedLanguage),
    region: localeOf(profile.CloudAssignedRegion),
  }
  const known = school.deploymentProfiles.find(
    (one) =>
      Object.entries(facts).every(([key, value]) => (one as unknown as Plain)[key] === value) &&
      (one.deviceNameTemplate === '') === (template === ''),
  )
  if (known && known.deviceNameTemplate === template) {
    return isAssignedTo(known, device, school) ? undefined : [{ ...known, assignedTo: ['allDevices'] }]
  }
  if (template !== '') guess('deploymentProfiles', 'the device names are synthetic')
  return [
    {
      id: 'imported',
      name: 'Imported profile',
      ...facts,
      deviceNameTemplate: template === '' ? '' : `SIM-${/%(SERIAL|RAND:\d)%/.exec(template)?.[0] ?? '%RAND:5%'}`,
      assignedTo: ['allDevices'],
    },
  ]
}

/** By the group tag of the device, as the shipped schools assign their profiles. */
function isAssignedTo(
  { assignedTo }: { assignedTo: readonly string[] },
  device: string,
  school: TenantDefinition,
): boolean {
  const tag = school.devices.find((one) => one.device === device)?.groupTag
  const groups = school.groups.filter(({ membershipRule }) => membershipRule.includes(`"[OrderID]:${tag}"`))
  return groups.some(({ id }) => assignedTo.includes(id))
}

const localeOf = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$/.test(value) ? value : ''

/** The profile does not allow pre-provisioning. */
const isRefusedToPrepare = (incident: Incident): boolean =>
  !eventsOf(incident, 'shell', 62407).some(({ values }) => values.some((value) => /WhiteGlove_Success/.test(value))) &&
  eventsOf(incident, 'management', 76, 11).some(({ values }) =>
    values.some((value) => value.includes(CODE.enrollmentServer)),
  )

function statusPagesOf(incident: Incident, school: TenantDefinition, end: End, guess: Guessing): unknown {
  if (!incident.isManaged || incident.nodes.size === 0) return undefined
  const minutes = firstSync(incident, 'TimeOutUntilSyncFailure')
  const isSkipped = firstSync(incident, 'SkipDeviceStatusPage') === 'true'
  if (minutes === undefined && isSkipped) return []
  if (minutes === undefined && firstSync(incident, 'SkipDeviceStatusPage') === undefined) return undefined
  const block = Number(firstSync(incident, 'BlockInStatusPage') ?? 0)
  const [known] = school.statusPages
  const page = {
    timeoutMinutes: Math.min(Math.max(Number(minutes) || 60, 1), 1440),
    allowLogCollection: firstSync(incident, 'AllowCollectLogsButton') === 'true',
    allowReset: (block & 1) !== 0,
    allowRetry: (block & 2) !== 0,
    allowContinue: (block & 4) !== 0,
    installQualityUpdates: incident.nodes.get(QUALITY_UPDATES_NODE) === '1',
    showInstallationProgress: !isSkipped,
    skipUserStatus: !isSkipped && firstSync(incident, 'SkipUserStatusPage') === 'true',
  }
  if (known && Object.entries(page).every(([key, value]) => (known as unknown as Plain)[key] === value)) {
    // A device that no school has registered is in none of its groups.
    return incident.isProfileOfFile ? [{ ...known, assignedTo: ['allDevices'] }] : undefined
  }
  if (end.kind === 'over' && end.continued && !page.allowContinue && block !== 0) {
    page.allowContinue = true
    guess('statusPages', 'the first boot continued past a failure: the page allows it')
  }
  return [{ id: 'imported', name: 'Imported status page', ...page, assignedTo: ['allDevices'] }]
}

const SCEP = /^\.\/(Device|User)\/Vendor\/MSFT\/ClientCertificateInstall\/SCEP\/([^/]+)\/Status$/
/** Of a PFX: 0 imported, else the error of the import (ClientCertificateInstall CSP [D]). */
const PFX = /^\.\/(Device|User)\/Vendor\/MSFT\/ClientCertificateInstall\/PFXCertInstall\/([^/]+)\/Status$/

/** Status of a SCEP request: 1 installed, 2 pending, 16 and 32 without success (ClientCertificateInstall CSP [D]). */
function certificatesOf(incident: Incident): unknown {
  const found = [
    ...nodesLike(incident, SCEP).map((node) => ({ ...node, ...ofScep(node.value) })),
    ...nodesLike(incident, PFX).map((node) => ({ ...node, kind: 'pkcs', answer: answerOfPfx(node.value) })),
  ]
  if (found.length === 0) return undefined
  return found.map(({ parts, kind, answer }, index) => ({
    ...(kind === undefined ? {} : { kind }),
    name: `Certificate ${index + 1}`,
    ...(parts[0] === 'User' ? { scope: 'user' } : {}),
    ...(answer === undefined ? {} : { answer }),
  }))
}

const ofScep = (status: string) => ({
  kind: undefined,
  answer: status === '1' ? undefined : status === '2' ? 'pending' : 'refuses',
})

const answerOfPfx = (status: string) => (status === '0' ? undefined : 'wrongPassword')

const PROVIDER =
  /^\.\/Device\/Vendor\/MSFT\/EnrollmentStatusTracking\/(?:DevicePreparation|Setup\/Apps)\/PolicyProviders\/([^/]+)\/(InstallationState|LastError|TrackingPoliciesCreated)$/

/** Agents that the status page waits for, the management extension left out. */
function providersOf(incident: Incident): Plain[] {
  const providers = new Map<string, Plain>()
  for (const { parts, value } of nodesLike(incident, PROVIDER)) {
    const [name = '', node = ''] = parts
    if (name === AGENT_PROVIDER || name.includes('/')) continue
    const one = providers.get(name) ?? { name }
    providers.set(name, one)
    if (node === 'TrackingPoliciesCreated') one.policiesCreated = value === 'true' || value === '1'
    else if (/^-?\d+$/.test(value)) one[node === 'LastError' ? 'lastError' : 'installationState'] = Number(value) | 0
  }
  return [...providers.values()]
}

function managementOf(incident: Incident, end: End, apps: DraftedApps, guess: Guessing): Plain {
  const providers = providersOf(incident)
  const management: Plain = {}
  if (providers.length > 0) management.policyProviders = providers
  if (!apps.hasAgent && firstSync(incident, 'SkipDeviceStatusPage') !== undefined) management.hasAgent = false
  if (!isTimeOut(end) || isExplained(incident, apps, providers)) return management
  const isAccount = failedCategoryOf(incident)?.id === 'accountSetup'
  management.releases = isAccount ? ['device'] : []
  if (firstSync(incident, 'ServerHasFinishedProvisioning', isAccount ? 'User' : 'Device') === 'true') {
    guess('management', 'no file shows what the page waited for: the server never said that it was done')
  }
  return management
}

const isTimeOut = (end: End): boolean =>
  end.kind === 'failed' && end.code === CODE.timedOut && end.page === 'enrollmentStatusFailure'

/** Something of what the page waited for is open or failed. */
function isExplained(incident: Incident, { found }: DraftedApps, providers: readonly Plain[]): boolean {
  const isAppOpen = found.some(({ state }) => state === 'installing' || state === 'failed' || state === 'skipped')
  const isCertificateOpen =
    nodesLike(incident, SCEP).some(({ value }) => value !== '1') ||
    nodesLike(incident, PFX).some(({ value }) => value !== '0')
  const isProviderOpen = providers.some(
    ({ installationState, policiesCreated }) => installationState !== 3 || policiesCreated === false,
  )
  return isAppOpen || isCertificateOpen || isProviderOpen
}
