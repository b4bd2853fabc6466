import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import type { Transport } from '../../src/ports/http.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

interface Exchange {
  request: HttpRequest
  peer: Peer
  response: Pick<HttpResponse, 'status' | 'body'> & { headers: Record<string, string> }
}

/** Keeps what went over a transport. */
const recording =
  (exchanges: Exchange[]) =>
  (transport: Transport): Transport =>
  async (request, peer, signal) => {
    const { status, headers, body } = await transport(request, peer, signal)
    const protocol = Object.fromEntries(
      Object.entries(headers).filter(([name]) =>
        ['content-type', 'location', 'oobe-sim-declared-length'].includes(name),
      ),
    )
    exchanges.push({ request, peer, response: { status, headers: protocol, body } })
    return { status, headers, body }
  }

test.each(['surface-wifi-happy-path', 'self-deploying-ethernet', 'user-without-licence', 'not-registered'])(
  '%s has the same transcript called directly and through MSW',
  async (name) => {
    const [scenario] = loadScenarios(name)
    const direct: Exchange[] = []
    const mocked: Exchange[] = []
    await runScenario(scenario!, { seed: 5, transport: 'direct', wrap: recording(direct) })
    await runScenario(scenario!, { seed: 5, transport: 'msw', wrap: recording(mocked) })
    expect(mocked.length).toBeGreaterThan(5)
    expect(mocked).toEqual(direct)
  },
)
