import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { JournalEntry, JournalFact } from '../../src/domain/journal.ts'
import { sessionCausesOf, sessionCauseText } from '../../src/journal/cause/sessions.ts'
import { exchangesOf } from '../../src/journal/wire.ts'
import { createHttpClient } from '../../src/ports/exchanges.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'

/** A server that announces ten bytes more than it sends, and closes. */
async function shortServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nhello'))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function ask(takesShortAnswers: boolean) {
  const facts: JournalFact[] = []
  const timeline = new VirtualTimeline(inOrder)
  const transport = targetTransport({ hosts: new Set(), trust: [], keyOf: () => undefined })
  onTestFinished(() => transport.close())
  const client = createHttpClient({
    timeline,
    journal: { write: (fact) => void facts.push(fact) },
    network: { pass: () => ({ kind: 'pass', latencyMs: 0 }), transferMs: () => 0 },
    faults: () => [],
    transport,
    takesShortAnswers: () => takesShortAnswers,
  })
  const url = await shortServer()
  const request = { method: 'GET', url, headers: {}, body: new Uint8Array() } as const
  const asked = timeline.activity(() => client.send(request, { operation: 'OMA-DM session 1 message 1' }))
  let isDone = false
  void asked.finally(() => {
    isDone = true
  })
  await timeline.run({ done: () => isDone })
  const journal = facts.map((fact, seq) => ({ at: 0, seq, ...fact }) as JournalEntry)
  return { result: await asked, journal }
}

test('an answer with fewer bytes than announced is an aborted connection, which says how many are missing', async () => {
  const { result } = await ask(false)
  expect(result).toMatchObject({
    ok: false,
    trouble: { code: '0x80072efe', text: expect.stringMatching(/^the answer broke off, 10 bytes before its end: /) },
  })
})

test('where the behaviour allows it the answer is taken, and reported at its exchange', async () => {
  const { result, journal } = await ask(true)
  expect(result.ok && new TextDecoder().decode(result.value.body)).toBe('hello')
  const text = 'the answer has 10 bytes less than its Content-Length'
  expect(exchangesOf(journal)[0]).toMatchObject({ why: [text] })
  expect(sessionCausesOf(journal).map(sessionCauseText)).toEqual([
    `against the rules, and taken all the same, once: ${text}; first at 0.0s in exchange 0`,
  ])
})
