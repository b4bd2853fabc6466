import { encodeConfigurationFile } from '../../protocols/autopilot/configuration-file.ts'
import type { DeploymentProfile } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { profileOf } from './lookup.ts'

/**
 * `AutopilotConfigurationFile.json` of a user-driven profile, as the public exporter makes it: the correlation id is the profile's id
 * (reference: oobe-autopilot-esp.md, 3.1 [F]).
 */
export const configurationFileOf = (tenant: Tenant, profile: DeploymentProfile, correlator = profile.id): string =>
  encodeConfigurationFile({ ...profileOf(tenant, profile), ztdCorrelationId: correlator.toLowerCase() })
