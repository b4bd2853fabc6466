/** A school and all that its administrators have set up, as `scenarios/tenants/*.yaml` states it. */
export interface TenantDefinition {
  /** File name without its ending. */
  id: string
  title: string
  tenantId: string
  domain: string
  /** Shown during OOBE. */
  name: string
  branding: { color?: string | undefined; signInPageText?: string | undefined; usernameHint?: string | undefined }
  users: UserDefinition[]
  /** Accounts of other tenants and of nobody's: they exist, and this tenant does not know them. */
  otherAccounts: (UserDefinition & { tenantId: string })[]
  personalAccounts: UserDefinition[]
  devices: RegisteredDeviceDefinition[]
  groups: GroupDefinition[]
  deploymentProfiles: DeploymentProfileDefinition[]
  statusPages: StatusPageDefinition[]
  apps: AppDefinition[]
  policies: PolicyDefinition[]
  wifiProfiles: { ssid: string; scope: 'device' | 'user' }[]
  updates: UpdateDefinition[]
  enrollment: { windows: 'allow' | 'block'; join: 'all' | 'none' }
}

export interface UserDefinition {
  email: string
  password: string
  name: string
  /** False without an Intune licence: 0x80180018. */
  licensed: boolean
}

export interface RegisteredDeviceDefinition {
  /** File name of a device definition, without its ending. */
  device: string
  groupTag: string
  purchaseOrder: string
  assignedUser: string
}

export interface GroupDefinition {
  id: string
  name: string
  /** Rule of a dynamic device group. */
  membershipRule: string
}

export interface DeploymentProfileDefinition {
  id: string
  name: string
  mode: 'userDriven' | 'selfDeploying'
  userType: 'standard' | 'administrator'
  privacySettingsHidden: boolean
  licenseTermsHidden: boolean
  keyboardSelectionPageSkipped: boolean
  escapeLinkHidden: boolean
  language: string
  region: string
  deviceNameTemplate: string
  /** ISO 8601; of several profiles the oldest wins. */
  createdDateTime: string
  /** Ids of groups, or `allDevices`. */
  assignedTo: string[]
}

export interface StatusPageDefinition {
  id: string
  name: string
  showInstallationProgress: boolean
  timeoutMinutes: number
  customErrorMessage: string
  allowLogCollection: boolean
  allowReset: boolean
  allowRetry: boolean
  allowContinue: boolean
  installQualityUpdates: boolean
  skipUserStatus: boolean
  assignedTo: string[]
}

export interface AppDefinition {
  id: string
  name: string
  publisher: string
  version: string
  scope: 'device' | 'user'
  /** Declared size of the package. */
  sizeMb: number
  installSeconds: number
  exitCode: number
  isDetected: boolean
  retryCount: number
}

export interface PolicyDefinition {
  /** Area and name below Policy/Config: `Education/PreventAddingNewPrinters`. */
  policy: string
  scope: 'device' | 'user'
  value: string
}

export interface UpdateDefinition {
  id: string
  title: string
  kind: 'critical' | 'quality'
  installSeconds: number
  sizeMb: number
  needsRestart: boolean
}
