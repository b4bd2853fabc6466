import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Endpoints, endpointsAt } from '../domain/endpoints.ts'
import { plainHost } from '../domain/host-name.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { hostOf, hostsOf } from '../domain/target-hosts.ts'
import { UserError } from '../domain/trouble.ts'
import { refusalOf } from '../ports/target-guard.ts'
import { readTextFile } from './read-text-file.ts'
import { targetSchema } from './schema/target.ts'
import { clientCertificateOf, meansOf, type Reading } from './target-means.ts'
import { placeIn, readYaml, SIZE_MAX } from './yaml-file.ts'

/**
 * A target by URL or by the path of its profile. A URL that ends in `discovery.svc` is an MDM server alone; another one is an
 * `oobe serve`, with every service at that origin. Codes `ERR_TARGET`, `ERR_TARGET_PRODUCTION` and `ERR_TARGET_ADDRESS` (a profile that
 * names such a host), `ERR_NOT_READABLE`, and those of the file reader.
 *
 * @param trust Files with PEM certificates to trust besides the profile's own.
 */
export function loadTarget(name: string, trust: readonly string[] = []): Target {
  const more = trust.map((file) => readPem(file, file))
  if (/^https?:\/\//i.test(name)) {
    if (!URL.canParse(name)) throw new UserError('ERR_TARGET', 'the target begins like a URL, and is none')
    refuseCredentials(name)
    const endpoints = /discovery\.svc$/i.test(new URL(name).pathname) ? management(name) : endpointsAt(originOf(name))
    return { title: safeText(name), endpoints, hosts: [], trust: more }
  }
  const text = readProfile(name)
  const profile = readYaml(name, text, targetSchema)
  const { services, origin, enrollment, clientCertificate } = profile
  const reading = readingOf(name, text)
  if (origin === undefined && Object.keys(services).length === 0) {
    throw new UserError('ERR_TARGET', `${name} names no service: give "origin" or "services"`)
  }
  const oidc = enrollment?.token?.oidc
  refuseNoUrls(
    [
      { url: origin, path: ['origin'] },
      ...Object.entries(services).map(([service, url]) => ({ url, path: ['services', service] })),
      { url: oidc?.issuer, path: ['enrollment', 'token', 'oidc', 'issuer'] },
      { url: oidc?.redirectUri, path: ['enrollment', 'token', 'oidc', 'redirectUri'] },
    ],
    reading,
  )
  const hosts = profile.hosts.map((host, index) => listedHost(host, ['hosts', String(index)], reading))
  refuseNamed(
    [
      ...(origin === undefined ? [] : [{ host: hostOf(origin), path: ['origin'] }]),
      ...Object.entries(services).map(([service, url]) => ({ host: hostOf(url), path: ['services', service] })),
      ...hosts.map((host, index) => ({ host, path: ['hosts', String(index)] })),
      ...(oidc ? [{ host: hostOf(oidc.issuer), path: ['enrollment', 'token', 'oidc', 'issuer'] }] : []),
    ],
    reading,
  )
  return {
    title: safeText(profile.title),
    endpoints: {
      ...(origin === undefined ? {} : endpointsAt(originOf(origin))),
      ...(services.discovery === undefined ? {} : management(services.discovery)),
      ...services,
    },
    hosts,
    trust: [...profile.trust.map((file) => readPem(resolve(dirname(name), file), file)), ...more],
    ...(enrollment === undefined ? {} : meansOf(enrollment, reading)),
    ...(clientCertificate === undefined ? {} : { clientCertificate: clientCertificateOf(clientCertificate, reading) }),
  }
}

/** An error that is found only after the schema is met has its place all the same. */
function readingOf(name: string, text: string): Reading {
  const refuse: Reading['refuse'] = (path, message, code = 'ERR_TARGET') => {
    const { at, frame } = placeIn(name, text, path)
    throw new UserError(code, `${at}: ${message}`, frame)
  }
  return {
    refuse,
    read: (file, path) => {
      try {
        return readFileSync(resolve(dirname(name), file), 'utf8')
      } catch (error) {
        return refuse(path, `${file} cannot be read: ${(error as Error).message}`)
      }
    },
  }
}

/** A host of the list as URLs have it, so that they are found to be the same. */
function listedHost(host: string, path: string[], { refuse }: Reading): string {
  if (host.includes(':') && !URL.canParse(`https://[${host}]/`)) refuse(path, `${host} is no IPv6 address`)
  return plainHost(host)
}

/** What begins like a URL may be none for all that: a port of five digits, a bracket that stays open. */
function refuseNoUrls(named: readonly { url: string | undefined; path: string[] }[], { refuse }: Reading): void {
  for (const { url, path } of named) {
    if (url === undefined) continue
    if (!URL.canParse(url)) refuse(path, `${path.join('.')}: ${safeText(url)} is no URL`)
    const { username, password } = new URL(url)
    if (username !== '' || password !== '') refuse(path, `${path.join('.')} holds a user name or a password`)
  }
}

/** What would be refused whenever it is met is refused where it is written, before a person signs in for it. */
function refuseNamed(named: readonly { host: string; path: string[] }[], { refuse }: Reading): void {
  for (const { host, path } of named) {
    const refusal = refusalOf(host)
    if (refusal) refuse(path, refusal.message, refusal.code)
  }
}

/** An MDM is found by its discovery URL; the token for it is asked in the name of its origin. */
const management = (discovery: string): Pick<Endpoints, 'discovery' | 'managementResource'> => ({
  discovery,
  managementResource: `${originOf(discovery)}/`,
})

const originOf = (url: string): string => new URL(url).origin

/** How connections to a target are made. */
export const connectionTo = (target: Target) => ({
  hosts: hostsOf(target),
  trust: target.trust,
  clientCertificate: target.clientCertificate && {
    chain: target.clientCertificate.chain,
    key: target.clientCertificate.key.reveal(),
  },
})

/** They would be shown in every message and title, and no device sends them. */
function refuseCredentials(url: string): void {
  const { username, password } = new URL(url)
  if (username === '' && password === '') return
  throw new UserError('ERR_TARGET', 'the URL of the target holds a user name or a password: a device sends neither', [
    'Leave them out. What a device signs in with is in a target profile: see docs/targets.md',
  ])
}

function readProfile(path: string): string {
  try {
    return readTextFile(path, path, SIZE_MAX)
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'ERR_NOT_READABLE') throw error
    throw new UserError(error.code, error.message, ['A target is a URL or the path of a profile: see docs/targets.md'])
  }
}

function readText(path: string, hint: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${path} cannot be read: ${(error as Error).message}`, [hint])
  }
}

function readPem(path: string, shown: string): string {
  const pem = readText(path, 'An authority to trust is a file with its certificate in PEM')
  const begin = pem.indexOf('-----BEGIN CERTIFICATE-----')
  if (begin >= 0 && pem.includes('-----END CERTIFICATE-----', begin)) return pem
  throw new UserError('ERR_TARGET', `${shown} holds no certificate in PEM`)
}
