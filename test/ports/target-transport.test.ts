import { createPublicKey, type KeyObject } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { CertificateAuthority } from '../../src/mock-service/certificate-authority.ts'
import { type Exchange, type Listening, listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'

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
  at?: number
  hosts?: string[]
  lookup?: LookupFunction
  trustedProxies?: string[]
  keyOf?: () => KeyObject | undefined
}

async function scene({ handle = () => OK, isPlain, isTrusted = true, issuedBy = ca, at = NOW, ...rest }: Scene = {}) {
  const exchanges: Exchange[] = []
  const listening: Listening = await listen(handle, {
    port: 0,
    ...(isPlain ? {} : { tls: createServerCertificate(issuedBy, at) }),
    ...(rest.trustedProxies ? { trustedProxies: rest.trustedProxies } : {}),
    onExchange: (exchange) => exchanges.push(exchange),
  })
  const transport = targetTransport({
    hosts: new Set(rest.hosts ?? []),
    trust: isTrusted ? [ca.certificate] : [],
    keyOf: rest.keyOf ?? (() => undefined),
    ...(rest.lookup ? { lookup: rest.lookup } : {}),
  })
  open.push(listening, transport)
  const ask = (path = '/x', changes: Partial<HttpRequest> = {}, peer: Peer = {}, host = 'localhost') =>
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

  test('shows the certificate that the device has the key of, and another over a connection of its own', async () => {
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

  test.each<[string, Scene, string]>([
    ['an authority that nobody trusts', { isTrusted: false }, '0x80072f0d'],
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

  test('ends with the code for localhost that leads elsewhere, a closed port, and a name that nobody knows', async () => {
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

describe('the server', () => {
  test('answers a bug of ours with 500, tells of it, and goes on', async () => {
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

  test('refuses more than four megabytes, and methods that nobody serves', async () => {
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
})
