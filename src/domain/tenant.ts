import type { DeviceAssociationDefinition } from './device-association.ts'
import type { HelloDefinition } from './hello.ts'
import type { ConnectorState, HybridJoinDefinition } from './hybrid-join.ts'
import type { LocationCondition, NamedLocationDefinition } from './named-locations.ts'
import type { AppDefinition, ScriptDefinition } from './tenant-apps.ts'
import type { BackupDefinition, RestoreState } from './windows-backup.ts'

/** A school and all that its administrators have set up, as `scenarios/tenants/*.yaml` states it. */
export interface TenantDefinition {
  /** File name without its ending. */
  id: string
  title: string
  tenantId: string
  domain: string
  /** Shown during OOBE. */
  name: string
  branding: {
    color?: string | undefined
    /** Rows of block characters, in the place of the square logo. */
    logo?: string | undefined
    signInPageText?: string | undefined
    usernameHint?: string | undefined
  }
  users: UserDefinition[]
  /** Accounts of other tenants, and of none: they exist, and this tenant does not know them. */
  otherAccounts: (UserDefinition & { tenantId: string })[]
  personalAccounts: UserDefinition[]
  devices: RegisteredDeviceDefinition[]
  /** File names of devices that another tenant has registered. */
  devicesElsewhere: string[]
  /** Those who may register devices for the school, once a Global Administrator has consented. */
  partners: PartnerDefinition[]
  /** Clients of the admin API that sign in by themselves. */
  applications: ApplicationDefinition[]
  /** How long the service takes, in device time: `5m`. */
  delays: DelaysDefinition
  groups: GroupDefinition[]
  deploymentProfiles: DeploymentProfileDefinition[]
  statusPages: StatusPageDefinition[]
  devicePreparationPolicies: DevicePreparationPolicyDefinition[]
  /** Devices that are bound to the tenant before they enrol. Left out: none. */
  deviceAssociations?: DeviceAssociationDefinition[]
  apps: AppDefinition[]
  /** PowerShell scripts that the management extension runs: `deviceManagementScript`. */
  scripts: ScriptDefinition[]
  policies: PolicyDefinition[]
  wifiProfiles: { ssid: string; scope: 'device' | 'user' }[]
  certificateProfiles: CertificateProfileDefinition[]
  updates: UpdateDefinition[]
  enrollment: EnrollmentDefinition
  management: ManagementDefinition
  /** The school's own Active Directory; left out where it has none. */
  hybridJoin?: HybridJoinDefinition
  /** Left out in runs that were recorded before it was known: as Intune has it at first. */
  windowsHello?: HelloDefinition
  /** "Show restore page" of Windows Backup for Organizations. Left out: not configured, which is off. */
  restorePage?: RestoreState
  /** Whether the policy for authentication methods allows security keys. Left out: it does. */
  securityKeys?: 'enabled' | 'disabled'
  /** Left out: none. */
  conditionalAccess?: ConditionalAccessDefinition[]
  /** Places that policies of Conditional Access name. Left out: none. */
  namedLocations?: NamedLocationDefinition[]
  /** `federated`: accounts of the domain sign in at the school's own page. */
  signIn: 'managed' | 'federated'
  /** Licence of Microsoft Entra ID. Only the check of prerequisites reads it; left out, it is not known. */
  directoryLicence?: 'free' | 'p1' | 'p2'
  /** Requests to Microsoft that have no answer yet: their devices are not registered. */
  surfaceRequests?: SurfaceRequestDefinition[]
}

/** A Surface device that Microsoft was asked to register (src/domain/surface-request.ts). */
export interface SurfaceRequestDefinition {
  /** File name of a device definition, without its ending. */
  device: string
  groupTag: string
  /** Name of the file that proves the purchase. */
  proof: string
}

