import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'
import { type Endpoints, endpointsAt } from '../domain/endpoints.ts'
import { Secret } from '../domain/secret.ts'
import type { Target } from '../domain/target.ts'
import { UserError } from '../domain/trouble.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { encodeJwt } from '../protocols/jwt/jwt.ts'
import { targetSchema } from './schema/target.ts'
import { readYaml } from './yaml-file.ts'

/**
 * A target by URL or by the path of its profile. A URL that ends in `discovery.svc` is an MDM server alone; another one is an
 * `oobe serve`, with every service at that origin. Codes `ERR_TARGET`, `ERR_NOT_READABLE`, and those of the file reader.
 *
 * @param trust Files with PEM certificates to trust besides the profile's own.
 */
export function loadTarget(name: string, trust: readonly string[] = []): Target {
  const more = trust.map((file) => readPem(file, file))
  if (/^https?:\/\//i.test(name)) {
    if (!URL.canParse(name)) throw new UserError('ERR_TARGET', `"${name}" is no URL`)
    const endpoints = /discovery\.svc$/i.test(new URL(name).pathname) ? management(name) : endpointsAt(originOf(name))
    return { title: name, endpoints, hosts: [], trust: more }
  }
  const profile = readYaml(name, readText(name), targetSchema)
  const { services, origin } = profile
  if (origin === undefined && Object.keys(services).length === 0) {
    throw new UserError('ERR_TARGET', `${name} names no service: give "origin" or "services"`)
  }
  const { enrollment } = profile
  return {
    title: profile.title,
    endpoints: {
      ...(origin === undefined ? {} : endpointsAt(originOf(origin))),
      ...(services.discovery === undefined ? {} : management(services.discovery)),
      ...services,
    },
    hosts: profile.hosts,
    trust: [...profile.trust.map((file) => readPem(resolve(dirname(name), file), file)), ...more],
    ...(enrollment === undefined ? {} : { means: meansOf(enrollment, name) }),
  }
}

type Enrollment = NonNullable<v.InferOutput<typeof targetSchema>['enrollment']>

function meansOf({ token, password }: Enrollment, profile: string): NonNullable<Target['means']> {
  const minted = token?.minted
  return {
    ...(token === undefined ? {} : { token: minted ? mint(minted, profile) : secretOf(token, profile, 'token') }),
    ...(password === undefined
      ? {}
      : { password: { username: password.username, password: secretOf(password, profile, 'password') } }),
  }
}

function secretOf(
  { text, file, env }: { text?: string; file?: string; env?: string },
  profile: string,
  what: string,
): Secret {
  if (text !== undefined) return new Secret(text)
  if (file !== undefined) return new Secret(readText(resolve(dirname(profile), file)).trim())
  const value = env === undefined ? undefined : process.env[env]
  if (value !== undefined) return new Secret(value)
  const missing =
    env === undefined ? 'says neither text nor file nor env' : `wants ${env} from the environment, which is not set`
  throw new UserError('ERR_TARGET', `${profile}: enrollment.${what} ${missing}`)
}

/** A token that a server under test takes for that of its identity provider. */
function mint(
  { key, keyId, claims, lifetime }: NonNullable<NonNullable<Enrollment['token']>['minted']>,
  profile: string,
): Secret {
  const pem = readText(resolve(dirname(profile), key))
  const now = Math.floor(wallClock() / 1000)
  const times = { iat: now, nbf: now - 300, exp: now + Math.floor((parseDuration(lifetime) ?? 0) / 1000) }
  try {
    return new Secret(encodeJwt({ ...times, ...claims }, createPrivateKey(pem), keyId))
  } catch (error) {
    throw new UserError('ERR_TARGET', `${key} is no RSA key that can sign: ${(error as Error).message}`)
  }
}

/** An MDM is found by its discovery URL; the token for it is asked in the name of its origin. */
const management = (discovery: string): Pick<Endpoints, 'discovery' | 'managementResource'> => ({
  discovery,
  managementResource: `${originOf(discovery)}/`,
})

const originOf = (url: string): string => new URL(url).origin

/** Hosts that a target may be spoken to at. */
export const hostsOf = ({ endpoints, hosts }: Target): Set<string> =>
  new Set([
    ...Object.values(endpoints).map((url) => new URL(url.replace('{authority}', 'authority')).hostname.toLowerCase()),
    ...hosts,
  ])

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${path} cannot be read: ${(error as Error).message}`, [
      'A target is a URL or the path of a profile: see docs/targets.md',
    ])
  }
}

function readPem(path: string, shown: string): string {
  const pem = readText(path)
  if (/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem)) return pem
  throw new UserError('ERR_TARGET', `${shown} holds no certificate in PEM`)
}
