import { CONNECTION_HINTS } from '../../domain/connection-hints.ts'
import { isLoopback } from '../../domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { TokenSource } from '../../domain/target.ts'
import { DecodeError, InfrastructureError, UserError } from '../../domain/trouble.ts'
import { ConnectionTrouble, type Transport } from '../../ports/http.ts'
import { refuseHost } from '../../ports/target-guard.ts'
import { decodeProviderMetadata, metadataUrl, type ProviderMetadata } from '../../protocols/oidc/provider-metadata.ts'
import { decodeOAuthError, type OAuthError } from '../../protocols/oidc/token-answers.ts'

/** What signing in needs of the world around it. */
export interface ProviderParts {
  transport: Transport
  /** Hosts that the profile names. */
  hosts: ReadonlySet<string>
  /** A line for the person; never with a token in it. */
  tell: (line: string) => void
  random: (length: number) => Uint8Array
  /** Unix milliseconds. */
  clock: () => number
  wait: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Ends one request. */
  deadline: () => AbortSignal
}

/** A request that was given up: RFC 8628 requires that the next one comes later. */
export class ProviderSilent extends InfrastructureError {}

/** Errors that only another profile helps against: exit code 2. The others are the provider's or the person's. */
const MISTAKES: readonly string[] = [
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'invalid_request',
  'unsupported_grant_type',
  'unsupported_response_type',
]

/** An identity provider as a client sees it. */
export class Provider {
  readonly metadata: ProviderMetadata
  readonly #source: TokenSource
  readonly #world: ProviderParts

  private constructor(metadata: ProviderMetadata, source: TokenSource, world: ProviderParts) {
    this.metadata = metadata
    this.#source = source
    this.#world = world
  }

  /**
   * Finds a provider by its issuer (OpenID Connect Discovery 1.0, section 4). Codes `ERR_OIDC_INSECURE`, `ERR_OIDC_DISCOVERY`,
   * `ERR_OIDC_ISSUER`, `ERR_SERVICE_…`, and those of the guard.
   */
  static async find(source: TokenSource, world: ProviderParts): Promise<Provider> {
    const url = metadataUrl(source.issuer)
    const { status, body } = await exchange(world, { method: 'GET', url, headers: {}, body: new Uint8Array() })
    if (status !== 200) {
      const words = readable(url, () => decodeOAuthError(body))?.description
      const why = words === undefined ? '' : `: ${safeText(words)}`
      throw new InfrastructureError('ERR_OIDC_DISCOVERY', `${url} was answered with HTTP ${status}${why}`)
    }
    const metadata = readable(url, () => decodeProviderMetadata(body))
    // Section 4.3: metadata that names another issuer is not believed.
    if (metadata.issuer !== source.issuer) {
      throw new UserError('ERR_OIDC_ISSUER', `${url} says that its issuer is ${safeText(metadata.issuer)}`, [
        `The profile has issuer: ${source.issuer}. They have to be the same, to the last slash`,
      ])
    }
    return new Provider(metadata, source, world)
  }

  /** Posts a form as the client, with its secret where it has one (RFC 6749, 2.3.1). */
  post(url: string, fields: Record<string, string | undefined>): Promise<HttpResponse> {
    const { clientId, clientSecret } = this.#source
    const form = new URLSearchParams({ client_id: clientId })
    const headers: Record<string, string> = {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    }
    if (clientSecret !== undefined) {
      const { secretMethods } = this.metadata
      if (secretMethods.includes('client_secret_basic') || !secretMethods.includes('client_secret_post')) {
        const pair = [clientId, clientSecret.reveal()].map(formEncoded).join(':')
        headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`
      } else form.set('client_secret', clientSecret.reveal())
    }
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value)
    const body = new TextEncoder().encode(form.toString())
    return exchange(this.#world, { method: 'POST', url, headers, body })
  }

  /** What to throw for an answer that is no success. */
  refusal(url: string, { status, body }: HttpResponse): Error {
    const error = readable(url, () => decodeOAuthError(body))
    if (error === undefined) {
      return new InfrastructureError('ERR_OIDC_ANSWER', `${url} was answered with HTTP ${status}`)
    }
    return refused(url, error)
  }
}

const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

/** A refusal by a provider, with its own word for it. */
export function refused(url: string, { error, description }: OAuthError): Error {
  const text = `${url} refuses: ${safeText(error)}${description === undefined ? '' : ` (${safeText(description)})`}`
  // Entra has its own word for it.
  if (error === 'access_denied' || error === 'authorization_declined')
    return new InfrastructureError('ERR_OIDC_DENIED', text)
  if (error === 'expired_token') return new InfrastructureError('ERR_OIDC_EXPIRED', text)
  if (!MISTAKES.includes(error)) return new InfrastructureError('ERR_OIDC_REFUSED', text)
  return new UserError('ERR_OIDC_REFUSED', text, ['Client, secret, scope and resource are in enrollment.token.oidc'])
}

/** Whether a URL of a provider may be used at all: TLS except on this machine (RFC 6749, 3.1 and 3.2), and the guard. */
export function checkUrl(url: string, hosts: ReadonlySet<string>): void {
  if (!URL.canParse(url))
    throw new InfrastructureError('ERR_OIDC_ANSWER', `the provider names ${safeText(url)}, no URL`)
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new UserError('ERR_OIDC_INSECURE', `${safeText(url)} has no TLS: no token is asked for there`)
  }
  refuseHost(hostname, hosts)
}

/** Reads an answer; one that cannot be read is the provider's doing. */
export function readable<Value>(url: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new InfrastructureError(
      'ERR_OIDC_ANSWER',
      `${url} cannot be read: ${safeText(error.message)} (${error.code})`,
    )
  }
}

async function exchange({ transport, hosts, deadline }: ProviderParts, request: HttpRequest): Promise<HttpResponse> {
  checkUrl(request.url, hosts)
  const signal = deadline()
  try {
    return await transport(request, {}, signal)
  } catch (error) {
    if (signal.aborted) {
      throw new ProviderSilent('ERR_SERVICE_SILENT', `${request.url} did not answer in time`, { cause: error })
    }
    if (!(error instanceof ConnectionTrouble)) throw error
    const hint = CONNECTION_HINTS[error.code]
    const text = `${request.url} cannot be reached: ${error.message} (${error.code})${hint ? `. ${hint}` : ''}`
    throw new InfrastructureError('ERR_SERVICE_UNREACHABLE', text, { cause: error })
  }
}
