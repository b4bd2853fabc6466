import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Endpoints, endpointsAt } from '../domain/endpoints.ts'
import type { Target } from '../domain/target.ts'
import { UserError } from '../domain/trouble.ts'
import { targetSchema } from './schema/target.ts'
import { clientCertificateOf, meansOf, type Reading } from './target-means.ts'
import { placeIn, readYaml } from './yaml-file.ts'

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
  const text = readText(name)
  const profile = readYaml(name, text, targetSchema)
  const { services, origin, enrollment, clientCertificate } = profile
  const reading = readingOf(name, text)
  if (origin === undefined && Object.keys(services).length === 0) {
    throw new UserError('ERR_TARGET', `${name} names no service: give "origin" or "services"`)
  }
  return {
    title: profile.title,
    endpoints: {
      ...(origin === undefined ? {} : endpointsAt(originOf(origin))),
      ...(services.discovery === undefined ? {} : management(services.discovery)),
      ...services,
    },
    hosts: profile.hosts,
    trust: [...profile.trust.map((file) => readPem(resolve(dirname(name), file), file)), ...more],
    ...(enrollment === undefined ? {} : meansOf(enrollment, reading)),
    ...(clientCertificate === undefined ? {} : { clientCertificate: clientCertificateOf(clientCertificate, reading) }),
  }
}

/** What only shows once the schema is met is told with its place all the same. */
function readingOf(name: string, text: string): Reading {
  const refuse: Reading['refuse'] = (path, message) => {
    const { at, frame } = placeIn(name, text, path)
    throw new UserError('ERR_TARGET', `${at}: ${message}`, frame)
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

/** An MDM is found by its discovery URL; the token for it is asked in the name of its origin. */
const management = (discovery: string): Pick<Endpoints, 'discovery' | 'managementResource'> => ({
  discovery,
  managementResource: `${originOf(discovery)}/`,
})

const originOf = (url: string): string => new URL(url).origin

/** Hosts that a target may be spoken to at. */
export const hostsOf = ({ endpoints, hosts, signIn }: Target): Set<string> =>
  new Set([
    ...[...Object.values(endpoints), ...(signIn ? [signIn.issuer] : [])].map((url) =>
      new URL(url.replace('{authority}', 'authority')).hostname.toLowerCase(),
    ),
    ...hosts,
  ])

/** How connections to a target are made. */
export const connectionTo = (target: Target) => ({
  hosts: hostsOf(target),
  trust: target.trust,
  clientCertificate: target.clientCertificate && {
    chain: target.clientCertificate.chain,
    key: target.clientCertificate.key.reveal(),
  },
})

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
