import type { Tenant } from '../tenant.ts'
import type { Client } from './clients.ts'

/** What runs in a browser instead of leading anywhere. */
const RUNS = /^(javascript|data|vbscript|blob|file):/i

/**
 * Whether a sign-in may lead there. An application of the tenant's file says where, or leaves it open; a well-known one has what its
 * tools use.
 */
export function isRedirectUriOf({ endpoints }: Tenant, { application, isWellKnown }: Client, uri: string): boolean {
  if (!URL.canParse(uri) || uri.includes('#') || RUNS.test(new URL(uri).protocol)) return false
  const tools = ['http://localhost', 'urn:ietf:wg:oauth:2.0:oob', `${endpoints.login}/common/oauth2/nativeclient`]
  const registered = isWellKnown ? tools : application?.redirectUris
  return registered === undefined || registered.some((one) => isSame(one, uri))
}

/** Letter by letter; of a loopback address the port does not count (RFC 8252, 7.3). */
function isSame(registered: string, uri: string): boolean {
  if (registered === uri) return true
  if (!URL.canParse(registered)) return false
  const [one, other] = [registered, uri].map((text) => new URL(text)) as [URL, URL]
  const isLocal = one.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(one.hostname)
  for (const url of [one, other]) url.port = ''
  return isLocal && one.href === other.href
}
