import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { Secret } from '../../src/domain/secret.ts'
import { success } from '../../src/domain/trouble.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { signInOnWeb } from '../../src/service/enrollment/web-sign-in.ts'
import type { Service } from '../../src/service/service.ts'

/** A server on this machine, and a transport that looks each name up at the next of some addresses. */
async function scene(addresses: readonly (string | string[])[], answer?: Parameters<typeof createServer>[1]) {
  const paths: (string | undefined)[] = []
  const server: Server = createServer((request, response) => {
    paths.push(request.url)
    if (answer) answer(request, response)
    else response.end('ok')
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  onTestFinished(() => void server.close())
  const looked: string[] = []
  const lookup: LookupFunction = (name, options, done) => {
    const found = [addresses[looked.length] ?? []].flat()
    looked.push(name)
    const family = (address: string) => (address.includes(':') ? 6 : 4)
    if (options.all) done(null, found.map((address) => ({ address, family: family(address) })) as never)
    else done(null, found[0]!, family(found[0]!))
  }
  const transport = targetTransport({ hosts: new Set(['mdm.example']), trust: [], keyOf: () => undefined, lookup })
  onTestFinished(() => transport.close())
  const { port } = server.address() as AddressInfo
  const ask = async (host: string, path = '/x'): Promise<string> => {
    const request = {
      method: 'GET' as const,
      url: `http://${host}:${port}${path}`,
      headers: {},
      body: new Uint8Array(),
    }
    try {
      return String((await transport(request, {}, new AbortController().signal)).status)
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  return { ask, paths, looked, transport, origin: `http://mdm.example:${port}` }
}

test('the addresses of each connection are checked, and a name that leads elsewhere the next time is refused', async () => {
  const { ask, paths, looked } = await scene(['127.0.0.1', '169.254.169.254', 'fd00:ec2::254'], (_, response) =>
    response.setHeader('connection', 'close').end(),
  )
  expect(await ask('mdm.example')).toBe('200')
  expect(await ask('mdm.example')).toBe('ERR_TARGET_ADDRESS')
  expect(await ask('mdm.example.')).toBe('ERR_TARGET_ADDRESS')
  expect(looked).toEqual(['mdm.example', 'mdm.example', 'mdm.example.'])
  expect(paths).toEqual(['/x'])
})

test('a redirect that is followed is checked like the first request', async () => {
  const { paths, looked, transport, origin } = await scene(['127.0.0.1', '100.100.100.200'], (_, response) =>
    response.writeHead(302, { location: '/latest/meta-data', connection: 'close' }).end(),
  )
  const service: Service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: { send: async (request) => success(await transport(request, {}, new AbortController().signal)) },
  }
  const page = { url: `${origin}/page`, username: 'a@contoso.example', password: new Secret('paper-rocket') }
  await expect(signInOnWeb(service, page)).rejects.toMatchObject({
    code: 'ERR_TARGET_ADDRESS',
    message: 'mdm.example leads to 100.100.100.200, which is a cloud metadata service: it is never contacted',
  })
  expect([paths.map((path) => path?.split('?')[0]), looked]).toEqual([['/page'], ['mdm.example', 'mdm.example']])
})

test('a name is looked up once for a connection: what was checked is what is connected to', async () => {
  const { ask, looked } = await scene(['127.0.0.1', '169.254.169.254'])
  expect([await ask('mdm.example'), await ask('mdm.example')]).toEqual(['200', '200'])
  expect(looked).toEqual(['mdm.example'])
})

test.each([
  ['a refused one among several', ['127.0.0.1', 'fe80::1'], 'ERR_TARGET_ADDRESS'],
  ['one of Entra', ['20.190.160.1'], 'ERR_TARGET_PRODUCTION'],
  ['a wrapped one', ['64:ff9b::a9fe:a9fe'], 'ERR_TARGET_ADDRESS'],
  ['a unique local one', ['fd12::1'], 'ERR_TARGET_ADDRESS'],
])('an address that a name leads to: %s', async (_, addresses, code) => {
  const { ask, paths } = await scene([addresses])
  expect(await ask('mdm.example')).toBe(code)
  expect(paths).toEqual([])
})

test.each([
  ['169.254.169.254', 'ERR_TARGET_ADDRESS'],
  ['0xa9fea9fe', 'ERR_TARGET_ADDRESS'],
  ['[::ffff:169.254.169.254]', 'ERR_TARGET_ADDRESS'],
  ['[fd00:ec2::254]', 'ERR_TARGET_ADDRESS'],
  ['login%2Emicrosoftonline%2Ecom', 'ERR_TARGET_PRODUCTION'],
  ['ｌogin．ｍicrosoftonline．us。', 'ERR_TARGET_PRODUCTION'],
  ['metadata.google.internal', 'ERR_TARGET_ADDRESS'],
  ['other.example', 'ERR_TARGET_FOREIGN'],
])('%s is refused before anything is looked up', async (host, code) => {
  const { ask, looked } = await scene([])
  expect(await ask(host)).toBe(code)
  expect(looked).toEqual([])
})
