import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { targetTransport } from '../../src/ports/target-transport.ts'

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
  return { ask, paths, looked }
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
