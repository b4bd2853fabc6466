import * as v from 'valibot'
import { email, flag, guid, syntheticDomain, text } from './common.ts'

const scope = v.optional(v.picklist(['device', 'user']), 'device')
const assignedTo = v.optional(v.array(text), [])

const user = { email, password: text, name: text, licensed: flag(true) }

/** `scenarios/tenants/*.yaml`. */
export const tenantSchema = v.strictObject({
  title: text,
  tenantId: guid,
  domain: syntheticDomain,
  name: text,
  branding: v.optional(
    v.strictObject({
      color: v.optional(v.pipe(text, v.regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f6cbd'))),
      signInPageText: v.optional(text),
      usernameHint: v.optional(text),
    }),
    {},
  ),
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
      }),
    ),
    [],
  ),
  groups: v.optional(v.array(v.strictObject({ id: text, name: text, membershipRule: text })), []),
  deploymentProfiles: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        mode: v.picklist(['userDriven', 'selfDeploying']),
        userType: v.optional(v.picklist(['standard', 'administrator']), 'standard'),
        privacySettingsHidden: flag(true),
        licenseTermsHidden: flag(true),
        keyboardSelectionPageSkipped: flag(false),
        escapeLinkHidden: flag(true),
        language: v.optional(v.string(), ''),
        region: v.optional(v.string(), ''),
        deviceNameTemplate: v.optional(v.string(), ''),
        createdDateTime: v.optional(text, '2024-08-01T00:00:00Z'),
        assignedTo,
      }),
    ),
    [],
  ),
  statusPages: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        showInstallationProgress: flag(true),
        timeoutMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)), 60),
        customErrorMessage: v.optional(v.string(), ''),
        allowLogCollection: flag(true),
        allowReset: flag(false),
        allowRetry: flag(true),
        allowContinue: flag(false),
        installQualityUpdates: flag(true),
        skipUserStatus: flag(false),
        assignedTo,
      }),
    ),
    [],
  ),
  apps: v.optional(
    v.array(
      v.strictObject({
        id: guid,
        name: text,
        publisher: text,
        version: text,
        scope,
        sizeMb: v.optional(v.pipe(v.number(), v.minValue(0)), 20),
        installSeconds: v.optional(v.pipe(v.number(), v.minValue(0)), 50),
        exitCode: v.optional(v.pipe(v.number(), v.integer()), 0),
        isDetected: flag(true),
        retryCount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      }),
    ),
    [],
  ),
  policies: v.optional(
    v.array(
      v.strictObject({
        policy: v.pipe(text, v.regex(/^[^/]+\/[^/]+$/, 'must be Area/Name')),
        scope,
        value: v.string(),
      }),
    ),
    [],
  ),
  wifiProfiles: v.optional(v.array(v.strictObject({ ssid: text, scope })), []),
  updates: v.optional(
    v.array(
      v.strictObject({
        id: text,
        title: text,
        kind: v.picklist(['critical', 'quality']),
        installSeconds: v.optional(v.pipe(v.number(), v.minValue(0)), 60),
        sizeMb: v.optional(v.pipe(v.number(), v.minValue(0)), 100),
        needsRestart: flag(false),
      }),
    ),
    [],
  ),
  enrollment: v.optional(
    v.strictObject({
      windows: v.optional(v.picklist(['allow', 'block']), 'allow'),
      join: v.optional(v.picklist(['all', 'none']), 'all'),
    }),
    { windows: 'allow', join: 'all' },
  ),
})
