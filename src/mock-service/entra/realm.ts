import { json } from '../responses.ts'
import type { Handler } from '../router.ts'

/** `GET /common/userrealm/{upn}?api-version=2.0`: whose domain it is, and how its pages look. */
export const handleUserRealm: Handler = (request, tenant) => {
  const { pathname } = new URL(request.url)
  const upn = decodeURIComponent(pathname.split('/').at(-1) ?? '')
  const domain = upn.split('@')[1] ?? ''
  const { definition } = tenant
  if (domain.toLowerCase() !== definition.domain.toLowerCase()) {
    return json(200, { NameSpaceType: 'Unknown', Login: upn, FederationBrandName: domain, TenantBrandingInfo: [] })
  }
  const { color, signInPageText, usernameHint } = tenant.directory.now.branding
  return json(200, {
    NameSpaceType: 'Managed',
    Login: upn,
    DomainName: definition.domain,
    FederationBrandName: definition.name,
    TenantBrandingInfo: [
      {
        Locale: 0,
        BannerLogo: null,
        TileLogo: null,
        BackgroundColor: color ?? null,
        BoilerPlateText: signInPageText ?? null,
        UserIdLabel: usernameHint ?? null,
      },
    ],
    cloud_instance_name: 'microsoftonline.test',
  })
}
