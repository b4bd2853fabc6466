import * as v from 'valibot'
import { durationText, text } from './common.ts'

const url = v.pipe(text, v.regex(/^https?:\/\/[^\s/]+/, 'must be a URL that begins with https:// or http://'))
const host = v.pipe(text, v.regex(/^[a-z0-9.-]+$/, 'must be a host name in lower case, without port'))

/** Where a secret is: in the file itself, in another one, or in the environment. */
const secret = {
  text: v.exactOptional(text),
  file: v.exactOptional(text),
  env: v.exactOptional(text),
}

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
              claims: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
              lifetime: durationText('1h'),
            }),
          ),
        }),
      ),
      password: v.exactOptional(v.strictObject({ username: text, ...secret })),
    }),
  ),
  /** Files with PEM certificates, from the profile's folder on. */
  trust: v.optional(v.array(text), []),
})
