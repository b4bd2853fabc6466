import type { HttpRequest } from '../../domain/http.ts'
import type { ApplicationDefinition } from '../../domain/tenant.ts'
import type { Tenant } from '../tenant.ts'
import { Refusal } from './refusal.ts'

/**
 * Public applications of Microsoft that are in every tenant, and that scripts sign in with (Microsoft Learn, Verify first-party
 * Microsoft applications in sign-in reports; the last one is retired, and its scripts are about).
 */
const WELL_KNOWN: Record<string, string> = {
  '14d82eec-204b-4c2f-b7e8-296a70dab67e': 'Microsoft Graph Command Line Tools',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Microsoft Azure PowerShell',
  'd1ddf0e4-d672-4dae-b554-9d5bdfd93547': 'Microsoft Intune PowerShell',
}

/** Who asks for tokens. An application that the tenant's file does not have is taken for a public one without permissions. */
export interface Client {
  id: string
  /** Of the tenant's file. */
  application: ApplicationDefinition | undefined
  isWellKnown: boolean
  /** It has shown its secret. */
  isConfidential: boolean
}

const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

export const clientOf = (tenant: Tenant, id: string): Client => ({
  id,
  application: tenant.definition.applications.find((application) => sameId(application.id, id)),
  isWellKnown: Object.hasOwn(WELL_KNOWN, id.toLowerCase()),
  isConfidential: false,
})

export const unknownClient = (tenant: Tenant, id: string): Refusal =>
  new Refusal(
    'unauthorized_client',
    700016,
    `Application with identifier '${id.slice(0, 60)}' was not found in the directory '${tenant.definition.name}'.`,
  )

const wrongSecret = (id: string): Refusal =>
  new Refusal('invalid_client', 7000215, `Invalid client secret provided for the application '${id.slice(0, 60)}'.`)

interface Shown {
  id: string
  secret: string | undefined
}

/** `client_secret_basic` and `client_secret_post` (RFC 6749, 2.3.1): in the header both parts are form-encoded. */
function shownBy(request: HttpRequest, form: URLSearchParams): Shown | Refusal {
  const [id, secret] = [form.get('client_id') ?? '', form.get('client_secret') ?? undefined]
  const basic = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic === undefined) return { id, secret }
  const pair = Buffer.from(basic, 'base64').toString('utf8')
  const cut = pair.indexOf(':')
  if (cut < 0) return wrongSecret(id)
  try {
    const [name, password] = [pair.slice(0, cut), pair.slice(cut + 1)].map((part) =>
      decodeURIComponent(part.replaceAll('+', ' ')),
    ) as [string, string]
    const isOther = (id !== '' && !sameId(id, name)) || (secret !== undefined && secret !== password)
    if (!isOther) return { id: name, secret: password }
  } catch (error) {
    if (!(error instanceof URIError)) throw error
  }
  return new Refusal('invalid_request', 9002313, 'Invalid request: the header and the body name different clients.')
}

/**
 * Which application asks the token endpoint. One with a secret has to show it, unless it is a public one too.
 *
 * @param form of a request; its header may name the client instead
 */
export function authenticateClient(tenant: Tenant, request: HttpRequest, form: URLSearchParams): Client | Refusal {
  const shown = shownBy(request, form)
  if (shown instanceof Refusal) return shown
  const { id, secret } = shown
  if (id === '') {
    return new Refusal('invalid_request', 900144, "The request body must contain the following parameter: 'client_id'.")
  }
  if (form.has('client_assertion')) {
    return new Refusal(
      'invalid_client',
      700027,
      'The certificate that signed the client assertion is not registered on the application: applications of this tenant have secrets alone.',
    )
  }
  const client = clientOf(tenant, id)
  const { application } = client
  if (secret === undefined) {
    if (!application || application.isPublicClient) return client
    return new Refusal(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
  }
  if (!application) {
    if (!client.isWellKnown) return unknownClient(tenant, id)
    return new Refusal(
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    )
  }
  return application.secret === secret ? { ...client, isConfidential: true } : wrongSecret(id)
}
