import { type AutopilotProfile, type LookupCode, lookupName, OOBE_CONFIG } from '../../domain/autopilot.ts'
import { encodeAutopilotProfile } from '../../protocols/autopilot/profile.ts'
import { decodeJson } from '../../protocols/json.ts'
import type { DeviceAssociation } from '../directory/associations.ts'
import type { DeploymentProfile } from '../directory/state.ts'
import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { profileElsewhere } from './elsewhere.ts'
import { recognise } from './registration.ts'

/** Our own contract for the unpublished lookup (docs/lookup.md). The payload is the public profile JSON. */
export const handleLookup: Handler = (request, tenant) => {
  const hardwareHash = decodeJson(request.body, 'ERR_AUTOPILOT_LOOKUP_MALFORMED').string('hardwareHash')
  const association = tenant.associations.of(hardwareHash)
  const answer = answerOf(tenant, hardwareHash)
  const member = association
    ? { DeviceAssociation: encodeAutopilotProfile(associationProfile(tenant, association)) }
    : {}
  return json(answer.status, { ...answer.body, ...member })
}

/** What of device association comes before the enrolment (2.9 [D]), in the words of a profile. */
function associationProfile({ definition }: Tenant, association: DeviceAssociation): AutopilotProfile {
  const { id, policy, language, deviceNameTemplate } = association
  const bits = [
    ...[OOBE_CONFIG.skipOemRegistration, OOBE_CONFIG.skipUpgradeUx, OOBE_CONFIG.skipExpressSettings],
    ...[OOBE_CONFIG.skipEula, language === '' ? 0 : OOBE_CONFIG.skipKeyboard],
  ]
  return {
    tenantId: definition.tenantId,
    tenantDomain: definition.domain,
    tenantUpn: '',
    oobeConfig: bits.reduce((sum, bit) => sum + bit, 0),
    deviceName: deviceNameTemplate,
    language,
    region: '',
    forcedEnrollment: true,
    deploymentProfileName: definition.devicePreparationPolicies.find((one) => one.id === policy)?.name ?? '',
    ztdRegistrationId: id,
    isExplicit: true,
  }
}

interface Answered {
  status: number
  body: Record<string, unknown>
}

function answerOf(tenant: Tenant, hardwareHash: string): Answered {
  const recognition = recognise(tenant, hardwareHash)
  if (recognition.kind === 'unknown') {
    const other = profileElsewhere(tenant, hardwareHash)
    return other ? { status: 200, body: encodeAutopilotProfile(other) } : without('807')
  }
  const { device } = recognition
  if (recognition.kind === 'mismatch') {
    tenant.contacts.note(device.id, { remediation: 'manualRemediationRequired' })
    return without('908')
  }
  tenant.contacts.note(device.id, { lastContactedAt: tenant.now() })
  const { profile, code, isExplicit } = tenant.profileOf(device)
  if (!profile) return without(code ?? '815')
  const personal = { assignedUser: device.assignedUser, registrationId: device.id, isExplicit }
  return { status: 200, body: profileJsonOf(tenant, profile, personal) }
}

/** A deployment profile as the service answers with it; without a device, what is alike for all of them. */
export const profileJsonOf = (...about: Parameters<typeof profileOf>): Record<string, unknown> =>
  encodeAutopilotProfile(profileOf(...about))

/** A deployment profile as a device has it. */
export function profileOf(
  { definition }: Pick<Tenant, 'definition'>,
  profile: DeploymentProfile,
  device = { assignedUser: '', registrationId: '', isExplicit: true },
): AutopilotProfile {
  return {
    tenantId: definition.tenantId,
    tenantDomain: definition.domain,
    tenantUpn: device.assignedUser,
    oobeConfig: oobeConfigOf(profile),
    // The prefix of a hybrid name comes from the domain join (3.3 [D]).
    deviceName: profile.mode === 'hybrid' ? '' : profile.deviceNameTemplate,
    language: profile.language,
    region: profile.region,
    forcedEnrollment: profile.escapeLinkHidden,
    deploymentProfileName: profile.name,
    ztdRegistrationId: device.registrationId,
    isExplicit: device.isExplicit,
    ...(profile.mode === 'hybrid' ? { isHybrid: true as const } : {}),
    ...(profile.mode === 'hybrid' && profile.skipConnectivityCheck ? { skipsConnectivityCheck: true as const } : {}),
  }
}

const without = (code: LookupCode): Answered => ({
  status: 404,
  body: { code: Number(code), name: lookupName(code) },
})

/** The exporter's formula (reference: oobe-autopilot-esp.md, 3.2 [F]). */
export function oobeConfigOf(profile: DeploymentProfile): number {
  const bits = [
    OOBE_CONFIG.skipOemRegistration,
    OOBE_CONFIG.skipUpgradeUx,
    profile.userType === 'standard' ? OOBE_CONFIG.userNotLocalAdmin : 0,
    profile.privacySettingsHidden ? OOBE_CONFIG.skipExpressSettings : 0,
    profile.licenseTermsHidden ? OOBE_CONFIG.skipEula : 0,
    profile.keyboardSelectionPageSkipped ? OOBE_CONFIG.skipKeyboard : 0,
    profile.mode === 'selfDeploying' ? OOBE_CONFIG.tpmAttestation + OOBE_CONFIG.deviceAuthentication : 0,
  ]
  return bits.reduce((sum, bit) => sum + bit, 0)
}
