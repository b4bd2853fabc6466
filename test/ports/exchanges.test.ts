import { beforeEach, expect, test } from 'vitest'
import { DECLARED_LENGTH, type HttpResponse } from '../../src/domain/http.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { createHttpClient } from '../../src/ports/exchanges.ts'
import type { Directive, NetworkGate, Transport } from '../../src/ports/http.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'

const OK: HttpResponse = { status: 200, headers: {}, body: new TextEncoder().encode('hello') }
const request = { method: 'GET' as const, url: 'https://a.test/x', headers: {}, body: new Uint8Array() }

let timeline: VirtualTimeline
let facts: JournalFact[]
let sent: number
let isUp: boolean
let gate: ReturnType<NetworkGate['pass']> | undefined
/** Bytes in a millisecond. */
let speed: number

beforeEach(() => {
  timeline = new VirtualTimeline(inOrder)
  facts = []
  sent = 0
  isUp = true
  speed = 1_000
  gate = undefined
})

interface Scene {
  directives?: Directive[]
  transport?: Transport
  response?: HttpResponse
  url?: string
}

/** Sends one request, and says how it ended and when. */
async function send({ directives = [], response = OK, transport, url = request.url }: Scene, totalMs?: number) {
  const network: NetworkGate = {
    pass: () =>
      gate ??
      (isUp
        ? { kind: 'pass', latencyMs: 100 }
        : { kind: 'blocked', code: '0x80072ee7', text: 'no network', afterMs: 1_000 }),
    transferMs: (bytes) => bytes / speed,
  }
  const http = createHttpClient({
    timeline,
    journal: { write: (fact) => facts.push(fact) },
    network,
    faults: () => directives,
    transport: async (...all) => {
      sent++
      return transport ? transport(...all) : response
    },
    guardMs: 500,
  })
  const ending = timeline.activity(() =>
    http.send({ ...request, url }, { operation: 'test', ...(totalMs ? { totalMs } : {}) }),
  )
  let result: Awaited<typeof ending> | undefined
  let error: unknown
  void ending.then(
    (value) => (result = value),
    (thrown: unknown) => (error = thrown),
  )
  await timeline.run({ done: () => result !== undefined || error !== undefined })
  if (error) throw error
  return { result: result!, at: timeline.now }
}

test('an exchange takes the way there and back, and is journalled', async () => {
  const { result, at } = await send({})
  expect(result).toEqual({ ok: true, value: OK })
  expect(at).toBeGreaterThanOrEqual(200)
  expect(at).toBeLessThan(220)
  expect(facts).toEqual([
    { kind: 'request', id: 0, method: 'GET', url: 'https://a.test/x', bytes: 0, operation: 'test', headers: {} },
    { kind: 'response', id: 0, status: 200, bytes: 5, headers: {}, body: 'hello' },
  ])
})

test.each(['', 'nonsense', '/policies', 'https://[::'])(
  'the URL "%s", as a server might send one, is trouble',
  async (url) => {
    const { result } = await send({ url })
    expect([result, sent]).toEqual([
      { ok: false, trouble: { code: '0x80072ee5', text: 'the URL is not valid', url } },
      0,
    ])
  },
)

test('without a network nothing is sent, and the device knows after a while', async () => {
  isUp = false
  const { result, at } = await send({})
  expect([result, at, sent]).toEqual([
    { ok: false, trouble: { code: '0x80072ee7', text: 'no network', url: request.url } },
    1_000,
    0,
  ])
})

test('a network that goes away meanwhile aborts the connection', async () => {
  timeline.schedule(150, () => {
    isUp = false
  })
  expect((await send({})).result).toMatchObject({ ok: false, trouble: { code: '0x80072efe' } })
})

test('what is left of a download takes its time when the network becomes slower', async () => {
  const response = { ...OK, headers: { [DECLARED_LENGTH]: '60000000' } }
  timeline.schedule(30_500, () => {
    speed = 500
  })
  const { at } = await send({ response }, 3_600_000)
  expect(at).toBeGreaterThan(88_000)
  expect(at).toBeLessThan(91_000)
})

