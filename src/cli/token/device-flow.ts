import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { TokenSource } from '../../domain/target.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import {
  decodeDeviceAuthorization,
  decodeOAuthError,
  decodeTokenAnswer,
  type TokenAnswer,
} from '../../protocols/oidc/token-answers.ts'
import { checkUrl, type Provider, type ProviderParts, ProviderSilent, readable } from './provider.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
/** Seconds that `slow_down` adds, for good (RFC 8628, 3.5). */
const SLOWER_BY = 5

/**
 * RFC 8628: a person signs in anywhere, with a code, while we ask whether they have. Codes `ERR_OIDC_FLOW`, `ERR_OIDC_DENIED`,
 * `ERR_OIDC_EXPIRED`, `ERR_OIDC_TIMEOUT`, and those of {@link Provider}.
 */
export async function deviceFlow(source: TokenSource, provider: Provider, world: ProviderParts): Promise<TokenAnswer> {
  const { deviceAuthorizationEndpoint: endpoint, tokenEndpoint } = provider.metadata
  if (endpoint === undefined) {
    throw new UserError('ERR_OIDC_FLOW', `${source.issuer} has no device_authorization_endpoint`, [
      'flow: code signs in with a browser on this machine',
    ])
  }
  const { scope, resource, audience } = source
  const answer = await provider.post(endpoint, { scope, resource, audience })
  if (answer.status !== 200) throw provider.refusal(endpoint, answer)
  const device = readable(endpoint, () => decodeDeviceAuthorization(answer.body))
  const pages = [device.verificationUri, device.verificationUriComplete].flatMap((url) => url ?? [])
  for (const url of pages) checkUrl(url, world.hosts)
  const patienceMs = Math.min(device.expiresIn * 1000, source.timeoutMs)
  const [page, withCode] = pages
  world.tell(`open ${page} and enter the code ${safeText(device.userCode)}, within ${formatDuration(patienceMs)}`)
  if (withCode !== undefined) world.tell(`or open ${withCode}`)
  const endsAt = world.clock() + patienceMs
  let { interval } = device
  for (;;) {
    // Whatever interval the provider asks for, the wait stops at the end.
    await world.wait(Math.max(0, Math.min(interval * 1000, endsAt - world.clock())))
    if (world.clock() >= endsAt) throw tooLate(page!, device.expiresIn * 1000 <= source.timeoutMs, patienceMs)
    try {
      const polled = await provider.post(tokenEndpoint, {
        grant_type: GRANT,
        device_code: device.deviceCode,
        resource,
      })
      if (polled.status === 200) return readable(tokenEndpoint, () => decodeTokenAnswer(polled.body))
      const error = readable(tokenEndpoint, () => decodeOAuthError(polled.body))?.error
      if (error === 'slow_down') interval += SLOWER_BY
      else if (error !== 'authorization_pending') throw provider.refusal(tokenEndpoint, polled)
    } catch (error) {
      if (!(error instanceof ProviderSilent)) throw error
      interval *= 2
    }
  }
}

const tooLate = (page: string, isTheirs: boolean, patienceMs: number): InfrastructureError =>
  isTheirs
    ? new InfrastructureError('ERR_OIDC_EXPIRED', `${page}: the code was good for ${formatDuration(patienceMs)}`)
    : new InfrastructureError('ERR_OIDC_TIMEOUT', `no person signed in at ${page} within ${formatDuration(patienceMs)}`)
