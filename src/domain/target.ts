import type { KeyObject } from 'node:crypto'
import type { Endpoints } from './endpoints.ts'
import type { Secret } from './secret.ts'

/** A real service that a device is pointed at. What it does not name stays with the mock in this process. */
export interface Target {
  title: string
  endpoints: Partial<Endpoints>
  /** Hosts that its answers may lead to, besides those of the endpoints. Lower case, without ports. */
  hosts: string[]
  /** PEM of authorities to trust. */
  trust: string[]
  /** What the device enrols with, instead of a token of the mocked Entra. */
  means?: {
    token?: Secret
    password?: { username: string; password: Secret }
    /** DER, and its key: for the policy Certificate. */
    certificate?: { der: Uint8Array; key: KeyObject }
  }
  /** Where that token comes from when a person has to sign in for it: asked once, before the run. */
  signIn?: TokenSource
  /** What TLS presents to servers that ask for a certificate, as long as the device has none of theirs. */
  clientCertificate?: ClientCertificate
}

/** PEM: the certificate, with what is between it and its root, and the key. */
export interface ClientCertificate {
  chain: string
  key: Secret
}

/** An identity provider, and what is wanted of it. */
export interface TokenSource {
  /** `code`: authorization code with PKCE, on this machine's browser. `device`: RFC 8628, on any other. */
  flow: 'code' | 'device'
  issuer: string
  clientId: string
  clientSecret?: Secret
  scope: string
  /** RFC 8707. */
  resource?: string
  /** What some providers have in place of `resource`. */
  audience?: string
  /** Loopback (RFC 8252, 7.3). Without a port a free one is taken. */
  redirectUri: string
  /** Which of the tokens is shown to the MDM server. */
  use: 'accessToken' | 'idToken'
  /** Real milliseconds that a person has. */
  timeoutMs: number
}
