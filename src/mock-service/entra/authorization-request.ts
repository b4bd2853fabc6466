import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import type { Tenant } from '../tenant.ts'
import type { AnswerTarget, ResponseMode } from './authorization-answer.ts'
import { type Client, clientOf } from './clients.ts'
import { isRedirectUriOf } from './redirect-uri.ts'
import { missing, Refusal } from './refusal.ts'
import { type Wanted, wantedOf } from './scopes.ts'

/** An authorization request (OpenID Connect Core 1.0, 3.1.2.1; PKCE by RFC 7636). */
export interface AuthorizationRequest {
  client: Client
  target: AnswerTarget
  hasCode: boolean
  hasIdToken: boolean
  nonce: string | undefined
  scope: string
  resource: string | undefined
  wanted: Wanted
  /** Empty where the client sent none. */
  codeChallenge: string
  codeChallengeMethod: 'S256' | 'plain'
  version: 1 | 2
  /** `amr_values=ngcmfa`: Windows Hello asks for a second proof, whatever the policies say. */
  asksForProof: boolean
}

/** A request that cannot be answered: to the client where it is known where that is, and else to the person. */
export interface Unanswerable {
  refusal: Refusal
  target: AnswerTarget | undefined
}

/** Marks in the context of a sign-in page that it was asked for at an endpoint of version 1. */
export const FIRST_VERSION = 'oobe-sim-version'

const MODES: readonly string[] = ['query', 'fragment', 'form_post']
const PROMPTS = ['login', 'none', 'consent', 'select_account', 'admin_consent', 'create']

const invalid = (number: AadstsNumber, text: string) => new Refusal('invalid_request', number, text)

export function readAuthorization(tenant: Tenant, query: URLSearchParams): AuthorizationRequest | Unanswerable {
  const toPerson = (refusal: Refusal): Unanswerable => ({ refusal, target: undefined })
  const twice = duplicateIn(query)
  if (twice) return toPerson(twice)
  for (const name of ['client_id', 'redirect_uri']) if (!query.get(name)) return toPerson(missing(name))
  const [clientId, redirectUri] = [query.get('client_id')!, query.get('redirect_uri')!]
  const client = clientOf(tenant, clientId)
  if (!isRedirectUriOf(tenant, client, redirectUri)) {
    const text = `The redirect URI '${redirectUri.slice(0, 200)}' specified in the request does not match the redirect URIs configured for the application '${clientId.slice(0, 60)}'.`
    return toPerson(invalid(50011, text))
  }
  const types = (query.get('response_type') ?? '').split(' ').filter((type) => type !== '')
  const [hasCode, hasIdToken] = [types.includes('code'), types.includes('id_token')]
  const mode = query.get('response_mode') ?? (hasIdToken ? 'fragment' : 'query')
  const isKnown = MODES.includes(mode) && !(hasIdToken && mode === 'query')
  const target: AnswerTarget = {
    redirectUri,
    responseMode: isKnown ? (mode as ResponseMode) : hasIdToken ? 'fragment' : 'query',
    state: query.get('state') ?? undefined,
  }
  const toClient = (refusal: Refusal): Unanswerable => ({ refusal, target })
  if (types.length === 0) return toClient(missing('response_type'))
  const other = types.find((type) => type !== 'code' && type !== 'id_token')
  if (other !== undefined) {
    const text = `response_type '${other.slice(0, 40)}' is not enabled for the application.`
    return toClient(new Refusal('unsupported_response_type', 700051, text))
  }
  if (!isKnown) {
    const text = `'${mode.slice(0, 40)}' is not a supported value of 'response_mode' when requesting '${types.join(' ')}'.`
    return toClient(invalid(70007, text))
  }
  const version = query.has(FIRST_VERSION) ? 1 : 2
  const [scope, nonce] = [query.get('scope') ?? '', query.get('nonce') ?? undefined]
  const resource = query.get('resource') ?? undefined
  if (scope.trim() === '' && version === 2) return toClient(missing('scope'))
  if (hasIdToken && !nonce) return toClient(missing('nonce'))
  if (hasIdToken && version === 2 && !scope.split(' ').includes('openid')) {
    const text =
      "The provided value for the input parameter 'scope' is not valid. Scope 'openid' is required for an ID token."
    return toClient(new Refusal('invalid_scope', 70011, text))
  }
  const wanted = wantedOf(tenant, { scope, resource, version }, true)
  if (wanted instanceof Refusal) return toClient(wanted)
  const proof = readChallenge(query)
  if (proof instanceof Refusal) return toClient(proof)
  const prompt = query.get('prompt') ?? 'login'
  const odd = prompt.split(' ').find((one) => !PROMPTS.includes(one))
  if (odd !== undefined) return toClient(invalid(90023, `The prompt '${odd.slice(0, 40)}' is not supported.`))
  if (prompt === 'none') {
    // The pages of the mock have no cookies: each sign-in is the first one.
    const text = 'A silent sign-in request was sent but no user is signed in.'
    return toClient(new Refusal('login_required', 50058, text))
  }
  const asksForProof = (query.get('amr_values') ?? '').split(' ').includes('ngcmfa')
  return { client, target, hasCode, hasIdToken, nonce, scope, resource, wanted, ...proof, version, asksForProof }
}

/** RFC 6749, 3.1 and 3.2: a parameter is there once. */
export function duplicateIn(parameters: URLSearchParams): Refusal | undefined {
  const names = [...parameters.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return undefined
  return invalid(9000411, `The request is not properly formatted. The parameter '${twice.slice(0, 40)}' is duplicated.`)
}

/** RFC 7636, 4.3: `plain` where no method is named, as at Entra. */
function readChallenge(
  query: URLSearchParams,
): Pick<AuthorizationRequest, 'codeChallenge' | 'codeChallengeMethod'> | Refusal {
  const codeChallenge = query.get('code_challenge') ?? ''
  const method = query.get('code_challenge_method') ?? 'plain'
  if (codeChallenge === '') {
    return query.has('code_challenge_method')
      ? missing('code_challenge')
      : { codeChallenge, codeChallengeMethod: 'S256' }
  }
  if (method !== 'S256' && method !== 'plain') {
    return invalid(501491, `The code_challenge_method '${method.slice(0, 40)}' is not supported.`)
  }
  const shape = method === 'S256' ? /^[\w-]{43}$/ : /^[\w.~-]{43,128}$/
  if (!shape.test(codeChallenge)) return invalid(501491, 'Invalid size of Code_Challenge parameter.')
  return { codeChallenge, codeChallengeMethod: method }
}
