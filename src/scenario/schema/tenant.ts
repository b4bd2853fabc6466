import * as v from 'valibot'
import { PREPARATION_LIMITS } from '../../domain/device-preparation.ts'
import { HELLO_DEFAULTS } from '../../domain/hello.ts'
import { CONNECTOR_STATES } from '../../domain/hybrid-join.ts'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import { RESTORE_STATES } from '../../domain/windows-backup.ts'
import { app, script } from './apps.ts'
import { branding } from './branding.ts'
import { certificateProfile } from './certificate-profile.ts'
import { durationText, email, flag, guid, instant, syntheticDomain, text, whole } from './common.ts'
import { conditionalAccess, namedLocations } from './conditional-access.ts'
import { deviceAssociations } from './device-association.ts'
import { hybridJoin } from './hybrid-join.ts'
import { hybridMistakes } from './hybrid-references.ts'
import type { Mistake } from './mistake.ts'
import { mistakesOf } from './tenant-references.ts'
import { refusalsOf } from './tenant-refusals.ts'
import { update } from './update.ts'

const scope = v.optional(v.picklist(['device', 'user']), 'device')
const names = v.optional(v.array(text), [])
const assignment = { assignedTo: names, excluded: names }

const user = {
  email,
  password: text,
  name: text,
  licensed: flag(true),
  isGlobalAdministrator: flag(false),
  authenticator: v.optional(v.picklist(['approves', 'denies', 'ignores', 'none']), 'approves'),
  disabled: v.exactOptional(
    v.pipe(v.boolean(), v.description('An administrator has blocked the sign-in: AADSTS50057.')),
  ),
  locked: v.exactOptional(v.pipe(v.boolean(), v.description('Locked after too many wrong passwords: AADSTS50053.'))),
  mustChangePassword: v.exactOptional(
    v.pipe(v.boolean(), v.description('A new password has to be set at the sign-in: AADSTS50055.')),
  ),
  passwordExpired: v.exactOptional(
    v.pipe(
      v.picklist(['cloud', 'onPremises']),
      v.description('cloud: a new one is set at the sign-in. onPremises: AADSTS50144, and it cannot be set here.'),
    ),
  ),
  temporaryAccessPass: v.exactOptional(
    v.pipe(text, v.description('A Temporary Access Pass: it signs in once, without a second proof.')),
  ),
  enrolmentManager: v.exactOptional(v.pipe(v.boolean(), v.description('A device enrolment manager of Intune.'))),
  joinedDevices: v.exactOptional(
    v.pipe(whole(0, 100_000), v.description('Devices that the person has joined before: they count for the limit.')),
  ),
  securityKeys: v.exactOptional(
    v.pipe(v.array(text), v.description('Names of the security keys (FIDO2) that are registered for the account.')),
  ),
  backups: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          device: v.pipe(text, v.description('Name of the device.')),
          lastBackup: v.pipe(instant, v.description('When it was backed up last.')),
        }),
      ),
      v.description('Devices whose settings the person has backed up: the restore page offers them.'),
    ),
  ),
}

/** What Intune's policy asks for, as captures have it (mdm-protocols.md, 1.6). */
const KEY_POLICY = {
  keyLength: 2048,
  hash: 'sha256' as const,
  providers: ['Microsoft Platform Crypto Provider', 'Microsoft Software Key Storage Provider'],
  attestation: null,
  attestationSeconds: 100,
}

const keyPolicy = v.strictObject({
  keyLength: v.optional(whole(1024, 16_384), KEY_POLICY.keyLength),
  hash: v.optional(v.picklist(['sha1', 'sha256', 'sha384', 'sha512']), KEY_POLICY.hash),
  providers: v.optional(v.array(text), KEY_POLICY.providers),
  attestation: v.optional(v.nullable(v.picklist(['FailOnError', 'IgnoreOnError', 'RetryOnError'])), null),
  attestationSeconds: v.optional(whole(0, 3600), 100),
})

const ENROLLMENT = {
  windows: 'allow' as const,
  join: 'all' as const,
  multifactor: false,
  termsOfUse: '',
  tokenVersion: 1,
  authPolicy: 'Federated' as const,
  keyPolicy: KEY_POLICY,
}

const MANAGEMENT = {
  releases: ['device', 'firstUser', 'otherUsers'] as ('device' | 'firstUser' | 'otherUsers')[],
  hasAgent: true,
  policyProviders: [],
  writesUserNodesEarly: false,
}

const minutes = (most: number) => whole(0, most)

const policyProvider = v.strictObject({
  name: v.pipe(text, v.regex(/^[^/]+$/, 'must be one name, without a slash')),
  installationState: v.optional(v.nullable(v.picklist([1, 2, 3, 4])), null),
  lastError: v.optional(v.nullable(whole(-0x8000_0000, 0x7fff_ffff)), null),
  timeoutMinutes: v.optional(v.nullable(minutes(1440)), null),
  policiesCreated: v.optional(v.nullable(v.boolean()), null),
})

const pinUse = v.optional(v.picklist(['allowed', 'required', 'disallowed']), 'disallowed')
const pinLength = whole(4, 127)

