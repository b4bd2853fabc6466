import { describe, expect, test } from 'vitest'
import type { Resumed } from '../../src/cli/serve/data-folder.ts'
import type { Recorded } from '../../src/cli/serve/recorded.ts'
import { type ServedTenant, serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { ORIGIN } from './data-folder-scene.ts'
import { told } from './told.ts'

const kept = (served: ServedTenant): Resumed['state'] => structuredClone(served.state())

describe('a tenant that was kept continues as if it had never stopped', () => {
  test.each([
    ['surface-wifi-happy-path', 50],
    ['self-deploying-ethernet', 40],
    ['federated-sign-in', 50],
    ['multifactor-number-match', 50],
    ['terms-of-use', 50],
  ])('%s, cut after every third request', { timeout: 60_000 }, async (name, atLeast) => {
    const { beginning, exchanges } = await told(name)
    expect(exchanges.length).toBeGreaterThan(atLeast)
    let now = 0
    const whole = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => now)
    for (const [index, { recorded, answer }] of exchanges.entries()) {
      now = recorded.at
      if (index % 3 > 0) {
        whole.handle(recorded.request, recorded.peer)
        continue
      }
      const again = serveTenant({ beginning, state: kept(whole), requests: [] }, undefined, () => recorded.at)
      // One more question to both: whatever the cut has lost shows with the question that needs it.
      expect(again.handle(recorded.request, recorded.peer)).toEqual(answer)
      expect(whole.handle(recorded.request, recorded.peer)).toEqual(answer)
      expect(again.state()).toEqual(whole.state())
    }
  })
})

test('a request that was a bug of ours does not keep a school from starting', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const broken: Recorded = {
    at: beginning.startedAt,
    request: { method: 'GET', url: 'no URL', headers: {}, body: new Uint8Array() },
    peer: {},
  }
  expect(() => serveTenant({ beginning, state: undefined, requests: [broken] }, undefined, () => 0)).not.toThrow()
})

test.each(['/common/userrealm/%zz?api-version=2.0', '/%zz/enrollmentserver/contract'])(
  'a bad escape is the client’s mistake: %s',
  async (target) => {
    const { beginning } = await told('surface-wifi-happy-path')
    const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
    const request = { method: 'GET' as const, url: `${ORIGIN}${target}`, headers: {}, body: new Uint8Array() }
    expect(served.handle(request, {}).status).toBe(400)
  },
)

test('a redirect holds nothing that a header cannot', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
  const body = new TextEncoder().encode('redirect_uri=http%3A%2F%2Fx%2F%0Ay%C3%A9&decision=decline')
  const answer = served.handle({ method: 'POST', url: `${ORIGIN}/TermsOfUse`, headers: {}, body }, {})
  expect(answer).toMatchObject({
    status: 302,
    headers: { location: expect.stringMatching(/^http:\/\/x\/%0Ay%C3%A9\?/) },
  })
})

test('all that changes in a tenant is in its state', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const { tenant } = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
  const collections = Object.entries(tenant).filter(([, value]) => value instanceof Map || value instanceof Set)
  expect(collections).toEqual([])
})
