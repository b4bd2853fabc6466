import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import type { Recorded } from '../../src/cli/serve/recorded.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { encodeValues } from '../../src/cli/serve/values.ts'
import { folder } from './call.ts'
import { ORIGIN, resumedAt } from './data-folder-scene.ts'
import { told } from './told.ts'

/** The request, and ones without its rights, cut, empty, of other numbers, and to nowhere. */
function variants({ at, request, peer }: Recorded): Recorded[] {
  const { authorization: _, ...headers } = request.headers
  const text = Buffer.from(request.body).toString('latin1')
  const body = (changed: string) => new Uint8Array(Buffer.from(changed, 'latin1'))
  const tail = text.replace(/[0-9a-f]{8}/g, '00000000')
  return [
    { at, request: { ...request, headers }, peer: {} },
    { at, request: { ...request, body: body('') }, peer },
    { at, request: { ...request, body: body(text.slice(0, text.length / 2)) }, peer },
    { at, request: { ...request, body: body(tail) }, peer },
    { at, request: { ...request, url: `${request.url}/nowhere` }, peer },
    { at, request, peer },
    { at, request, peer },
  ]
}

const USED_UP = /^\/(login\.srf|common\/oauth2\/v2\.0\/token|proof) /
/** A registered device that may not enrol is in the report of deployments. */
const REPORTED = /^\/EnrollmentServer\/Enrollment\.svc 500$/

describe('a request counts as a change when it is one', () => {
  test.each([
    'surface-wifi-happy-path',
    'self-deploying-ethernet',
    'federated-sign-in',
    'multifactor-number-match',
    'terms-of-use',
  ])('%s, and no GET is one', { timeout: 60_000 }, async (name) => {
    const { beginning, exchanges } = await told(name)
    let now = 0
    const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => now)
    const mark = () => `${served.tenant.changes.count} ${served.state().chance.join()}`
    const wrong: string[] = []
    const counts = { changes: 0, others: 0 }
    const refusedAndKept = new Set<string>()
    for (const { at, request, peer } of exchanges.flatMap(({ recorded }) => variants(recorded))) {
      now = at
      // What is due by time alone is no change of the request's.
      served.tenant.settle()
      const [before, markBefore] = [encodeValues(served.state().tenant), mark()]
      const { status } = served.handle(request, peer)
      const isCounted = mark() !== markBefore
      const hasChanged = encodeValues(served.state().tenant) !== before
      if ((hasChanged && !isCounted) || (isCounted && request.method === 'GET')) {
        wrong.push(`${request.method} ${request.url} ${status}`)
      }
      counts[isCounted ? 'changes' : 'others']++
      if (isCounted && status >= 400) refusedAndKept.add(`${new URL(request.url).pathname} ${status}`)
    }
    expect(wrong).toEqual([])
    // A code or an assertion of a sign-in is used up by the first who brings it, whatever else they bring.
    expect([...refusedAndKept].filter((what) => !USED_UP.test(what) && !REPORTED.test(what))).toEqual([])
    expect(counts.changes).toBeGreaterThan(10)
    expect(counts.others).toBeGreaterThan(exchanges.length)
  })
})

describe('what was refused leaves nothing on the disk', () => {
  test.each<[string, 'GET' | 'POST' | 'DELETE', string, number]>([
    ['an unknown address', 'GET', '/v1.0/x', 401],
    ['another one', 'GET', '/some/where', 404],
    ['a message to another one', 'POST', '/some/where', 404],
    ['another method', 'DELETE', '/devicemanagement/sync', 405],
    ['Graph without a token', 'POST', '/v1.0/groups', 401],
    ['management without a certificate', 'POST', '/devicemanagement/sync', 401],
    ['a join without a token', 'POST', '/EnrollmentServer/device/', 401],
    ['no grant', 'POST', '/common/oauth2/v2.0/token', 400],
    ['no JSON', 'POST', '/profiles/lookup', 400],
    ['a policy without an envelope', 'POST', '/EnrollmentServer/Policy.svc', 500],
    ['another school', 'GET', '/fabrikam.example/enrollmentserver/contract', 400],
    ['a device code of a megabyte', 'POST', '/common/oauth2/v2.0/devicecode', 400],
  ])('%s', async (_, method, target, status) => {
    const { beginning } = await told('surface-wifi-happy-path')
    const path = join(folder, 'state')
    const data = new DataFolder(path)
    data.begin(beginning)
    const served = serveTenant({ beginning, state: undefined, requests: [] }, data, () => beginning.startedAt)
    const log = () => readFileSync(join(path, 'requests.ndjson'), 'utf8')
    const before = log()
    const body = new TextEncoder().encode(`client_id=${'x'.repeat(1_000_000)}`)
    expect(served.handle({ method, url: `${ORIGIN}${target}`, headers: {}, body }, {}).status).toBe(status)
    expect(log()).toBe(before)
    // And what changes something is kept as before.
    const asking = { method: 'POST' as const, url: `${ORIGIN}/organizations/oauth2/v2.0/devicecode`, headers: {} }
    served.handle({ ...asking, body: new TextEncoder().encode('client_id=a&scope=openid') }, {})
    data.close()
    const resumed = resumedAt(path)
    expect(resumed.count).toBe(1)
    expect(serveTenant(resumed, undefined, () => beginning.startedAt).state()).toEqual(served.state())
  })
})
