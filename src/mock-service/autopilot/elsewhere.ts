import { type AutopilotProfile, OOBE_CONFIG } from '../../domain/autopilot.ts'
import { identityOf, likenessOf } from '../directory/hardware-identity.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'

/** A domain for a tenant that no file describes (RFC 2606). */
const SOME_DOMAIN = 'another-tenant.example'

/**
 * The profile of a device that another tenant has registered: the device stays that tenant's. What its profile says is not known
 * here: user-driven, a standard user, no pages of licence and privacy, an assumption. The tenant is that of the first account of
 * `otherAccounts`, where there is one.
 *
 * @returns undefined for a device that no other tenant has registered
 */
export function profileElsewhere(
  { elsewhere, definition }: Tenant,
  hardwareHash: string,
): AutopilotProfile | undefined {
  const asking = identityOf(hardwareHash)
  if (!elsewhere.some((one) => likenessOf(one, asking) === 'same')) return undefined
  const [account] = definition.otherAccounts
  const { skipOemRegistration, skipUpgradeUx, userNotLocalAdmin, skipExpressSettings, skipEula } = OOBE_CONFIG
  return {
    tenantId: account?.tenantId ?? stableGuid(definition.tenantId, 'elsewhere', SOME_DOMAIN),
    tenantDomain: account?.email.split('@')[1] ?? SOME_DOMAIN,
    tenantUpn: '',
    oobeConfig: skipOemRegistration + skipUpgradeUx + userNotLocalAdmin + skipExpressSettings + skipEula,
    deviceName: '',
    language: '',
    region: '',
    forcedEnrollment: true,
    deploymentProfileName: 'Profile of another tenant',
    ztdRegistrationId: stableGuid(definition.tenantId, 'elsewhere', asking.serialNumber),
    isExplicit: true,
  }
}
