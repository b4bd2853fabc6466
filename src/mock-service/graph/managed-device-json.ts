import type { UserDefinition } from '../../domain/tenant.ts'
import { objectIdOf } from '../entra/token.ts'
import { managementStateOf } from '../oma-dm/device-actions.ts'
import { type Inventory, inventoryOf } from '../oma-dm/inventory.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import { dateTime, type GraphCall } from './call.ts'

/** What Intune shows where no device object is known. */
const NO_DEVICE = '00000000-0000-0000-0000-000000000000'

/** `skuFamily` by `OperatingSystemSKU`: names of the editions in Intune's filters, an assumption for this member. */
const EDITIONS: Record<number, string> = {
  4: 'Enterprise',
  48: 'Professional',
  101: 'Core',
  121: 'Education',
  164: 'ProfessionalEducation',
  203: 'CloudEdition',
}

const NEVER = dateTime(undefined)
/** Without a compliance policy there is no grace period. */
const NO_END = '9999-12-31T23:59:59Z'

/** What one device is asked for, and a list leaves out: seen in field reports of lists and of single devices. */
function ofOneDevice(managed: ManagedDevice, inventory: Inventory) {
  const { actions, enrolment, labels } = managed
  return {
    deviceActionResults: actions.map(({ name, state, startedAt, updatedAt }) => ({
      '@odata.type': '#microsoft.graph.deviceActionResult',
      actionName: name,
      actionState: state,
      startDateTime: dateTime(startedAt),
      lastUpdatedDateTime: dateTime(updatedAt),
    })),
    ethernetMacAddress: inventory.ethernetMac || null,
    enrollmentProfileName: enrolment?.profileName ?? '',
    notes: labels.notes || null,
  }
}

const OF_A_LIST = { deviceActionResults: [], ethernetMacAddress: null, enrollmentProfileName: null, notes: null }

/** A managed device, as a list has it, or asked for alone. */
export function managedDeviceToJson(
  call: Pick<GraphCall, 'tenant' | 'version' | 'url'>,
  managed: ManagedDevice,
  isAlone: boolean,
): Record<string, unknown> {
  const { tenant, version, url } = call
  const { device } = managed
  const { registered, upn } = device
  const user = tenant.directory.now.users.get(upn.toLowerCase())
  const inventory = inventoryOf(managed)
  const single = isAlone ? ofOneDevice(managed, inventory) : OF_A_LIST
  // These are worked out for a device that is asked for alone, and by name.
  const isAsked = (name: string) => isAlone && (url.searchParams.get('$select') ?? '').split(/\s*,\s*/).includes(name)
  const memory = isAsked('physicalMemoryInBytes') ? inventory.memoryBytes : 0
  return {
    id: device.entDmId,
    userId: user ? objectIdOf(user) : '',
    deviceName: inventory.name ?? device.deviceName,
    managedDeviceOwnerType: managed.labels.owner,
    enrolledDateTime: dateTime(managed.enrolledAt),
    lastSyncDateTime: dateTime(managed.lastSyncAt),
    operatingSystem: 'Windows',
    // No compliance policy is played; Intune counts a device without one as compliant once it has reported.
    complianceState: managed.lastSyncAt === undefined ? 'unknown' : 'compliant',
    jailBroken: 'Unknown',
    managementAgent: 'mdm',
    osVersion: inventory.version,
    easActivated: false,
    easDeviceId: '',
    easActivationDateTime: NEVER,
    azureADRegistered: true,
    // That a pre-provisioned device keeps the type of its enrolment when it gets its user is an assumption.
    deviceEnrollmentType:
      upn === '' || managed.enrolment?.isPreProvisioned ? 'windowsAzureADJoinUsingDeviceAuth' : 'windowsAzureADJoin',
    activationLockBypassCode: null,
    emailAddress: upn,
    azureADDeviceId: managed.device.entraDeviceId ?? NO_DEVICE,
    deviceRegistrationState: 'registered',
    deviceCategoryDisplayName: '',
    isSupervised: false,
    exchangeLastSuccessfulSyncDateTime: NEVER,
    exchangeAccessState: 'none',
    exchangeAccessStateReason: 'none',
    remoteAssistanceSessionUrl: null,
    remoteAssistanceSessionErrorDetails: null,
    // No drive is encrypted here (docs/csp.md, BitLocker).
    isEncrypted: false,
    userPrincipalName: upn,
    model: registered?.productName || inventory.model,
    manufacturer: registered?.manufacturer || inventory.manufacturer,
    imei: '',
    complianceGracePeriodExpirationDateTime: NO_END,
    serialNumber: registered?.serialNumber || inventory.serialNumber,
    phoneNumber: '',
    androidSecurityPatchLevel: '',
    userDisplayName: user?.name ?? '',
    configurationManagerClientEnabledFeatures: null,
    wiFiMacAddress: inventory.wifiMac,
    deviceHealthAttestationState: null,
    subscriberCarrier: '',
    meid: '',
    totalStorageSpaceInBytes: inventory.storageBytes,
    freeStorageSpaceInBytes: 0,
    managedDeviceName: managed.labels.name ?? automaticName(managed, user),
    partnerReportedThreatState: 'unknown',
    requireUserEnrollmentApproval: null,
    managementCertificateExpirationDate: dateTime(managed.certificateUntil),
    iccid: null,
    udid: null,
    physicalMemoryInBytes: memory,
    ...single,
    ...(version === 'beta' ? betaMembers(managed, inventory, isAlone, isAsked('hardwareInformation')) : {}),
  }
}

