import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import type { Transport } from '../../src/ports/http.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { type RunScenarioOptions, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

/** A check of one row; one row may have several. */
export type Check = readonly [what: string, check: () => void | Promise<void>]

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The happy path with these facts changed, whatever comes of it. */
export function boot(change: Partial<Scenario> = {}, options: Partial<RunScenarioOptions> = {}) {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  return runScenario({ ...scenario!, expect: null, ...change }, { seed: 1, transport: 'direct', ...options })
}

/** Answers requests whose URL has this in it in the place of the mock. */
export const answering =
  (part: string, answer: (request: HttpRequest) => Partial<HttpResponse>) =>
  (transport: Transport): Transport =>
  async (request, peer, signal) =>
    request.url.includes(part)
      ? { status: 200, headers: {}, body: new Uint8Array(), ...answer(request) }
      : transport(request, peer, signal)

/** A server that writes what it likes to each connection once it was asked something, and a way to it. */
export async function rawServer(write: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => write(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const transport = targetTransport({ hosts: new Set(), trust: [], keyOf: () => undefined })
  onTestFinished(() => transport.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
  const request: HttpRequest = { method: 'GET', url, headers: {}, body: new Uint8Array() }
  const ask = () => transport(request, {}, new AbortController().signal)
  return { transport, request, ask }
}
