import type { HttpRequest } from '../../domain/http.ts'
import type { Whereabouts } from '../../domain/named-locations.ts'
import type { Tenant } from '../tenant.ts'
import { authenticateClient, type Client } from './clients.ts'
import type { Refusal } from './refusal.ts'
import type { TokenGrant } from './token-grant.ts'

/** A request to the token endpoint. */
export interface TokenRequest {
  tenant: Tenant
  request: HttpRequest
  /** Where it comes from. */
  from: Whereabouts | undefined
  form: URLSearchParams
  /** The first segment of the path. */
  authority: string
  version: 1 | 2
}

/** What a grant is exchanged for: members of the answer, or why there are none. */
export type TokenAnswer = Record<string, unknown> | Refusal

export const clientIn = ({ tenant, request, form }: TokenRequest): Client | Refusal =>
  authenticateClient(tenant, request, form)

/** What a request says of its answer, and where it comes from. */
export const formOfAnswer = ({
  form,
  version,
  from,
}: TokenRequest): Pick<TokenGrant, 'version' | 'hasClientInfo' | 'from'> => ({
  version,
  from,
  hasClientInfo: form.get('client_info') === '1',
})

/** What a request asks for, or what was asked for before it. */
export function askedIn(
  { form, version }: TokenRequest,
  before: { scope?: string | undefined; resource?: string | undefined } = {},
) {
  const resource = form.get('resource') ?? undefined
  const scope = form.get('scope') ?? undefined
  const isSilent = resource === undefined && (scope ?? '').trim() === ''
  return {
    scope: isSilent ? (before.scope ?? '') : (scope ?? ''),
    // Version 2 has none; a sign-in of version 1 may be continued there.
    resource: isSilent && version === 1 ? before.resource : resource,
    version,
  }
}
