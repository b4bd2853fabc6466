import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'
import { Secret } from '../domain/secret.ts'
import type { ClientCertificate, Target, TokenSource } from '../domain/target.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { encodeJwt } from '../protocols/jwt/jwt.ts'
import type { targetSchema } from './schema/target.ts'

type Enrollment = NonNullable<v.InferOutput<typeof targetSchema>['enrollment']>
type Token = NonNullable<Enrollment['token']>
type KeyPair = NonNullable<Enrollment['certificate']>
type Path = readonly string[]

/** A profile that is being read: what it names is found, and an error about it says its place. */
export interface Reading {
  /** Text of a file, from the profile's folder on. */
  read: (file: string, path: Path) => string
  /** @throws UserError always: `ERR_TARGET` or another code, with file, line and column */
  refuse: (path: Path, message: string, code?: string) => never
}

const WAYS = ['text', 'file', 'env'] as const

/** What a device enrols with, and what a person has to sign in for before that. */
export function meansOf(
  { token, password, certificate }: Enrollment,
  reading: Reading,
): Pick<Target, 'means' | 'signIn'> {
  const path = ['enrollment', 'token']
  if (token) one(token, [...WAYS, 'minted', 'oidc'], path, reading)
  const ready = token?.minted
    ? mint(token.minted, [...path, 'minted'], reading)
    : token && !token.oidc && tokenOf(token, path, reading)
  return {
    means: {
      ...(ready ? { token: ready } : {}),
      ...(password
        ? {
            password: {
              username: password.username,
              password: secretOf(password, ['enrollment', 'password'], reading),
            },
          }
        : {}),
      ...(certificate ? { certificate: messageCertificate(certificate, reading) } : {}),
    },
    ...(token?.oidc ? { signIn: tokenSource(token.oidc, [...path, 'oidc'], reading) } : {}),
  }
}

function one(given: object, ways: readonly string[], path: Path, { refuse }: Reading): void {
  const found = ways.filter((way) => Object.hasOwn(given, way))
  if (found.length === 1) return
  const which = found.length === 0 ? 'says none' : `says ${found.join(' and ')}`
  refuse([...path, ...found.slice(1, 2)], `${path.join('.')} ${which}: one of ${ways.join(', ')}`)
}

type Whereabouts = Partial<Record<(typeof WAYS)[number], string>>

function secretOf(given: Whereabouts, path: Path, reading: Reading): Secret {
  one(given, WAYS, path, reading)
  const { text, file, env } = given
  if (text !== undefined) return new Secret(text)
  const missing = (way: string, what: string) => reading.refuse([...path, way], `${path.join('.')} needs ${what}`)
  if (file !== undefined) {
    return new Secret(reading.read(file, [...path, 'file']).trim() || missing('file', `${file}, which is empty`))
  }
  const value = process.env[env!]
  const trouble = value === undefined ? 'not set' : 'empty'
  return new Secret(value || missing('env', `${env} from the environment, which is ${trouble}`))
}

/** What else is copied along with a token: the word before it in a header, the quotes around it, the end of a line. */
function tokenOf(given: Whereabouts, path: Path, reading: Reading): Secret {
  const token = secretOf(given, path, reading).reveal().trim()
  const way = WAYS.find((name) => Object.hasOwn(given, name))!
  const wrong = /^bearer\s/i.test(token)
    ? 'begins with the word Bearer'
    : /\s/.test(token)
      ? 'has white space in it'
      : /^["'].*["']$/.test(token)
        ? 'is in quotes'
        : undefined
  if (wrong) reading.refuse([...path, way], `${path.join('.')} ${wrong}: only the token itself is wanted`)
  return new Secret(token)
}

function tokenSource(
  { clientSecret, timeout, resource, audience, ...rest }: NonNullable<Token['oidc']>,
  path: Path,
  reading: Reading,
): TokenSource {
  const timeoutMs = parseDuration(timeout) ?? 0
  if (timeoutMs === 0) reading.refuse([...path, 'timeout'], `${path.join('.')}.timeout has to be more than 0s`)
  if (timeoutMs > TIMEOUT_MAX_MS) reading.refuse([...path, 'timeout'], `${path.join('.')}.timeout is more than a day`)
  return {
    ...rest,
    ...(resource === undefined ? {} : { resource }),
    ...(audience === undefined ? {} : { audience }),
    ...(clientSecret ? { clientSecret: secretOf(clientSecret, [...path, 'clientSecret'], reading) } : {}),
    timeoutMs,
  }
}

/** A timer of the platform holds 24 days, and no person waits a whole day. */
const TIMEOUT_MAX_MS = 86_400_000

/** A token that a server under test takes for that of its identity provider. */
function mint({ key, keyId, claims, lifetime }: NonNullable<Token['minted']>, path: Path, reading: Reading): Secret {
  const pem = reading.read(key, [...path, 'key'])
  const now = Math.floor(wallClock() / 1000)
  const times = { iat: now, nbf: now - 300, exp: now + Math.floor((parseDuration(lifetime) ?? 0) / 1000) }
  const signer = privateKey(pem, undefined, key, [...path, 'key'], reading)
  if (signer.asymmetricKeyType !== 'rsa') reading.refuse([...path, 'key'], `${key} is no RSA key: RS256 needs one`)
  return new Secret(encodeJwt({ ...times, ...claims }, signer, keyId))
}

/** A certificate that signs messages itself: RSA, because the signatures of [MS-MDE2] samples are. */
function messageCertificate(pair: KeyPair, reading: Reading): { der: Uint8Array; key: KeyObject } {
  const path = ['enrollment', 'certificate']
  const { certificate, key } = keyPair(pair, path, reading)
  if (key.asymmetricKeyType !== 'rsa')
    reading.refuse([...path, 'key'], `${pair.key} is no RSA key: messages are signed with one`)
  return { der: new Uint8Array(certificate.raw), key }
}

/** What TLS presents. */
export function clientCertificateOf(pair: KeyPair, reading: Reading): ClientCertificate {
  const { chain, key } = keyPair(pair, ['clientCertificate'], reading)
  return { chain, key: new Secret(key.export({ type: 'pkcs8', format: 'pem' }) as string) }
}

function keyPair(pair: KeyPair, path: Path, reading: Reading) {
  const chain = reading.read(pair.file, [...path, 'file'])
  const passphrase = pair.passphrase && secretOf(pair.passphrase, [...path, 'passphrase'], reading)
  const key = privateKey(reading.read(pair.key, [...path, 'key']), passphrase, pair.key, [...path, 'key'], reading)
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(chain)
  } catch {
    return reading.refuse([...path, 'file'], `${pair.file} holds no certificate in PEM`)
  }
  if (!certificate.checkPrivateKey(key)) {
    reading.refuse([...path, 'key'], `${pair.key} is not the key of ${pair.file}`)
  }
  return { chain, certificate, key }
}

function privateKey(
  pem: string,
  passphrase: Secret | undefined,
  file: string,
  path: Path,
  reading: Reading,
): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase ? { passphrase: passphrase.reveal() } : {}) })
  } catch {
    // The platform's own words are about its library.
    const help = /ENCRYPTED/.test(pem) ? (passphrase ? ' with that passphrase' : ' without its passphrase') : ' in PEM'
    return reading.refuse(path, `${file} holds no private key${help}`)
  }
}