/** `alice_Windows_11/4/2024_8:05 AM`: whose it is, and when it enrolled. */
function automaticName({ enrolledAt, device }: ManagedDevice, user: UserDefinition | undefined): string {
  // What Intune makes of a device without a person is not published.
  if (!user) return device.deviceName
  const at = new Date(enrolledAt)
  const hour = at.getUTCHours()
  const time = `${hour % 12 || 12}:${String(at.getUTCMinutes()).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`
  const date = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`
  return `${user.email.split('@')[0]}_Windows_${date}_${time}`
}

function betaMembers(managed: ManagedDevice, inventory: Inventory, isAlone: boolean, hasHardware: boolean) {
  const { device, enrolment, labels } = managed
  const edition = enrolment?.edition ?? 0
  return {
    ownerType: labels.owner,
    managementState: managementStateOf(managed),
    chassisType: 'unknown',
    deviceType: 'windowsRT',
    aadRegistered: true,
    azureActiveDirectoryDeviceId: managed.device.entraDeviceId ?? NO_DEVICE,
    lostModeState: 'disabled',
    hardwareInformation: hasHardware ? hardwareOf(managed, inventory) : null,
    retireAfterDateTime: NEVER,
    usersLoggedOn: [],
    preferMdmOverGroupPolicyAppliedDateTime: NEVER,
    autopilotEnrolled: device.registered !== undefined,
    roleScopeTagIds: isAlone ? ['0'] : [],
    windowsActiveMalwareCount: 0,
    windowsRemediatedMalwareCount: 0,
    configurationManagerClientHealthState: null,
    configurationManagerClientInformation: null,
    processorArchitecture: inventory.architecture,
    specificationVersion: null,
    joinType: 'azureADJoined',
    skuFamily: EDITIONS[edition] ?? '',
    skuNumber: edition,
    managementFeatures: 'none',
    chromeOSDeviceInfo: [],
    bootstrapTokenEscrowed: false,
    deviceFirmwareConfigurationInterfaceManaged: false,
  }
}

/** `hardwareInformation`, as far as the device has told. */
function hardwareOf({ device, enrolment }: ManagedDevice, inventory: Inventory) {
  const { registered } = device
  return {
    serialNumber: registered?.serialNumber || inventory.serialNumber,
    totalStorageSpace: inventory.storageBytes,
    freeStorageSpace: 0,
    manufacturer: registered?.manufacturer || inventory.manufacturer,
    model: registered?.productName || inventory.model,
    wifiMac: inventory.wifiMac || null,
    operatingSystemEdition: EDITIONS[enrolment?.edition ?? 0] ?? null,
    osBuildNumber: inventory.version,
    tpmSpecificationVersion: registered?.tpmVersion || null,
    tpmManufacturer: registered?.tpmVendor || null,
    isEncrypted: false,
    isSupervised: false,
    isSharedDevice: device.upn === '',
  }
}