/** How the tenant's management server behaves beyond what administrators see of it. */
export interface ManagementDefinition {
  /** Whose setup it ends with ServerHasFinishedProvisioning; the page of the others waits until its time is over. */
  releases: ('device' | 'firstUser' | 'otherUsers')[]
  /** Whether devices get the management extension, which installs Win32 apps and tracks them. */
  hasAgent: boolean
  /** Agents that it registers with the Enrollment Status Page besides, and that no program here plays. */
  policyProviders: PolicyProviderDefinition[]
  /** It writes nodes of the user in the first session, when there is no user: 405. */
  writesUserNodesEarly: boolean
  /** `DEFAULTENCODING` of the account; XML when left out. */
  encoding?: 'xml' | 'wbxml'
  /** `RequireMessageSigning`: a message without a signature is refused. */
  requiresSigning?: boolean
}

export interface PolicyProviderDefinition {
  name: string
  /** `DevicePreparation/PolicyProviders/{p}/InstallationState`: 1 not installed, 2 not required, 3 completed, 4 error; null: not there. */
  installationState: number | null
  /** `DevicePreparation/PolicyProviders/{p}/LastError`, signed 32 bits; null: not there. */
  lastError: number | null
  /** Minutes; null leaves the default. */
  timeoutMinutes: number | null
  /** `Setup/Apps/PolicyProviders/{p}/TrackingPoliciesCreated`; null: not there. */
  policiesCreated: boolean | null
}

export interface EnrollmentDefinition {
  windows: 'allow' | 'block'
  join: 'all' | 'none'
  /** How a join is refused that `join` does not allow: 0x801c0003 when left out, `policy`: 0x801c03ed. Both were seen. */
  joinRefusal?: 'policy' | undefined
  /** Whether devices that are not the organization's may enrol. Left out: they may. */
  personal?: 'allow' | 'block' | undefined
  /** Whether a second proof is wanted of who joins a device. */
  multifactor: boolean
  /** Text of the terms that a person agrees to before the join; empty for none. */
  termsOfUse: string
  /** Version of the enrolment tokens: 1 or 2. */
  tokenVersion: number
  /** `AuthPolicy` of the discovery answer. */
  authPolicy: 'Federated' | 'OnPremise' | 'Certificate'
  /** The policies of the enrolment; null for a service without a policy service. */
  keyPolicy: KeyPolicyDefinition | null
  /**
   * Whether a certificate request has to have all that Windows writes: the device's name as its subject, the DeviceID extension, the
   * purpose clientAuth. Intune takes one with a plain name (mdm-protocols.md, 1.7 [O]), and so does the mock when this is left out.
   */
  checksCertificateRequest?: boolean | undefined
  /**
   * Whose devices the join enrols: all, none, or ids of groups. Left out, it is not known, and all are.
   */
  mdmUserScope?: 'all' | 'none' | string[]
  /** Names of the MDM applications that have a user scope. Only the check of prerequisites reads it. */
  mdmApplications?: string[]
  /** State of the Intune Connector for Active Directory; active when left out. */
  connector?: ConnectorState
  /** How many devices a user may join; any number when left out. */
  deviceLimit?: number
}

/** What certificate requests have to be like ([MS-XCEP]). */
export interface KeyPolicyDefinition {
  /** Bits. */
  keyLength: number
  hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** In the order of preference. */
  providers: string[]
  /** What becomes of an enrolment whose key cannot be attested; null where the policy does not ask for it. */
  attestation: 'FailOnError' | 'IgnoreOnError' | 'RetryOnError' | null
  /** Of retrying. */
  attestationSeconds: number
}