const windowsHello = v.pipe(
  v.strictObject({
    state: v.optional(v.picklist(['notConfigured', 'enabled', 'disabled']), HELLO_DEFAULTS.state),
    securityDeviceRequired: flag(HELLO_DEFAULTS.securityDeviceRequired),
    pinMinimumLength: v.optional(pinLength, HELLO_DEFAULTS.pinMinimumLength),
    pinMaximumLength: v.optional(pinLength, HELLO_DEFAULTS.pinMaximumLength),
    pinUppercaseCharactersUsage: pinUse,
    pinLowercaseCharactersUsage: pinUse,
    pinSpecialCharactersUsage: pinUse,
  }),
  v.description(
    'The tenant-wide setting of Windows Hello for Business. notConfigured leaves it to Windows, which asks for it on a device that has joined.',
  ),
)

/**
 * None is published. Imports: "minutes, up to about 15" in third-party notes (device-identity.md, 2.3 [1]); the others
 * are assumptions. In the field all of them vary, up to a day.
 */
const DELAYS = { import: '5m', groups: '5m', profiles: '15m', sync: '1m' }

/** Ids of apps or scripts, as many as the service takes. */
const atMost = (most: number, what: string) =>
  v.optional(v.pipe(v.array(guid), v.maxLength(most, `may name at most ${most} ${what}`)), [])

