import { request as ask } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { call, file, folder } from './call.ts'
import { start } from './program.ts'

/** A proxy as operators set one up: it ends TLS, asks for a certificate, and sends it on in the header of RFC 9440. */
async function startProxy(): Promise<{ port: number; ca: string; to(port: number): void }> {
  const ca = createDevelopmentCa(Date.now())
  const { key, certificate } = createServerCertificate(ca, Date.now())
  let behind = 0
  const proxy = createServer({ key, cert: certificate, requestCert: true, rejectUnauthorized: false }, (from, back) => {
    const { raw } = (from.socket as TLSSocket).getPeerCertificate()
    const { 'client-cert': _, ...headers } = from.headers
    const sent = { ...headers, ...(raw ? { 'client-cert': `:${raw.toString('base64')}:` } : {}) }
    const onward = ask(
      { host: '127.0.0.1', port: behind, method: from.method, path: from.url, headers: sent },
      (answer) => {
        back.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(back)
      },
    )
    from.pipe(onward)
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void proxy.close())
  return { port: (proxy.address() as AddressInfo).port, ca: ca.certificate, to: (port) => (behind = port) }
}

async function servedBehind(origin: string): Promise<number> {
  const args = ['serve', '--http', '--port', '0', '--origin', origin, '--trusted-proxy', '127.0.0.1', '--seed', '1']
  const served = start(args, folder)
  onTestFinished(() => void served.child.kill('SIGKILL'))
  let output = ''
  return new Promise((done, fail) => {
    served.child.stdout!.on('data', (text: string) => {
      output += text
      const match = /listens at http:\/\/localhost:(\d+)\n/.exec(output)
      if (match) done(Number(match[1]))
    })
    void served.ended.then(({ stderr }) => fail(new Error(stderr)))
  })
}

test('a device reaches the desktop through a proxy that ends TLS', { timeout: 60_000 }, async () => {
  const proxy = await startProxy()
  const origin = `https://localhost:${proxy.port}`
  proxy.to(await servedBehind(origin))
  file('proxy-ca.pem', proxy.ca)
  const { code, stdout } = await call(
    ...['run', 'surface-wifi-happy-path', '--out', folder, '--service', origin, '--trust', `${folder}/proxy-ca.pem`],
  )
  expect(stdout).toMatch(/^✓ surface-wifi-happy-path {2}desktop \(standard user, managed, Autopilot\)/)
  expect(code).toBe(0)
})

test.each([
  [['--origin', 'https://localhost:9443'], '--origin goes with --http'],
  [['--http', '--origin', 'localhost:9443'], '"localhost:9443" is no origin'],
  [['--http', '--origin', 'https://localhost:9443/mdm'], '"https://localhost:9443/mdm" is no origin'],
])('serve %j is refused', async (args, message) => {
  const refused = await call('serve', ...args)
  expect(refused.stderr).toContain(`ERR_BAD_ARGUMENTS: ${message}`)
  expect(refused.code).toBe(2)
})