export interface UserDefinition {
  email: string
  password: string
  name: string
  /** False without an Intune licence: 0x80180018. */
  licensed: boolean
  isGlobalAdministrator: boolean
  /** What the person does with a notification on the phone; `none` without the app. Approves when left out. */
  authenticator?: 'approves' | 'denies' | 'ignores' | 'none' | undefined
  /** Sign-in is blocked: AADSTS50057. */
  disabled?: boolean | undefined
  /** Too many wrong passwords: AADSTS50053, whatever the password. */
  locked?: boolean | undefined
  /** The password was given by an administrator, and has to be changed: AADSTS50055, and a page for it. */
  mustChangePassword?: boolean | undefined
  /** `cloud`: the same page. `onPremises`: the school's own directory has the password, AADSTS50144, and it cannot be changed here. */
  passwordExpired?: 'cloud' | 'onPremises' | undefined
  /** A Temporary Access Pass, good for one sign-in, which then needs no second proof. */
  temporaryAccessPass?: string | undefined
  /** A device enrolment manager: their devices are the organization's, also where personal ones may not enrol. */
  enrolmentManager?: boolean | undefined
  /** Devices of other places that the person has joined before: they count for the limit. */
  joinedDevices?: number | undefined
  /** Names of the security keys (FIDO2) that are registered for the account. */
  securityKeys?: string[] | undefined
  /** What the person has backed up from older devices. */
  backups?: BackupDefinition[] | undefined
}

/** A policy of Conditional Access, as far as a first boot meets it. */
export interface ConditionalAccessDefinition {
  id: string
  name: string
  /** E-mail addresses, or all. */
  users: 'all' | string[]
  excluded: string[]
  /** What the person signs in to: the registration of the device, the enrolment in its management, and backups of settings. */
  resources: ('join' | 'enrollment' | 'backup')[]
  /** Left out: it counts everywhere. */
  locations?: LocationCondition
  /** `block`: AADSTS53003. `compliantDevice`: AADSTS53000, since no device complies before it is enrolled. */
  grant: 'block' | 'compliantDevice' | 'multifactor'
}

/** OEM and manual import are Microsoft's documented ways, Surface a request to Microsoft's support. */
export type RegistrationPath = 'oem' | 'reseller' | 'surface' | 'manual'

export interface PartnerDefinition {
  id: string
  name: string
  kind: 'oem' | 'reseller'
  /** E-mail address of the person who consented; empty before the consent. */
  consentedBy: string
}

export interface ApplicationDefinition {
  /** GUID: the client id. */
  id: string
  name: string
  secret: string
  /**
   * Such as `DeviceManagementServiceConfig.ReadWrite.All`: what it has itself, and what it has for a person who signs in with it. An
   * administrator has consented to all of them.
   */
  permissions: string[]
  /**
   * Public client flows are allowed: device code, and the password of a person, without the secret. Entra's own default is not to allow
   * them.
   */
  isPublicClient?: boolean | undefined
  /** Where sign-ins may lead; anywhere when left out. Of `http://localhost` the port does not count. */
  redirectUris?: string[] | undefined
}

export interface DelaysDefinition {
  /** From an import to its result. */
  import: string
  /** From a change to the members of a dynamic group. */
  groups: string
  /** From a member to its deployment profile. */
  profiles: string
  /** A synchronisation with the deployment service. */
  sync: string
}

export interface RegisteredDeviceDefinition {
  /** File name of a device definition, without its ending. */
  device: string
  groupTag: string
  purchaseOrder: string
  assignedUser: string
  path: RegistrationPath
  /** How long before the first boot: `30d`. */
  registeredBefore: string
}

export interface GroupDefinition {
  id: string
  name: string
  /** Rule of a dynamic device group; empty for a group whose members are listed. */
  membershipRule: string
  /** E-mail addresses of users and file names of devices. */
  members: string[]
}

/** What an administrator calls the deployment modes of a profile. */
export const MODE_NAMES = {
  userDriven: 'user-driven',
  selfDeploying: 'self-deploying',
  hybrid: 'user-driven, hybrid join',
} as const

export interface DeploymentProfileDefinition {
  id: string
  name: string
  /** `hybrid`: user-driven, and the device joins the school's own Active Directory. */
  mode: keyof typeof MODE_NAMES
  /** Of a hybrid join: no domain controller has to answer before the restart. Left out: one has to. */
  skipConnectivityCheck?: boolean | undefined
  userType: 'standard' | 'administrator'
  privacySettingsHidden: boolean
  licenseTermsHidden: boolean
  keyboardSelectionPageSkipped: boolean
  escapeLinkHidden: boolean
  preprovisioningAllowed: boolean
  language: string
  region: string
  deviceNameTemplate: string
  /** ISO 8601; of several profiles the oldest wins. */
  createdDateTime: string
  /** Ids of groups, or `allDevices`. */
  assignedTo: string[]
  /** Ids of groups that do not get it all the same. */
  excluded: string[]
}

