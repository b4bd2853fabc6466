import type { PartnerDefinition, RegistrationPath } from '../../domain/tenant.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import type { Tenant } from '../tenant.ts'
import type { ImportedIdentity, RegistrationRequest } from './imports.ts'

/**
 * Starts registrations by one of the seed's ways: an administrator's file, a reseller (CSP), an OEM, or a request to Microsoft for
 * Surface devices. Codes: `ERR_CONSENT_MISSING` (a partner needs the consent of a Global Administrator), `ERR_NO_PARTNER`,
 * `ERR_REGISTRATION_ROWS` (rows that this way does not take).
 */
export function registerBy(
  tenant: Tenant,
  path: RegistrationPath,
  requests: readonly RegistrationRequest[],
  partnerId?: string,
): Result<ImportedIdentity[]> {
  if (path === 'oem' || path === 'reseller') {
    const partner = partnerOf(tenant, path, partnerId)
    if (!partner.ok) return partner
  }
  for (const [index, request] of requests.entries()) {
    const wrong = troubleOfRow(tenant, request, path)
    if (wrong !== undefined) return failure('ERR_REGISTRATION_ROWS', `row ${index + 1}: ${wrong}`)
  }
  return success(tenant.imports.begin(requests, path))
}

/** Why a way of registering does not take a row; undefined when it does. */
export const troubleOfRow = (
  tenant: Tenant,
  request: RegistrationRequest,
  path: RegistrationPath,
): string | undefined =>
  wrongWith(request, path) ??
  (isOfDomain(tenant, request.assignedUser) ? undefined : wrongDomain(tenant, request.assignedUser))

function partnerOf(tenant: Tenant, kind: 'oem' | 'reseller', id: string | undefined): Result<PartnerDefinition> {
  const candidates = tenant.definition.partners.filter(
    (partner) => partner.kind === kind && (id === undefined || partner.id === id),
  )
  const [any] = candidates
  if (!any) {
    return failure(
      'ERR_NO_PARTNER',
      id === undefined ? `the tenant has no ${kind}` : `the tenant has no ${kind} "${id}"`,
    )
  }
  const consented = candidates.find((partner) => hasConsent(tenant, partner))
  if (consented) return success(consented)
  return failure(
    'ERR_CONSENT_MISSING',
    `${any.name} may not register devices here: no Global Administrator has accepted its request`,
  )
}

/** Of an assigned user only the domain is looked at; a wrong name locks the device until it is unassigned (2.1 [D]). */
export const isOfDomain = ({ definition }: Tenant, upn: string): boolean =>
  upn === '' || upn.toLowerCase().endsWith(`@${definition.domain.toLowerCase()}`)

export const wrongDomain = ({ definition }: Tenant, upn: string): string =>
  `the user "${upn.slice(0, 100)}" is not of the domain ${definition.domain}`

/** Only the consent of a Global Administrator is valid. */
export const hasConsent = ({ directory }: Tenant, { consentedBy }: PartnerDefinition): boolean =>
  directory.now.users.get(consentedBy.toLowerCase())?.isGlobalAdministrator ?? false

/** What a way of registering needs of a row (reference: device-identity.md, 2.1). */
function wrongWith(request: RegistrationRequest, path: RegistrationPath): string | undefined {
  const hasTuple = request.manufacturer !== '' && request.model !== '' && request.serialNumber !== ''
  switch (path) {
    case 'manual':
      return request.hardwareHash === '' ? 'an administrator registers by hardware hash' : undefined
    case 'reseller':
      return request.hardwareHash !== '' || request.productKeyId !== '' || hasTuple
        ? undefined
        : 'a hardware hash, a product key id, or manufacturer, model and serial number'
    case 'oem':
      // The maker has the device's own words, and no hash ("tuple or PKID").
      return request.productKeyId !== '' || hasTuple
        ? undefined
        : 'an OEM names a product key id, or manufacturer, model and serial number'
    case 'surface':
      return hasTuple && request.manufacturer === 'Microsoft Corporation' && /^Surface\b/.test(request.model)
        ? undefined
        : 'Microsoft registers Surface devices alone, by model and serial number'
  }
}
