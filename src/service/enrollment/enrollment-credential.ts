import type { KeyObject } from 'node:crypto'
import type { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { DiscoverResponse } from '../../protocols/ms-mde2/discover.ts'
import { signMessage } from '../../protocols/soap/message-signature.ts'
import {
  certificateSecurityToken,
  jwtSecurityToken,
  type SecurityHeader,
  webSignInSecurityToken,
} from '../../protocols/soap/security.ts'
import type { Service } from '../service.ts'
import type { EnrollmentMeans } from './enrollment-means.ts'
import { signInOnWeb } from './web-sign-in.ts'

/** How the requests of one enrolment are authenticated: [MS-MDE2] 3.1.1. */
export type EnrollmentCredential =
  | { kind: 'token'; token: Secret }
  | { kind: 'webSignIn'; result: Secret }
  | { kind: 'password'; username: string; password: Secret }
  | { kind: 'certificate'; der: Uint8Array; key: KeyObject }

/**
 * What to authenticate with. With a token in hand the answer's `AuthPolicy` is of no account: a deployed service says
 * OnPremise and requires the token all the same. Without one it is followed, by a web page, a password or a certificate.
 */
export async function chooseCredential(
  service: Service,
  discovery: DiscoverResponse,
  means: EnrollmentMeans,
  signal?: AbortSignal,
): Promise<Result<EnrollmentCredential>> {
  const { token, password, certificate } = means
  if (token) return success({ kind: 'token', token })
  switch (discovery.authPolicy.toLowerCase()) {
    case 'onpremise':
      if (!password) return failure(CODE.enrollmentPasswordNeeded, 'the service requires a user name and a password')
      return success({ kind: 'password', ...password })
    case 'certificate':
      if (!certificate) {
        return failure(CODE.authenticationCertificateNotFound, 'the service requires a certificate')
      }
      return success({ kind: 'certificate', ...certificate })
    case 'federated': {
      const page = discovery.authenticationServiceUrl
      if (page === undefined || !password) {
        const text = page === undefined ? 'the service names no page to sign in on' : 'no person is there to sign in'
        return failure(CODE.webAuthenticationBroker, text)
      }
      const result = await signInOnWeb(service, { url: page, ...password }, signal)
      if (result.ok) return success({ kind: 'webSignIn', result: result.value })
      return failure(CODE.webAuthenticationBroker, result.trouble.text, page)
    }
    default:
      return failure(CODE.enrollmentAuthentication, `an unknown authentication policy, ${discovery.authPolicy}`)
  }
}

/**
 * A message under a credential.
 *
 * @param encode writes the message around a security header; asked twice where the whole of it is signed
 * @param now Unix milliseconds on the device
 */
export function authenticated(
  credential: EnrollmentCredential,
  now: number,
  encode: (security: SecurityHeader) => string,
): string {
  switch (credential.kind) {
    case 'token':
      return encode({ binarySecurityToken: jwtSecurityToken(credential.token.reveal()) })
    case 'webSignIn':
      return encode({ binarySecurityToken: webSignInSecurityToken(credential.result.reveal()) })
    case 'password':
      return encode({ usernameToken: { username: credential.username, password: credential.password.reveal() } })
    case 'certificate': {
      const security: SecurityHeader = {
        timestamp: { created: timeText(now), expires: timeText(now + VALIDITY_MS) },
        binarySecurityToken: certificateSecurityToken(credential.der),
      }
      return encode({ ...security, signature: signMessage(encode(security), credential.key) })
    }
  }
}

/** Five minutes, as in the samples. */
const VALIDITY_MS = 300_000

const timeText = (time: number): string => new Date(time).toISOString()