export interface StatusPageDefinition {
  id: string
  name: string
  /** Of several the lowest number wins. */
  priority: number
  showInstallationProgress: boolean
  timeoutMinutes: number
  customErrorMessage: string
  allowLogCollection: boolean
  allowReset: boolean
  allowRetry: boolean
  allowContinue: boolean
  installQualityUpdates: boolean
  /** SkipUserStatusPage for everybody: Intune knows it as a custom setting only. */
  skipUserStatus: boolean
  /** `disableUserStatusTrackingAfterFirstUser`: SkipUserStatusPage once the first person's setup is over. */
  firstUserOnly: boolean
  /** Ids of the apps that the page waits for; empty for all that are required. */
  blockingApps: string[]
  /** Ids of groups, `allDevices` or `allUsers`. */
  assignedTo: string[]
  excluded: string[]
}

/** A Windows Autopilot device preparation policy (oobe-autopilot-esp.md, 2.8 [D]). */
export interface DevicePreparationPolicyDefinition {
  id: string
  name: string
  /** Of several that reach a person the lowest number wins [D]. */
  priority: number
  /** Id of the group that a device is put into when it enrols; empty for none, and then the policy is not delivered [D]. */
  deviceGroup: string
  userType: 'standard' | 'administrator'
  /** "Minutes allowed before showing installation error": of the whole deployment. */
  timeoutMinutes: number
  customErrorMessage: string
  /** "Allow users to skip setup after multiple attempts". */
  allowSkip: boolean
  /** "Show link to diagnostics". */
  allowDiagnostics: boolean
  /** Ids of apps, at most 25. */
  allowedApps: string[]
  /** Ids of scripts, at most 10. */
  allowedScripts: string[]
  /** Ids of groups of users, or `allUsers`. */
  assignedTo: string[]
  /** Ids of groups that do not get it all the same. */
  excluded: string[]
}

export interface PolicyDefinition {
  /** Area and name below Policy/Config: `Education/PreventAddingNewPrinters`. */
  policy: string
  scope: 'device' | 'user'
  value: string
  /** The policy restarts a device at the end of device setup, as those of `RESTART_NODES` do. */
  restarts?: boolean | undefined
  /** The policy breaks the automatic sign-in of account setup, as those of `SIGN_IN_NODES` do. */
  breaksSignIn?: boolean | undefined
}

/** A SCEP certificate profile. */
/** A SCEP certificate profile, or a PKCS one: its certificate comes as a PFX, by way of the school's certificate connector. */
export interface CertificateProfileDefinition {
  /** SCEP when left out. */
  kind?: 'pkcs'
  name: string
  scope: 'device' | 'user'
  /** With variables such as `{{DeviceName}}`. */
  subjectName: string
  /** Bits. */
  keyLength: number
  /** What the authority says of each request: `pending` never ends. `wrongPassword`: a PFX that its password does not open. */
  answer: 'issues' | 'pending' | 'refuses' | 'wrongPassword'
  /** SHA-1 of an authority's certificate that the device is to find; left out: that of the school's. */
  authority?: string | undefined
  retryCount: number
  retryDelayMinutes: number
}

export interface UpdateDefinition {
  id: string
  title: string
  kind: 'critical' | 'quality'
  installSeconds: number
  sizeMb: number
  needsRestart: boolean
  /** From this day on Windows Update offers it, UTC. */
  releasedOn: string
  /** The version that it is for, for example `24H2`; left out, with `build` too: for all. */
  version?: string | undefined
  /** The build after it, for example `26100.9278`. */
  build?: string | undefined
}
