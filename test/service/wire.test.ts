import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { Secret } from '../../src/domain/secret.ts'
import { failure, success } from '../../src/domain/trouble.ts'
import { ConnectionTrouble } from '../../src/ports/http.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { encodeDiscoverResponse } from '../../src/protocols/ms-mde2/discover.ts'
import { discover, getPolicies, requestSecurityToken } from '../../src/service/enrollment/enroll.ts'
import type { Service } from '../../src/service/service.ts'

/** The enrolment client over real connections. */
function connected(trust: string[] = []): Service {
  const transport = targetTransport({ hosts: new Set(), trust, keyOf: () => undefined })
  onTestFinished(() => transport.close())
  return {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: {
      send: async (request) => {
        try {
          return success(await transport(request, {}, AbortSignal.timeout(10_000)))
        } catch (error) {
          if (error instanceof ConnectionTrouble) return failure(error.code, error.message, request.url)
          throw error
        }
      },
    },
  }
}

const device = { upn: 'álice@contoso.example', osVersion: '10.0.26100.1', osEdition: '203', requestVersion: '7.0' }
const credential = { kind: 'token', token: new Secret('aa.bb.cc') } as const

describe('the enrolment on the wire', () => {
  test('every message has its length, its type and its name, and is in one piece [points 2, 3]', async () => {
    const seen: { method: string; headers: string[]; bytes: number }[] = []
    const server = createHttpServer((message: IncomingMessage, answer) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('end', () => {
        const { method = '', rawHeaders } = message
        seen.push({ method, headers: rawHeaders, bytes: Buffer.concat(chunks).length })
        const body = encodeDiscoverResponse({ authPolicy: 'OnPremise', enrollmentServiceUrl: `${origin}/e` }, {})
        answer.end(method === 'GET' ? '' : body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`
    const service = connected()
    expect(await discover(service, `${origin}/Discovery.svc`, device)).toMatchObject({ ok: true })
    await getPolicies(service, { url: `${origin}/p`, credential, tpm: undefined, now: 0 })
    const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
    const request = { url: `${origin}/e`, credential, deviceId: 'D'.repeat(32), key, hash: 'sha256', now: 0 } as const
    await requestSecurityToken(service, { ...request, contextItems: [] })
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
    for (const { method, headers, bytes } of seen) {
      const named = (name: string) => headers.filter((_, at) => at % 2 === 1 && headers[at - 1]!.toLowerCase() === name)
      expect(named('user-agent')).toEqual(['ENROLLClient'])
      expect(named('transfer-encoding')).toEqual([])
      // Bytes are counted, not characters: the address of the user has both.
      expect(named('content-length')).toEqual(method === 'GET' ? [] : [String(bytes)])
      expect(named('content-type')).toEqual(method === 'GET' ? [] : ['application/soap+xml; charset=utf-8'])
    }
  })

  const ca = createDevelopmentCa(Date.now())
  const answering = async (issuedAt = Date.now()) => {
    const empty = { status: 200, headers: { 'content-length': '0' }, body: new Uint8Array() }
    const served = await listen(() => empty, { port: 0, tls: createServerCertificate(ca, issuedAt) })
    onTestFinished(() => served.close())
    return `${served.origin}/Discovery.svc`
  }
  const codeOf = async (url: string, trust: string[]) => {
    const found = await discover(connected(trust), url, device)
    return found.ok ? 'found' : found.trouble.code
  }

  test('a real handshake that fails ends with the code of the enrolment [point 10: openssl]', async () => {
    expect(await codeOf(await answering(), [])).toBe('0x80180012')
    expect(await codeOf(await answering(Date.now() - 500 * 86_400_000), [ca.certificate])).toBe('0x8018000d')
    // An empty answer to Discover, over a connection that is good.
    expect(await codeOf(await answering(), [ca.certificate])).toBe('0x80180029')
  })

  test('a server that hangs up, or does not listen, is no connection [point 10]', async () => {
    const rude = createTcpServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void rude.close())
    expect(await codeOf(`http://localhost:${(rude.address() as AddressInfo).port}/d`, [])).toBe('0x80180010')
    expect(await codeOf('http://localhost:1/d', [])).toBe('0x80180010')
  })
})