const tenantShape = v.strictObject({
  title: text,
  tenantId: guid,
  domain: syntheticDomain,
  name: text,
  branding,
  users: v.array(v.strictObject(user)),
  otherAccounts: v.optional(v.array(v.strictObject({ ...user, tenantId: guid })), []),
  personalAccounts: v.optional(v.array(v.strictObject(user)), []),
  devices: v.optional(
    v.array(
      v.strictObject({
        device: text,
        groupTag: v.optional(v.string(), ''),
        purchaseOrder: v.optional(v.string(), ''),
        assignedUser: v.optional(v.string(), ''),
        path: v.optional(v.picklist(['oem', 'reseller', 'surface', 'manual']), 'manual'),
        registeredBefore: durationText('30d'),
      }),
    ),
    [],
  ),
  devicesElsewhere: names,
  partners: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        kind: v.picklist(['oem', 'reseller']),
        consentedBy: v.optional(v.string(), ''),
      }),
    ),
    [],
  ),
  applications: v.optional(
    v.array(
      v.strictObject({
        id: guid,
        name: text,
        secret: text,
        permissions: v.array(text),
        isPublicClient: v.exactOptional(v.boolean()),
        redirectUris: v.exactOptional(v.array(text)),
      }),
    ),
    [],
  ),
  delays: v.optional(
    v.strictObject({
      import: durationText(DELAYS.import),
      groups: durationText(DELAYS.groups),
      profiles: durationText(DELAYS.profiles),
      sync: durationText(DELAYS.sync),
    }),
    DELAYS,
  ),
  groups: v.optional(
    v.array(v.strictObject({ id: text, name: text, membershipRule: v.optional(v.string(), ''), members: names })),
    [],
  ),
  deploymentProfiles: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        mode: v.picklist(['userDriven', 'selfDeploying', 'hybrid']),
        skipConnectivityCheck: v.exactOptional(
          v.pipe(
            v.boolean(),
            v.description('Of a hybrid join: no domain controller has to answer before the restart.'),
          ),
        ),
        userType: v.optional(v.picklist(['standard', 'administrator']), 'standard'),
        privacySettingsHidden: flag(true),
        licenseTermsHidden: flag(true),
        keyboardSelectionPageSkipped: flag(false),
        escapeLinkHidden: flag(true),
        preprovisioningAllowed: flag(false),
        language: v.optional(v.string(), ''),
        region: v.optional(v.string(), ''),
        deviceNameTemplate: v.optional(v.string(), ''),
        createdDateTime: v.optional(instant, '2024-08-01T00:00:00Z'),
        ...assignment,
      }),
    ),
    [],
  ),
  statusPages: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        priority: v.optional(whole(1, 50), 1),
        showInstallationProgress: flag(true),
        timeoutMinutes: v.optional(whole(1, 1440), 60),
        customErrorMessage: v.optional(v.string(), ''),
        allowLogCollection: flag(true),
        allowReset: flag(false),
        allowRetry: flag(true),
        allowContinue: flag(false),
        installQualityUpdates: flag(true),
        skipUserStatus: flag(false),
        firstUserOnly: flag(false),
        blockingApps: atMost(TENANT_LIMITS.blockingApps, 'apps'),
        ...assignment,
      }),
    ),
    [],
  ),
  deviceAssociations,
  devicePreparationPolicies: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        priority: v.optional(whole(1, 1_000), 1),
        deviceGroup: v.optional(v.string(), ''),
        userType: v.optional(v.picklist(['standard', 'administrator']), 'standard'),
        timeoutMinutes: v.optional(whole(PREPARATION_LIMITS.minutesMin, PREPARATION_LIMITS.minutesMax), 60),
        customErrorMessage: v.optional(v.string(), ''),
        allowSkip: flag(false),
        allowDiagnostics: flag(true),
        allowedApps: atMost(TENANT_LIMITS.allowedApps, 'apps'),
        allowedScripts: atMost(TENANT_LIMITS.allowedScripts, 'scripts'),
        ...assignment,
      }),
    ),
    [],
  ),
  scripts: v.optional(v.array(script), []),
  apps: v.optional(v.array(app), []),
  policies: v.optional(
    v.array(
      v.strictObject({
        policy: v.pipe(text, v.regex(/^[^/]+\/[^/]+$/, 'must be Area/Name')),
        scope,
        value: v.string(),
        restarts: v.optional(
          v.pipe(
            v.boolean(),
            v.description('The policy restarts a device at the end of device setup, as documented ones do.'),
          ),
        ),
        breaksSignIn: v.exactOptional(
          v.pipe(
            v.boolean(),
            v.description('The policy breaks the automatic sign-in of account setup, as documented ones do.'),
          ),
        ),
      }),
    ),
    [],
  ),
  wifiProfiles: v.optional(v.array(v.strictObject({ ssid: text, scope })), []),
  certificateProfiles: v.optional(v.array(certificateProfile), []),
  updates: v.optional(v.array(update), []),
  enrollment: v.optional(
    v.strictObject({
      windows: v.optional(v.picklist(['allow', 'block']), 'allow'),
      join: v.optional(v.picklist(['all', 'none']), 'all'),
      joinRefusal: v.exactOptional(
        v.pipe(
          v.picklist(['policy']),
          v.description(
            'With join: none. policy: refused by the policy of an administrator, with another code and sentence. Both were seen.',
          ),
        ),
      ),
      personal: v.exactOptional(v.picklist(['allow', 'block'])),
      multifactor: flag(false),
      termsOfUse: v.optional(v.string(), ''),
      tokenVersion: v.optional(whole(1, 2), ENROLLMENT.tokenVersion),
      authPolicy: v.optional(v.picklist(['Federated', 'OnPremise', 'Certificate']), ENROLLMENT.authPolicy),
      keyPolicy: v.optional(v.nullable(keyPolicy), KEY_POLICY),
      checksCertificateRequest: v.exactOptional(v.boolean()),
      mdmUserScope: v.exactOptional(v.union([v.picklist(['all', 'none']), v.array(text)])),
      mdmApplications: v.exactOptional(v.array(text)),
      deviceLimit: v.exactOptional(whole(0, 100_000)),
      connector: v.exactOptional(v.picklist(CONNECTOR_STATES)),
    }),
    ENROLLMENT,
  ),
  management: v.optional(
    v.strictObject({
      releases: v.optional(v.array(v.picklist(MANAGEMENT.releases)), MANAGEMENT.releases),
      hasAgent: flag(true),
      policyProviders: v.optional(v.array(policyProvider), []),
      writesUserNodesEarly: flag(false),
      encoding: v.exactOptional(v.picklist(['xml', 'wbxml'])),
      requiresSigning: v.exactOptional(v.boolean()),
    }),
    MANAGEMENT,
  ),
  hybridJoin: v.exactOptional(hybridJoin),
  windowsHello: v.optional(windowsHello, HELLO_DEFAULTS),
  restorePage: v.exactOptional(
    v.pipe(
      v.picklist(RESTORE_STATES),
      v.description(
        '"Show restore page" of Windows Backup for Organizations, for the whole tenant. Off until it is enabled.',
      ),
    ),
  ),
  securityKeys: v.exactOptional(
    v.pipe(
      v.picklist(['enabled', 'disabled']),
      v.description('Whether the policy for authentication methods allows security keys (FIDO2). Left out: enabled.'),
    ),
  ),
  conditionalAccess: v.exactOptional(conditionalAccess),
  namedLocations: v.exactOptional(
    v.pipe(namedLocations, v.description('Places that policies of Conditional Access name.')),
  ),
  signIn: v.optional(v.picklist(['managed', 'federated']), 'managed'),
  directoryLicence: v.exactOptional(v.picklist(['free', 'p1', 'p2'])),
  surfaceRequests: v.exactOptional(
    v.array(v.strictObject({ device: text, groupTag: v.optional(v.string(), ''), proof: text })),
  ),
})

type Tenant = v.InferOutput<typeof tenantShape>

const checked = (mistakes: (tenant: Tenant) => Mistake[]) =>
  v.pipe(
    tenantShape,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      for (const { path, message } of mistakes(dataset.value)) {
        const [first, ...rest] = path.map((key) => ({
          type: 'unknown' as const,
          origin: 'value' as const,
          input: dataset.value,
          key,
          value: undefined,
        }))
        addIssue({ message, path: [first!, ...rest] })
      }
    }),
  )

/** `scenarios/tenants/*.yaml`: the shape, what its names and rules lead to, and what the service refuses. */
export const tenantSchema = checked((tenant) => [
  ...mistakesOf(tenant),
  ...hybridMistakes(tenant),
  ...refusalsOf(tenant),
])

/** A tenant that was taken once: a school that began before a rule was known here keeps what it has. */
export const keptTenantSchema = checked(mistakesOf)
