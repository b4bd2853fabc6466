import type { AutopilotProfile } from '../../domain/autopilot.ts'
import { decodeJson } from '../json.ts'

/** File format of the exports (reference: oobe-autopilot-esp.md, 3.1). */
const VERSION = 2049

/** Members of `AutopilotConfigurationFile.json`, the public form of a profile. */
export function encodeAutopilotProfile(profile: AutopilotProfile): Record<string, unknown> {
  const zeroTouchConfig = {
    CloudAssignedTenantUpn: profile.tenantUpn,
    ForcedEnrollment: Number(profile.forcedEnrollment),
    CloudAssignedTenantDomain: profile.tenantDomain,
  }
  return {
    Version: VERSION,
    Comment_File: `Profile ${profile.deploymentProfileName}`,
    CloudAssignedTenantId: profile.tenantId,
    CloudAssignedTenantDomain: profile.tenantDomain,
    CloudAssignedTenantUpn: profile.tenantUpn,
    CloudAssignedOobeConfig: profile.oobeConfig,
    CloudAssignedDomainJoinMethod: 0,
    CloudAssignedForcedEnrollment: Number(profile.forcedEnrollment),
    CloudAssignedAadServerData: JSON.stringify({ ZeroTouchConfig: zeroTouchConfig }),
    CloudAssignedDeviceName: profile.deviceName,
    CloudAssignedLanguage: profile.language,
    CloudAssignedRegion: profile.region,
    CloudAssignedAutopilotUpdateDisabled: 1,
    CloudAssignedAutopilotUpdateTimeout: 1_800_000,
    DeploymentProfileName: profile.deploymentProfileName,
    IsExplicitProfileAssignment: profile.isExplicit,
    ZtdRegistrationId: profile.ztdRegistrationId,
    ...(profile.ztdCorrelationId ? { ZtdCorrelationId: profile.ztdCorrelationId } : {}),
  }
}

/** @throws DecodeError `ERR_AUTOPILOT_PROFILE_MALFORMED` */
export function decodeAutopilotProfile(input: Uint8Array | string): AutopilotProfile {
  const json = decodeJson(input, 'ERR_AUTOPILOT_PROFILE_MALFORMED')
  const ztdCorrelationId = json.optionalString('ZtdCorrelationId')
  return {
    tenantId: json.string('CloudAssignedTenantId'),
    tenantDomain: json.string('CloudAssignedTenantDomain'),
    tenantUpn: json.optionalString('CloudAssignedTenantUpn') ?? '',
    oobeConfig: json.number('CloudAssignedOobeConfig'),
    deviceName: json.optionalString('CloudAssignedDeviceName') ?? '',
    language: json.optionalString('CloudAssignedLanguage') ?? '',
    region: json.optionalString('CloudAssignedRegion') ?? '',
    forcedEnrollment: json.optionalNumber('CloudAssignedForcedEnrollment') === 1,
    deploymentProfileName: json.optionalString('DeploymentProfileName') ?? '',
    ztdRegistrationId: json.optionalString('ZtdRegistrationId') ?? '',
    isExplicit: json.boolean('IsExplicitProfileAssignment'),
    ...(ztdCorrelationId ? { ztdCorrelationId } : {}),
  }
}
