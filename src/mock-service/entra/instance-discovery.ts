import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import { missing, Refusal, refuse } from './refusal.ts'

/**
 * `/common/discovery/instance`: whether an authority is of a cloud, and by which names. Microsoft's libraries ask before they give
 * anything away, unless they were told (Microsoft Learn, Instance discovery). The cloud of the mock has the name that it was asked by.
 */
export const handleInstanceDiscovery: Handler = (request, tenant) => {
  const { host, origin, searchParams } = new URL(request.url)
  const endpoint = searchParams.get('authorization_endpoint') ?? ''
  if (endpoint === '') return refuse(request, tenant, missing('authorization_endpoint'))
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.origin !== origin) {
    const text = 'Unknown or invalid instance.'
    return refuse(request, tenant, new Refusal('invalid_instance', 50049, text))
  }
  const [, authority = 'common'] = url.pathname.split('/')
  return json(200, {
    tenant_discovery_endpoint: `${origin}/${authority}${url.pathname.includes('/v2.0/') ? '/v2.0' : ''}/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  })
}
