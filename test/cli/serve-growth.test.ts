import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { folder } from './call.ts'
import { beginning, ORIGIN, resumedAt, START } from './data-folder-scene.ts'

const definition = { ...loadTenantFile('contoso-school'), devices: [] }

/** A served school, and a script that is allowed to make groups in it. */
function school() {
  const path = join(folder, 'state')
  const data = new DataFolder(path)
  const known = { ...beginning, definition, startedAt: START }
  data.begin(known)
  let now = START
  const served = serveTenant({ beginning: known, state: undefined, requests: [] }, data, () => now)
  const post = (target: string, text: string, headers: Record<string, string> = {}) =>
    served.handle({ method: 'POST', url: `${ORIGIN}${target}`, headers, body: new TextEncoder().encode(text) }, {})
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
    client_secret: 'chalk-and-blackboard',
    scope: 'https://graph.microsoft.test/.default',
  })
  const answer = post(`/${definition.tenantId}/oauth2/v2.0/token`, form.toString())
  const { access_token: token } = JSON.parse(new TextDecoder().decode(answer.body)) as { access_token: string }
  return {
    served,
    data,
    wait: (ms: number) => {
      now += ms
    },
    makeGroup(name: string, description = '') {
      const body = JSON.stringify({ displayName: name, description, mailEnabled: false, securityEnabled: true })
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      expect(post('/v1.0/groups', body, headers).status).toBe(201)
    },
    sizeOf: (name: string) => statSync(join(path, name)).size,
    again: () => serveTenant(resumedAt(path), undefined, () => now),
  }
}

test('the state is about as large as what it holds, and the log is cut', () => {
  const { served, data, wait, makeGroup, sizeOf, again } = school()
  for (let index = 0; index < 735; index++) {
    makeGroup(`group ${index}`)
    wait(204)
  }
  served.stop()
  data.close()
  // 735 groups of some 250 characters each, in 150 seconds; each second's groups took 12.8 MB.
  expect(sizeOf('state.json')).toBeLessThan(735 * 400)
  expect(sizeOf('requests.ndjson')).toBeLessThan(100)
  expect(again().state().tenant).toEqual(served.state().tenant)
})

test('large groups are kept once: the folder holds no more than the state and as much of requests', () => {
  const { served, data, wait, makeGroup, sizeOf, again } = school()
  const text = 'x'.repeat(200_000)
  let most = 0
  for (let index = 0; index < 120; index++) {
    makeGroup(`group ${index}`, text)
    wait(1_000)
    most = Math.max(most, sizeOf('requests.ndjson'))
  }
  expect(most).toBeLessThan(Math.max(4 * 1024 * 1024, sizeOf('state.json')) + 400_000)
  served.stop()
  data.close()
  expect(sizeOf('state.json')).toBeLessThan(120 * 201_000)
  expect(again().tenant.directory.now.groups.size).toBe(120 + definition.groups.length)
})
