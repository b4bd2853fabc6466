import { LOGO_TEXT } from '../../protocols/entra/logo-text.ts'
import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

/** `GET /common/userrealm/{upn}` in both versions: whose domain it is, where it signs in, and how its pages look. */
export const handleUserRealm: Handler = (request, tenant) => {
  const { pathname, searchParams } = new URL(request.url)
  const upn = decodeURIComponent(pathname.split('/').at(-1) ?? '')
  const domain = upn.split('@')[1] ?? ''
  const { definition } = tenant
  if (searchParams.get('api-version') === '1.0') return json(200, firstVersion(tenant, domain))
  if (domain.toLowerCase() !== definition.domain.toLowerCase()) {
    return json(200, { NameSpaceType: 'Unknown', Login: upn, FederationBrandName: domain, TenantBrandingInfo: [] })
  }
  const isFederated = definition.signIn === 'federated'
  const { color, logo, signInPageText, usernameHint } = tenant.directory.now.branding
  return json(200, {
    NameSpaceType: isFederated ? 'Federated' : 'Managed',
    ...(isFederated ? { AuthURL: `${tenant.endpoints.federation}/adfs/ls/`, federation_protocol: 'WSTrust' } : {}),
    Login: upn,
    DomainName: definition.domain,
    FederationBrandName: definition.name,
    TenantBrandingInfo: [
      {
        Locale: 0,
        BannerLogo: null,
        // Microsoft Entra has the address of an image here.
        TileLogo: logo === undefined ? null : `${LOGO_TEXT}${encodeURIComponent(logo)}`,
        BackgroundColor: color ?? null,
        BoilerPlateText: signInPageText ?? null,
        UserIdLabel: usernameHint ?? null,
      },
    ],
    cloud_instance_name: 'microsoftonline.test',
  })
}

function firstVersion({ definition, endpoints }: Tenant, domain: string): Record<string, string> {
  const isOurs = domain.toLowerCase() === definition.domain.toLowerCase()
  const isFederated = isOurs && definition.signIn === 'federated'
  return {
    ver: '1.0',
    account_type: isFederated ? 'Federated' : isOurs ? 'Managed' : 'Unknown',
    domain_name: domain,
    cloud_instance_name: 'microsoftonline.test',
    cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    ...(isFederated
      ? {
          federation_protocol: 'WSTrust',
          federation_active_auth_url: `${endpoints.federation}/adfs/services/trust/2005/usernamemixed`,
        }
      : {}),
  }
}
