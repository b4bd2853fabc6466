import { execFileSync } from 'node:child_process'
import { createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo, LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { CertificateAuthority } from '../../src/mock-service/certificate-authority.ts'
import { freshRsaKey } from '../../src/ports/fresh-keys.ts'
import type { Authorities, Caller } from '../../src/ports/http.ts'
import { type Exchange, type Listening, listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { createCertificate } from '../../src/protocols/x509/certificate.ts'
import {
  basicConstraints,
  EXTENDED_KEY_USAGE,
  type Extension,
  extendedKeyUsage,
  keyUsage,
} from '../../src/protocols/x509/extensions.ts'
import { serverNames } from '../../src/protocols/x509/server-names.ts'
import { isWithout } from '../without.ts'

const NOW = Date.now()
const ca = createDevelopmentCa(NOW)
const OK: HttpResponse = { status: 200, headers: { 'content-length': '2' }, body: new TextEncoder().encode('ok') }

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

interface Scene {
  handle?: (request: HttpRequest, peer: Peer) => HttpResponse
  isPlain?: boolean
  isTrusted?: boolean
  issuedBy?: typeof ca
  tls?: { key: string; certificate: string }
  at?: number
  hosts?: string[]
  lookup?: LookupFunction
  trustedProxies?: string[]
  keyOf?: () => KeyObject | undefined
  clientCertificate?: { chain: string; key: string }
}

async function scene({ handle = () => OK, isPlain, isTrusted = true, issuedBy = ca, at = NOW, ...rest }: Scene = {}) {
  const exchanges: Exchange[] = []
  const listening: Listening = await listen(handle, {
    port: 0,
    ...(isPlain ? {} : { tls: rest.tls ?? createServerCertificate(issuedBy, at) }),
    ...(rest.trustedProxies ? { trustedProxies: rest.trustedProxies } : {}),
    onExchange: (exchange) => exchanges.push(exchange),
  })
  const transport = targetTransport({
    hosts: new Set(rest.hosts ?? []),
    trust: isTrusted ? [ca.certificate] : [],
    keyOf: rest.keyOf ?? (() => undefined),
    ...(rest.lookup ? { lookup: rest.lookup } : {}),
    clientCertificate: rest.clientCertificate,
  })
  open.push(listening, transport)
  const ask = (path = '/x', changes: Partial<HttpRequest> = {}, peer: Caller = {}, host = 'localhost') =>
    transport(
      {
        method: 'GET',
        url: `${isPlain ? 'http' : 'https'}://${host}:${listening.port}${path}`,
        headers: {},
        body: new Uint8Array(),
        ...changes,
      },
      peer,
      new AbortController().signal,
    )
  return { ask, exchanges, listening }
}

const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'an answer',
    (error: { code: string }) => error.code,
  )
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?!$)/g, '$&\n')}\n-----END CERTIFICATE-----\n`
const pemOf = ({ key, certificate }: { key: string; certificate: string }) => ({ key, cert: certificate })

/** The bit is counted from the end where the place is negative. */
function flipped(der: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(der)
  const index = place < 0 ? der.length + place : place
  copy[index] = copy[index]! ^ 1
  return copy
}

/** A root, an intermediate below it, a server's certificate below that, and whatever else it is to issue. */
function privateChain(owner = 'Private') {
  const keys = [freshRsaKey(), freshRsaKey(), freshRsaKey()] as const
  const spki = (key: KeyObject) => new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const names = [`${owner} root`, `${owner} issuing CA`, 'localhost'].map((value) => [{ type: 'CN' as const, value }])
  let serial = 1
  const make = (subject: (typeof names)[0], key: KeyObject, issuer: 0 | 1, extensions: Extension[]) =>
    createCertificate({
      serial: Uint8Array.of(serial++),
      issuer: names[issuer]!,
      subject,
      notBefore: new Date(NOW - 86_400_000),
      notAfter: new Date(NOW + 86_400_000),
      spki: spki(key),
      sign: (tbs) => new Uint8Array(sign('sha256', tbs, keys[issuer])),
      extensions,
    })
  const authority = [basicConstraints({ ca: true }), keyUsage('keyCertSign')]
  const server = make(names[2]!, keys[2], 1, [serverNames(['localhost'], ['127.0.0.1'])])
  return {
    root: make(names[0]!, keys[0], 0, authority),
    intermediate: make(names[1]!, keys[1], 0, authority),
    server: { key: keys[2].export({ type: 'pkcs8', format: 'pem' }) as string, certificate: pem(server) },
    issue: (key: KeyObject) =>
      make([{ type: 'CN', value: 'device' }], key, 1, [extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth)]),
  }
}

const leadsTo =
  (address: string): LookupFunction =>
  (_, options, done) =>
    options.all ? done(null, [{ address, family: 4 }] as never) : done(null, address, 4)

describe('a request to a real service', () => {
  test('carries method, path, headers and body there, and status, headers and body back', async () => {
    const seen: HttpRequest[] = []
    const { ask } = await scene({
      handle: (request) => {
        seen.push(request)
        return { status: 418, headers: { 'x-kind': 'teapot' }, body: new Uint8Array([1, 2, 255]) }
      },
    })
    const body = new Uint8Array([0, 200, 13])
    const answer = await ask('/a?b=c', { method: 'POST', headers: { 'content-type': 'a/b' }, body })
    expect(answer).toMatchObject({ status: 418, headers: { 'x-kind': 'teapot' }, body: new Uint8Array([1, 2, 255]) })
    expect(seen[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'a/b' }, body })
    expect(new URL(seen[0]!.url)).toMatchObject({ pathname: '/a', search: '?b=c' })
  })

  test('shows the certificate that the device has the key of, and another over a separate connection', async () => {
    const key = derivedKeys.rsa2048('test', 'client')
    const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    const certificate = new CertificateAuthority('x', key).issue([{ type: 'CN', value: 'device' }], spki, NOW)
    const peers: (Uint8Array | undefined)[] = []
    const handle = (_: HttpRequest, peer: Peer) => {
      peers.push(peer.certificate)
      return OK
    }
    const { ask } = await scene({ handle, keyOf: () => key })
    await ask()
    await ask('/y', {}, { certificate })
    await ask('/z', { headers: { 'client-cert': `:${Buffer.from(certificate).toString('base64')}:` } })
    expect(peers).toEqual([undefined, certificate, undefined])
  })

  test('shows the certificate of a profile where the device has no own certificate', async () => {
    const key = derivedKeys.rsa2048('test', 'client')
    const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    const issuer = new CertificateAuthority('x', key)
    const [given, own] = ['given', 'own'].map((value) => issuer.issue([{ type: 'CN', value }], spki, NOW))
    const chain = new X509Certificate(given!).toString()
    const peers: (Uint8Array | undefined)[] = []
    const { ask } = await scene({
      handle: (_, peer) => {
        peers.push(peer.certificate)
        return OK
      },
      keyOf: () => key,
      clientCertificate: { chain, key: key.export({ type: 'pkcs8', format: 'pem' }) as string },
    })
    await ask()
    await ask('/y', {}, { certificate: own! })
    expect(peers).toEqual([given, own])
  })

  test.each<[string, Scene, string]>([
    ['an authority that is not trusted', { isTrusted: false }, '0x80072f0d'],
    ['another authority of the same name', { issuedBy: createDevelopmentCa(NOW) }, '0x80072f0d'],
    ['a certificate that is not valid any more', { at: NOW - 500 * 86_400_000 }, '0x80072f05'],
    [
      'a name that leads to a link-local address',
      { hosts: ['mdm.example'], lookup: leadsTo('169.254.169.254') },
      'ERR_TARGET_ADDRESS',
    ],
    ['a certificate for another name', { hosts: ['mdm.example'], lookup: leadsTo('127.0.0.1') }, '0x80072f06'],
    ['a host that no profile names', { lookup: leadsTo('127.0.0.1') }, 'ERR_TARGET_FOREIGN'],
  ])('ends with the code for %s', async (_, options, code) => {
    const { ask, exchanges } = await scene(options)
    const host = options.lookup ? 'mdm.example' : 'localhost'
    expect(
      await codeOf(
        new Promise(
          (done, fail) =>
            void Promise.resolve()
              .then(() => ask('/x', {}, {}, host))
              .then(done, fail),
        ),
      ),
    ).toBe(code)
    expect(exchanges).toEqual([])
  })

  test('checks certificates also where the environment switches that off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { ask, exchanges } = await scene({ isTrusted: false })
    expect(await codeOf(ask())).toBe('0x80072f0d')
    expect(exchanges).toEqual([])
    expect(await codeOf((await scene()).ask())).toBe('an answer')
  })

  test('ends with the code for localhost that leads elsewhere, a closed port, and an unknown name', async () => {
    const { ask } = await scene({ lookup: leadsTo('10.1.2.3') })
    expect(await codeOf(ask())).toBe('ERR_TARGET_ADDRESS')
    const closed = await scene()
    await closed.listening.close()
    expect(await codeOf(closed.ask())).toBe('0x80072efd')
    const unknown: LookupFunction = (name, _, done) =>
      done(Object.assign(new Error(name), { code: 'ENOTFOUND' }), '', 4)
    const nameless = await scene({ hosts: ['mdm.example'], lookup: unknown })
    expect(await codeOf(nameless.ask('/x', {}, {}, 'mdm.example'))).toBe('0x80072ee7')
  })
})

describe('what enrolment put into the certificate stores', () => {
  const chain = privateChain()
  const withChain = (issuer: typeof chain.server) => scene({ isTrusted: false, tls: issuer })
  const { root, intermediate } = chain

  test.each<[string, string, Authorities | undefined]>([
    ['nothing', '0x80072f0d', undefined],
    ['the root alone', '0x80072f0d', { roots: [root], intermediates: [] }],
    ['the intermediate alone', '0x80072f0d', { roots: [], intermediates: [intermediate] }],
    ['both', 'an answer', { roots: [root], intermediates: [intermediate] }],
    ['both, and what cannot be read', 'an answer', { roots: [root, flipped(root, 4)], intermediates: [intermediate] }],
    // What is in the store Root is believed without its signature: the bit is one of its key.
    ['a root with one bit flipped', '0x80072f8f', { roots: [flipped(root, 300)], intermediates: [intermediate] }],
    [
      'an intermediate with one bit flipped',
      '0x80072f8f',
      { roots: [root], intermediates: [flipped(intermediate, -9)] },
    ],
  ])('a server that sends its own certificate only, with %s: %s [point 23]', async (_, result, authorities) => {
    const { ask } = await withChain(chain.server)
    expect(await codeOf(ask('/x', {}, authorities ? { authorities } : {}))).toBe(result)
  })

  test('the device sends its own intermediates, for a server that knows the root alone [point 23]', async () => {
    const key = derivedKeys.rsa2048('test', 'client')
    const certificate = chain.issue(key)
    const sent: (string | undefined)[][] = []
    const listening = createServer(
      { ...pemOf(chain.server), requestCert: true, rejectUnauthorized: true, ca: pem(root) },
      (message, answer) => {
        const peer = (message.socket as TLSSocket).getPeerCertificate(true)
        sent.push([peer.subject.CN as string, peer.issuerCertificate?.subject.CN as string])
        answer.end()
      },
    )
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
    open.push({ close: () => listening.close() })
    const transport = targetTransport({ hosts: new Set(), trust: [], keyOf: () => key })
    open.push(transport)
    const url = `https://localhost:${(listening.address() as AddressInfo).port}/`
    const ask = (authorities: Authorities) =>
      transport(
        { method: 'GET', url, headers: {}, body: new Uint8Array() },
        { certificate, authorities },
        new AbortController().signal,
      )
    const unrelated = privateChain('Unrelated').intermediate
    const trust = { roots: [root], intermediates: [unrelated, intermediate] }
    expect((await ask(trust)).status).toBe(200)
    expect(sent).toEqual([['device', 'Private issuing CA']])
  })
})

