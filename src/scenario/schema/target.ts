import * as v from 'valibot'
import { text } from './common.ts'

const url = v.pipe(text, v.regex(/^https?:\/\/[^\s/]+/, 'must be a URL that begins with https:// or http://'))
const host = v.pipe(text, v.regex(/^[a-z0-9.-]+$/, 'must be a host name in lower case, without port'))

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
  /** Files with PEM certificates, from the profile's folder on. */
  trust: v.optional(v.array(text), []),
})
