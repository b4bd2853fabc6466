import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import { createHttpClient } from '../../src/ports/exchanges.ts'
import type { Transport } from '../../src/ports/http.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { refuseHost } from '../../src/ports/target-guard.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'
import { boot, type Check, rawServer } from './scene.ts'

const MB = 1024 * 1024
const HEAD = 'HTTP/1.1 200 OK\r\n'

/** One exchange over a transport; what comes of it, or the error that ends the run. */
async function exchanged(transport: Transport, guardMs = 5_000, url = 'http://a.test/x') {
  const timeline = new VirtualTimeline(inOrder)
  const http = createHttpClient({
    timeline,
    journal: { write: () => {} },
    network: { pass: () => ({ kind: 'pass', latencyMs: 1 }), transferMs: () => 0 },
    faults: () => [],
    transport,
    guardMs,
  })
  const request = { method: 'GET' as const, url, headers: {}, body: new Uint8Array() }
  let isOver = false
  const ending = timeline
    .activity(() => http.send(request, { operation: 'test' }))
    .finally(() => {
      isOver = true
    })
  ending.catch(() => {})
  await timeline.run({ done: () => isOver })
  return ending
}

/** How a real server's bytes come out: the status and how long the body is, or the code of the trouble. */
async function cameOut(write: (socket: Socket) => void): Promise<string> {
  const { transport, request } = await rawServer(write)
  const result = await exchanged(transport, 5_000, request.url)
  return result.ok ? `${result.value.status}, ${result.value.body.length} bytes` : result.trouble.code
}

const bytes = (what: string, text: string, outcome: string): Check => [
  what,
  async () => expect(await cameOut((socket) => socket.end(text))).toBe(outcome),
]

const coded = (coding: string): Check => [
  coding,
  async () => {
    const answer: HttpResponse = { status: 200, headers: { 'content-encoding': coding }, body: gzipSync('x') }
    expect(await exchanged(async () => answer)).toMatchObject({ ok: false, trouble: { code: '0x80072f78' } })
  },
]

export const CONNECTIONS: Record<number, readonly Check[]> = {
  11: [
    [
      'a bomb',
      async () => {
        const bomb = gzipSync(Buffer.alloc(100 * MB))
        const { transport, request, ask } = await rawServer((socket) =>
          socket.end(
            Buffer.concat([
              Buffer.from(`${HEAD}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`),
              bomb,
            ]),
          ),
        )
        const before = process.memoryUsage().rss
        expect((await ask()).body).toHaveLength(bomb.length)
        expect(await exchanged(transport, 5_000, request.url)).toMatchObject({ ok: false })
        expect(process.memoryUsage().rss - before).toBeLessThan(32 * MB)
      },
    ],
  ],
  12: ['gzip', 'gzip, gzip', 'br', 'x-unknown', 'identity, deflate'].map(coded),
  13: [
    bytes('a length that is too small', `${HEAD}content-length: 2\r\n\r\nhello`, '0x80072f78'),
    bytes('a length that is too large', `${HEAD}content-length: 99\r\n\r\nhello`, '0x80072efe'),
    bytes('a length that is none', `${HEAD}content-length: abc\r\n\r\nhello`, '0x80072f78'),
    bytes('both', `${HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, '0x80072f78'),
    bytes('a broken chunk', `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\nhello`, '0x80072f78'),
    bytes('a chunk without its end', `${HEAD}transfer-encoding: chunked\r\n\r\n5\r\nhel`, '0x80072efe'),
    bytes('no HTTP', 'SSH-2.0-x\r\n', '0x80072f78'),
  ],
  14: [
    [
      'drop by drop',
      async () => {
        const { transport, request } = await rawServer((socket) => {
          socket.write(`${HEAD}content-length: 1000000\r\n\r\n`)
          const drip = setInterval(() => socket.write('x'), 20)
          socket.on('close', () => clearInterval(drip))
        })
        await expect(exchanged(transport, 500, request.url)).rejects.toMatchObject({ code: 'ERR_SERVICE_SILENT' })
      },
    ],
  ],
  15: [
    bytes('10,000 headers', `${HEAD}${'a: b\r\n'.repeat(10_000)}\r\n`, '0x80072f78'),
    bytes('a header of 1 MB', `${HEAD}a: ${'b'.repeat(MB)}\r\n\r\n`, '0x80072f78'),
    bytes('200 cookies', `${HEAD}${'set-cookie: a=b\r\n'.repeat(200)}content-length: 2\r\n\r\nok`, '200, 2 bytes'),
  ],
  18: [
    [
      'to the management service alone',
      async () => {
        const hosts = new Set<string>()
        const { outcome } = await boot(
          {},
          {
            wrap: (transport) => (request, peer, signal) => {
              if (peer.certificate) hosts.add(new URL(request.url).hostname)
              return transport(request, peer, signal)
            },
          },
        )
        expect(outcome.kind).toBe('desktop')
        expect([...hosts]).toEqual([new URL(MOCK_ENDPOINTS.discovery).hostname])
      },
    ],
  ],
  21: [
    [
      'metadata addresses, also where a profile names them',
      () => {
        for (const host of ['169.254.169.254', '[fd00:ec2::254]', '100.100.100.200', '[64:ff9b::a9fe:a9fe]']) {
          expect(() => refuseHost(host, new Set([host])), host).toThrow(
            expect.objectContaining({ code: 'ERR_TARGET_ADDRESS' }),
          )
        }
      },
    ],
  ],
}
