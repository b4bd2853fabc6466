import type { AutopilotProfile } from '../../domain/autopilot.ts'
import { decodeAnswer, flag, number, object, optional, text } from '../json-answer.ts'

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
    CloudAssignedDomainJoinMethod: Number(profile.isHybrid ?? false),
    ...(profile.isHybrid ? { HybridJoinSkipDCConnectivityCheck: Number(profile.skipsConnectivityCheck ?? false) } : {}),
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

const PROFILE = object({
  CloudAssignedTenantId: text,
  CloudAssignedTenantDomain: text,
  CloudAssignedTenantUpn: optional(text),
  CloudAssignedOobeConfig: number,
  CloudAssignedDomainJoinMethod: optional(number),
  HybridJoinSkipDCConnectivityCheck: optional(number),
  CloudAssignedDeviceName: optional(text),
  CloudAssignedLanguage: optional(text),
  CloudAssignedRegion: optional(text),
  CloudAssignedForcedEnrollment: optional(number),
  DeploymentProfileName: optional(text),
  ZtdRegistrationId: optional(text),
  IsExplicitProfileAssignment: flag,
  ZtdCorrelationId: optional(text),
})

/** @throws DecodeError `ERR_AUTOPILOT_PROFILE_MALFORMED` */
export function decodeAutopilotProfile(input: Uint8Array | string): AutopilotProfile {
  const json = decodeAnswer(input, PROFILE, 'ERR_AUTOPILOT_PROFILE_MALFORMED')
  return {
    tenantId: json.CloudAssignedTenantId,
    tenantDomain: json.CloudAssignedTenantDomain,
    tenantUpn: json.CloudAssignedTenantUpn ?? '',
    oobeConfig: json.CloudAssignedOobeConfig,
    deviceName: json.CloudAssignedDeviceName ?? '',
    language: json.CloudAssignedLanguage ?? '',
    region: json.CloudAssignedRegion ?? '',
    forcedEnrollment: json.CloudAssignedForcedEnrollment === 1,
    deploymentProfileName: json.DeploymentProfileName ?? '',
    ztdRegistrationId: json.ZtdRegistrationId ?? '',
    isExplicit: json.IsExplicitProfileAssignment,
    ...(json.CloudAssignedDomainJoinMethod === 1 ? { isHybrid: true as const } : {}),
    ...(json.HybridJoinSkipDCConnectivityCheck === 1 ? { skipsConnectivityCheck: true as const } : {}),
    ...(json.ZtdCorrelationId ? { ztdCorrelationId: json.ZtdCorrelationId } : {}),
  }
}
