import { formatDuration } from '../../domain/duration.ts'
import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { TokenSource } from '../../domain/target.ts'
import { DecodeError, InfrastructureError, UserError } from '../../domain/trouble.ts'
import { listen } from '../../ports/listen.ts'
import {
  type AuthorizationAnswer,
  authorizationUrl,
  codeChallengeOf,
  decodeAuthorizationAnswer,
} from '../../protocols/oidc/authorization.ts'
import { decodeTokenAnswer, type TokenAnswer } from '../../protocols/oidc/token-answers.ts'
import { checkUrl, type Provider, type ProviderParts, readable, refused } from './provider.ts'

/**
 * Authorization code with PKCE, by a browser on this machine that comes back to a port of ours (RFC 8252, 7.3). Codes
 * `ERR_OIDC_FLOW`, `ERR_OIDC_DENIED`, `ERR_OIDC_TIMEOUT`, `ERR_OIDC_ISSUER`, `ERR_CANNOT_LISTEN`, and those of {@link Provider}.
 *
 * @param nonce of the ID token
 */
export async function codeFlow(
  source: TokenSource,
  provider: Provider,
  world: ProviderParts,
  nonce: string,
): Promise<TokenAnswer> {
  const { authorizationEndpoint: endpoint, tokenEndpoint } = provider.metadata
  if (endpoint === undefined) {
    throw new UserError('ERR_OIDC_FLOW', `${source.issuer} has no authorization_endpoint`, ['flow: device needs none'])
  }
  checkUrl(endpoint, world.hosts)
  const { clientId, scope, resource, audience } = source
  const [state, verifier] = [16, 32].map((length) => Buffer.from(world.random(length)).toString('base64url'))
  const redirect = new URL(source.redirectUri)
  const inbox = new Inbox(redirect.pathname, state!)
  const listening = await listen((request) => inbox.receive(request), { port: Number(redirect.port) })
  redirect.port = String(listening.port)
  const redirectUri = redirect.href
  try {
    const url = authorizationUrl(endpoint, {
      ...{ clientId, redirectUri, scope, state: state!, nonce, resource, audience },
      codeChallenge: codeChallengeOf(verifier!),
    })
    world.tell(`open this to sign in, within ${formatDuration(source.timeoutMs)}:`)
    world.tell(url)
    const { iss, code, error, errorDescription } = await inbox.answer(world, source, endpoint)
    // RFC 9207, 2.4: an answer of another issuer, or of none where this one names itself, is a mix-up.
    if (iss === undefined ? provider.metadata.namesIssuer : iss !== provider.metadata.issuer) {
      throw new InfrastructureError(
        'ERR_OIDC_ISSUER',
        `the answer of ${endpoint} is from ${iss === undefined ? 'an issuer that it does not name' : safeText(iss)}`,
      )
    }
    if (error !== undefined) {
      throw refused(endpoint, { error, ...(errorDescription === undefined ? {} : { description: errorDescription }) })
    }
    if (code === undefined) throw new InfrastructureError('ERR_OIDC_ANSWER', `${endpoint} came back without a code`)
    const answer = await provider.post(tokenEndpoint, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      resource,
    })
    if (answer.status !== 200) throw provider.refusal(tokenEndpoint, answer)
    return readable(tokenEndpoint, () => decodeTokenAnswer(answer.body))
  } finally {
    await listening.close()
  }
}

/** Where the browser comes back to. */
class Inbox {
  readonly #path: string
  readonly #state: string
  readonly #received: Promise<AuthorizationAnswer>
  #take: (answer: AuthorizationAnswer) => void = () => {}

  constructor(path: string, state: string) {
    this.#path = path
    this.#state = state
    this.#received = new Promise((resolve) => {
      this.#take = resolve
    })
  }

  /** Any program on this machine can send a request: one without the state is refused, and its answer is ignored. */
  receive({ method, url }: HttpRequest): HttpResponse {
    const { pathname, searchParams } = new URL(url)
    if (method !== 'GET' || pathname !== this.#path) return page(404, 'There is nothing here.')
    let answer: AuthorizationAnswer
    try {
      answer = decodeAuthorizationAnswer(searchParams)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return page(400, 'This is no answer of an identity provider.')
    }
    if (answer.state !== this.#state) return page(400, 'This is no answer to the question that was asked here.')
    this.#take(answer)
    return page(200, 'Back to the terminal: you can close this page.')
  }

  async answer({ wait }: ProviderParts, { timeoutMs }: TokenSource, endpoint: string): Promise<AuthorizationAnswer> {
    const received = new AbortController()
    const timeout = wait(timeoutMs, received.signal).then(() => undefined)
    const answer = await Promise.race([this.#received, timeout])
    received.abort()
    if (answer !== undefined) return answer
    const patience = formatDuration(timeoutMs)
    throw new InfrastructureError('ERR_OIDC_TIMEOUT', `no person signed in at ${endpoint} within ${patience}`)
  }
}

function page(status: number, text: string): HttpResponse {
  const body = new TextEncoder().encode(`<!DOCTYPE html><html><title>oobe-sim</title><p>${text}</p></html>\n`)
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(body.length),
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  }
  return { status, headers, body }
}