test.each([
  [
    { kind: 'blocked', code: '0x80072efd', text: 'closed', afterMs: 0, by: 'port' },
    { trouble: '0x80072efd', by: 'port' },
  ],
  [
    { kind: 'answer', response: OK, by: 'portal' },
    { status: 200, by: 'portal' },
  ],
  [
    { kind: 'pass', latencyMs: 100, lateMs: 3_000 },
    { status: 200, by: 'loss' },
  ],
] as const)('the journal says what of the network a request met: %j', async (met, written) => {
  gate = met
  await send({})
  expect(facts.at(-1)).toMatchObject({ kind: 'response', ...written })
})

test('a declared download takes its time, and a cable pulled in its middle is noticed then', async () => {
  const response = { ...OK, headers: { [DECLARED_LENGTH]: '60000000' } }
  expect((await send({ response }, 3_600_000)).at).toBeGreaterThan(60_000)
  timeline = new VirtualTimeline(inOrder)
  timeline.schedule(20_000, () => {
    isUp = false
  })
  const { result, at } = await send({ response }, 3_600_000)
  expect(result).toMatchObject({ ok: false, trouble: { code: '0x80072efe' } })
  expect(at).toBeLessThan(23_000)
})

test.each(['abc', '', '-1', '1.5', '1e308', 'NaN', 'Infinity', '0x10', ' 5', '9'.repeat(16), '9'.repeat(400)])(
  'the declared length "%s" is an answer that cannot be read, and takes no time',
  async (length) => {
    const { result, at } = await send({ response: { ...OK, headers: { [DECLARED_LENGTH]: length } } })
    expect(result).toMatchObject({ ok: false, trouble: { code: '0x80072f78' } })
    expect(at).toBeLessThan(220)
  },
)

test.each<[string, number | undefined, number]>([
  ['a request', undefined, 60_000],
  ['a download, which may take longer', 14 * 86_400_000, 14 * 86_400_000],
])(
  '%s ends at its limit, whatever length the server declares',
  async (_, totalMs, at) => {
    const response = { ...OK, headers: { [DECLARED_LENGTH]: String(Number.MAX_SAFE_INTEGER) } }
    expect(await send({ response }, totalMs)).toMatchObject({
      result: { ok: false, trouble: { code: '0x80072ee2', text: 'the answer did not end in time' } },
      at,
    })
  },
  30_000,
)

test('delays and the way there and back count for the limit of a request', async () => {
  const { result, at } = await send({ directives: [{ effect: 'delay', ms: 59_900 }] })
  expect(result).toMatchObject({ ok: false, trouble: { code: '0x80072ee2' } })
  expect(at).toBe(60_000)
})

test.each<[string, Directive[], string, number, number]>([
  ['a hang', [{ effect: 'hang' }], '0x80072ee2', 60_000, 0],
  ['a delay beyond the time limit', [{ effect: 'delay', ms: 90_000 }], '0x80072ee2', 60_000, 0],
  ['a dropped connection', [{ effect: 'drop' }], '0x80072efe', 0, 0],
])('%s is trouble with its code, in virtual time', async (_, directives, code, after, requests) => {
  const { result, at } = await send({ directives })
  expect(result).toMatchObject({ ok: false, trouble: { code } })
  expect(at).toBeGreaterThanOrEqual(after)
  expect(sent).toBe(requests)
})

test('a rule may answer in the place of the service, delay it, and spoil it', async () => {
  const teapot = { status: 418, headers: {}, body: new Uint8Array() }
  expect((await send({ directives: [{ effect: 'answer', response: teapot }] })).result).toEqual({
    ok: true,
    value: teapot,
  })
  expect(sent).toBe(0)
  const delayed = await send({ directives: [{ effect: 'delay', ms: 5_000 }] })
  expect(delayed.at).toBeGreaterThan(5_000)
  const { result } = await send({ directives: [{ effect: 'corrupt' }] })
  expect(result.ok && new TextDecoder().decode(result.value.body)).not.toContain('hel')
})

test('a service that really never answers ends the run, in real time', async () => {
  const transport: Transport = () => new Promise(() => {})
  await expect(send({ transport })).rejects.toMatchObject({ name: 'InfrastructureError', code: 'ERR_SERVICE_SILENT' })
})

test('what a transport throws is not dressed up', async () => {
  const transport: Transport = () => Promise.reject(new TypeError('a bug of ours'))
  await expect(send({ transport })).rejects.toThrow('a bug of ours')
})
