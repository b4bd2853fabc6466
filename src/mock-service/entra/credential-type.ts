import { decodeJson } from '../../protocols/json.ts'
import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'

/** `POST /common/GetCredentialType`: whether an account exists and how it signs in. */
export const handleCredentialType: Handler = (request, tenant) => {
  const username = decodeJson(request.body, 'ERR_CREDENTIAL_TYPE_MALFORMED').string('username')
  const exists = tenant.findUser(username) !== undefined || tenant.findPersonalAccount(username) !== undefined
  const isFederated =
    tenant.definition.signIn === 'federated' && tenant.findUser(username)?.tenantId === tenant.definition.tenantId
  return json(200, {
    Username: username,
    Display: username,
    IfExistsResult: exists ? 0 : 1,
    ThrottleStatus: 0,
    Credentials: {
      PrefCredential: isFederated ? 4 : 1,
      HasPassword: true,
      // The name of this member is assumed [U].
      HasAccessPass: tenant.findUser(username)?.user.temporaryAccessPass !== undefined,
      RemoteNgcParams: null,
      FidoParams: null,
      SasParams: null,
      ...(isFederated ? { FederationRedirectUrl: `${tenant.endpoints.federation}/adfs/ls/` } : {}),
    },
    EstsProperties: { UserTenantBranding: null, DomainType: isFederated ? 4 : 3 },
    FlowToken: tenant.ids.short(),
    apiCanary: tenant.ids.short(),
  })
}