test.skipIf(isWithout('openssl'))(
  'a certificate of a hash that OpenSSL would not use is shown all the same, and one that it cannot use is trouble [point 29: openssl]',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oobe-sha1-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const at = (name: string) => join(folder, name)
    const key = derivedKeys.rsa2048('test', 'client')
    writeFileSync(at('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }))
    const issue = ['req', '-x509', '-sha1', '-key', at('key.pem'), '-subj', '/CN=old', '-days', '2', '-outform', 'DER']
    const certificate = new Uint8Array(execFileSync('openssl', issue))
    const peers: (Uint8Array | undefined)[] = []
    const handle = (_: HttpRequest, peer: Peer) => {
      peers.push(peer.certificate)
      return OK
    }
    const { ask } = await scene({ handle, keyOf: () => key })
    expect((await ask('/x', {}, { certificate })).status).toBe(200)
    expect(peers).toEqual([certificate])
    const wrong = await scene({ keyOf: () => derivedKeys.rsa2048('test', 'another') })
    expect(await codeOf(wrong.ask('/x', {}, { certificate }))).toBe('0x80072f7d')
  },
)

describe('the server', () => {
  test('answers a bug of ours with 500, reports it, and continues', async () => {
    let calls = 0
    const bug = new Error('oops')
    const { ask, exchanges } = await scene({
      handle: () => {
        if (calls++ === 0) throw bug
        return OK
      },
    })
    expect([(await ask()).status, (await ask()).status]).toEqual([500, 200])
    expect(exchanges.map((exchange) => exchange.bug)).toEqual([bug, undefined])
  })

  test('refuses more than four megabytes, and methods that are not served', async () => {
    const { ask } = await scene()
    expect((await ask('/x', { method: 'POST', body: new Uint8Array(4 * 1024 * 1024 + 1) })).status).toBe(413)
    expect((await ask('/x', { method: 'PROPFIND' as never, body: new Uint8Array() })).status).toBe(405)
  })

  test('believes the certificate header of a declared proxy alone, and never over TLS', async () => {
    const header = { 'client-cert': ':AQID:' }
    const peerOf = async (options: Scene) => {
      let seen: Peer | undefined
      const { ask } = await scene({
        ...options,
        handle: (_, peer) => {
          seen = peer
          return OK
        },
      })
      await ask('/x', { headers: header })
      return seen?.certificate
    }
    expect(await peerOf({ isPlain: true, trustedProxies: ['127.0.0.1'] })).toEqual(new Uint8Array([1, 2, 3]))
    expect(await peerOf({ isPlain: true, trustedProxies: ['10.0.0.1'] })).toBeUndefined()
    expect(await peerOf({ isPlain: true })).toBeUndefined()
  })

  test.each<[string, string, string]>([
    ['127.0.0.1', '198.51.100.4, 203.0.113.7', '203.0.113.7'],
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.2', '203.0.113.7', '127.0.0.1'],
  ])('%s is trusted, %j is forwarded: the request comes from %s', async (proxy, forwarded, from) => {
    let seen: Peer | undefined
    const { ask } = await scene({
      isPlain: true,
      trustedProxies: [proxy],
      handle: (_, peer) => {
        seen = peer
        return OK
      },
    })
    await ask('/x', { headers: { 'x-forwarded-for': forwarded } })
    expect(seen?.from).toEqual({ address: from })
  })
})
