import { decodeAnswer, flag, object, optional, optionalList, text } from '../json-answer.ts'

/** What a client needs of a provider's metadata (OpenID Connect Discovery 1.0, section 3; RFC 8414; RFC 8628, section 4). */
export interface ProviderMetadata {
  issuer: string
  tokenEndpoint: string
  authorizationEndpoint?: string
  deviceAuthorizationEndpoint?: string
  /** How a client may show its secret; `client_secret_basic` where the document is silent. */
  secretMethods: string[]
  /** The answer of the authorization endpoint names its issuer (RFC 9207). */
  namesIssuer: boolean
}

const CODE = 'ERR_OIDC_METADATA_MALFORMED'

/** Where the metadata of an issuer are (OpenID Connect Discovery 1.0, 4.1). */
export const metadataUrl = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

const METADATA = object({
  issuer: text,
  token_endpoint: text,
  authorization_endpoint: optional(text),
  device_authorization_endpoint: optional(text),
  token_endpoint_auth_methods_supported: optionalList(text),
  authorization_response_iss_parameter_supported: flag,
})

/** @throws DecodeError `ERR_OIDC_METADATA_MALFORMED` */
export function decodeProviderMetadata(body: Uint8Array): ProviderMetadata {
  const json = decodeAnswer(body, METADATA, CODE)
  const { authorization_endpoint: authorizationEndpoint } = json
  const { device_authorization_endpoint: deviceAuthorizationEndpoint } = json
  return {
    issuer: json.issuer,
    tokenEndpoint: json.token_endpoint,
    ...(authorizationEndpoint === undefined ? {} : { authorizationEndpoint }),
    ...(deviceAuthorizationEndpoint === undefined ? {} : { deviceAuthorizationEndpoint }),
    secretMethods: json.token_endpoint_auth_methods_supported ?? ['client_secret_basic'],
    namesIssuer: json.authorization_response_iss_parameter_supported,
  }
}
