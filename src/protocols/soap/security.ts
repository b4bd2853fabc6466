import { DecodeError } from '../../domain/trouble.ts'
import { decodeBase64, encodeBase64 } from '../xml/base64.ts'
import { attribute, child, filledTextOf, textOf, type XmlElement } from '../xml/element.ts'
import { compact } from '../xml/schema-values.ts'
import { element, leaf, type Xml } from '../xml/write.ts'
import {
  BASE64_BINARY,
  JWT_TOKEN_TYPE,
  PASSWORD_TEXT,
  USER_TOKEN_TYPE,
  WS_UTILITY,
  WSSE,
  X509_TOKEN_TYPE,
} from './namespaces.ts'

/** WS-Security 1.0, section 6.3. */
export interface BinarySecurityToken {
  valueType: string
  encodingType: string
  /** As on the wire, which is base64 in every message of the enrolment. */
  value: string
}

/** The `wsse:Security` header: who asks ([MS-MDE2] 3.3.1.2), and in answers how long they hold. */
export interface SecurityHeader {
  binarySecurityToken?: BinarySecurityToken
  /** Authentication policy OnPremise. */
  usernameToken?: { username: string; password: string }
  /** Times as xs:dateTime: in answers to a certificate request, and in requests that a certificate signs. */
  timestamp?: { created: string; expires: string }
  /** Of the whole message; see `signMessage`. Written only: `isSignedBy` reads it from the message. */
  signature?: Xml
}

/** The constant that Windows uses for the UsernameToken. */
const USERNAME_TOKEN_ID = 'uuid-cc1ccc1f-2fba-4bcf-b063-ffc0cac77917-4'

/** What the signature of a message names its certificate by. */
export const X509_TOKEN_ID = 'mytoken'

/** A certificate as header token: authentication policy Certificate. */
export const certificateSecurityToken = (der: Uint8Array): BinarySecurityToken => ({
  valueType: X509_TOKEN_TYPE,
  encodingType: BASE64_BINARY,
  value: encodeBase64(der),
})

/** The opaque result of a web sign-in as header token: authentication policy Federated. */
export const webSignInSecurityToken = (result: string): BinarySecurityToken => ({
  valueType: USER_TOKEN_TYPE,
  encodingType: BASE64_BINARY,
  value: encodeBase64(result),
})

/** An Entra token as header token: base64 of the compact text, so its payload is encoded twice. */
export const jwtSecurityToken = (jwt: string): BinarySecurityToken => ({
  valueType: JWT_TOKEN_TYPE,
  encodingType: BASE64_BINARY,
  value: encodeBase64(jwt),
})

/**
 * The text inside a header token: a compact JWT, or the opaque `wresult` of a web sign-in.
 *
 * @throws DecodeError `ERR_SOAP_TOKEN_MALFORMED` when it is not base64 of UTF-8.
 */
export function textOfSecurityToken(token: BinarySecurityToken): string {
  const bytes = decodeBase64(token.value, 'ERR_SOAP_TOKEN_MALFORMED', 'BinarySecurityToken')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DecodeError('ERR_SOAP_TOKEN_MALFORMED', 'BinarySecurityToken does not hold UTF-8', { cause })
  }
}

/** The token element, in the attribute order that real servers match on. */
export const encodeBinarySecurityToken = (
  token: BinarySecurityToken,
  name = 'wsse:BinarySecurityToken',
  xmlns?: string,
): Xml =>
  leaf(name, token.value, {
    xmlns,
    ...(token.valueType === X509_TOKEN_TYPE ? { 'xmlns:u': WS_UTILITY, 'u:Id': X509_TOKEN_ID } : {}),
    ValueType: token.valueType,
    EncodingType: token.encodingType,
  })

export const decodeBinarySecurityToken = (token: XmlElement): BinarySecurityToken => ({
  valueType: attribute(token, 'ValueType') ?? '',
  encodingType: attribute(token, 'EncodingType') ?? '',
  value: token.text.trim(),
})

/** The header element; a header with nothing but a timestamp is an answer's and has the answer's prefix `o`. */
export function encodeSecurity(security: SecurityHeader): Xml {
  const { binarySecurityToken, usernameToken, timestamp, signature } = security
  const prefix = timestamp && !binarySecurityToken ? 'o' : 'wsse'
  return element(
    `${prefix}:Security`,
    // Only the answer declares its own: a request has `wsse` on the envelope.
    { 's:mustUnderstand': '1', 'xmlns:o': prefix === 'o' ? WSSE : undefined },
    timestamp &&
      element(
        'u:Timestamp',
        { 'xmlns:u': WS_UTILITY, 'u:Id': '_0' },
        leaf('u:Created', timestamp.created),
        leaf('u:Expires', timestamp.expires),
      ),
    usernameToken &&
      element(
        `${prefix}:UsernameToken`,
        { 'u:Id': USERNAME_TOKEN_ID },
        leaf(`${prefix}:Username`, usernameToken.username),
        leaf(`${prefix}:Password`, usernameToken.password, { [`${prefix}:Type`]: PASSWORD_TEXT }),
      ),
    binarySecurityToken && encodeBinarySecurityToken(binarySecurityToken, `${prefix}:BinarySecurityToken`),
    signature,
  )
}

/** Whatever of the header is there; a token of a kind that this does not know is left out. */
export function decodeSecurity(security: XmlElement): SecurityHeader {
  const token = child(security, 'BinarySecurityToken')
  const user = child(security, 'UsernameToken')
  const created = filledTextOf(security, 'Timestamp', 'Created')
  const expires = filledTextOf(security, 'Timestamp', 'Expires')
  return compact({
    binarySecurityToken: token && decodeBinarySecurityToken(token),
    usernameToken: user && { username: textOf(user, 'Username') ?? '', password: child(user, 'Password')?.text ?? '' },
    timestamp: created !== undefined && expires !== undefined ? { created, expires } : undefined,
  })
}
