import * as v from 'valibot'
import { durationText, text } from './common.ts'

const url = v.pipe(text, v.regex(/^https?:\/\/[^\s/]+/, 'must be a URL that begins with https:// or http://'))
const host = v.pipe(
  text,
  v.regex(/^([a-z0-9.-]+|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*)$/, 'must be a host name in lower case, without port'),
)

/** Where a secret is: in the file itself, in another one, or in the environment. */
const secret = {
  text: v.exactOptional(text),
  file: v.exactOptional(text),
  env: v.exactOptional(text),
}

/** Loopback, as RFC 8252 requires it of programs: no other machine gets the code. */
const redirectUri = v.pipe(
  text,
  v.regex(
    /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?(\/[^\s?#]*)?$/,
    'must be on this machine, such as http://127.0.0.1/ (with a port, where the provider compares it)',
  ),
)

/** A certificate with its key, PEM files. The chain may follow the certificate. */
const keyPair = v.strictObject({ file: text, key: text, passphrase: v.exactOptional(v.strictObject(secret)) })

/** A target profile: which services of a device are real. */
export const targetSchema = v.strictObject({
  title: text,
  /** All of them at one origin: an `oobe serve`. */
  origin: v.exactOptional(url),
  services: v.optional(
    v.strictObject({
      connectivity: v.exactOptional(url),
      deployment: v.exactOptional(url),
      login: v.exactOptional(url),
      registration: v.exactOptional(url),
      discovery: v.exactOptional(url),
      updates: v.exactOptional(url),
      attestation: v.exactOptional(url),
      managementResource: v.exactOptional(url),
    }),
    {},
  ),
  hosts: v.optional(v.array(host), []),
  /** What the device enrols with, instead of a token of the mocked Entra. */
  enrollment: v.exactOptional(
    v.strictObject({
      token: v.exactOptional(
        v.strictObject({
          ...secret,
          /** A JWT of our own making, RS256. */
          minted: v.exactOptional(
            v.strictObject({
              key: text,
              keyId: v.optional(text, 'oobe-sim'),
              claims: v.record(
                v.string(),
                v.union([
                  v.string(),
                  v.pipe(v.number(), v.finite('must be a number with an end')),
                  v.boolean(),
                  v.array(v.string()),
                ]),
              ),
              lifetime: durationText('1h'),
            }),
          ),
          /** A person signs in at an identity provider before the run. */
          oidc: v.exactOptional(
            v.strictObject({
              issuer: url,
              flow: v.picklist(['code', 'device']),
              clientId: text,
              clientSecret: v.exactOptional(v.strictObject(secret)),
              scope: v.optional(text, 'openid'),
              resource: v.exactOptional(text),
              audience: v.exactOptional(text),
              redirectUri: v.optional(redirectUri, 'http://127.0.0.1/'),
              use: v.optional(v.picklist(['accessToken', 'idToken']), 'accessToken'),
              timeout: durationText('10m'),
            }),
          ),
        }),
      ),
      password: v.exactOptional(v.strictObject({ username: text, ...secret })),
      /** For the policy Certificate. */
      certificate: v.exactOptional(keyPair),
    }),
  ),
  /** What TLS presents to servers that ask, as long as the device has no certificate of theirs. */
  clientCertificate: v.exactOptional(keyPair),
  /** Files with PEM certificates, from the profile's folder on. */
  trust: v.optional(v.array(text), []),
})
