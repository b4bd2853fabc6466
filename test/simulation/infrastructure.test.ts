import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { fetchTransport } from '../../src/ports/fetch-transport.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { Run } from '../../src/run/run.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import { specOf } from '../../src/scenario/spec-of.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A real service on this machine, that answers as a test says. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A device whose every service is at one address. */
function deviceAgainst(base: string, guardMs: number): Run {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const endpoints = Object.fromEntries(
    Object.keys(MOCK_ENDPOINTS).map((name) => [name, base]),
  ) as unknown as typeof MOCK_ENDPOINTS
  return new Run({
    ...specOf({ ...scenario!, stuckAfterMs: 3_600_000 }, 1),
    endpoints,
    transport: () => fetchTransport({ isMocked: false }),
    keys: derivedKeys,
    person: new ScriptedPerson(scenario!.person),
    guardMs,
  })
}

test('a real service that never answers ends the run with the URL, and the journal so far is kept', async () => {
  const base = await serve(() => {})
  const run = deviceAgainst(base, 200)
  await expect(run.play()).rejects.toMatchObject({
    code: 'ERR_SERVICE_SILENT',
    message: `${base}/connecttest.txt did not answer within 0.2 s of real time`,
  })
  expect(run.journal.entries.at(-1)).toMatchObject({ kind: 'request', url: `${base}/connecttest.txt` })
})

test('a service that is down ends the run with the URL', async () => {
  const run = deviceAgainst('http://127.0.0.1:9', 5_000)
  await expect(run.play()).rejects.toMatchObject({ code: 'ERR_SERVICE_UNREACHABLE' })
})

test('a service that answers rubbish is a page in place of the internet, never a hang', async () => {
  const base = await serve((_, response) => response.end('<html>hello'))
  const { outcome } = await deviceAgainst(base, 5_000).play()
  expect(outcome).toMatchObject({ kind: 'unanswered', page: 'connectivity' })
})

test.each([
  ['https://login.microsoftonline.com', 'ERR_TARGET_PRODUCTION'],
  ['https://enrollment.manage.microsoft.com.', 'ERR_TARGET_PRODUCTION'],
  ['https://mdm.school.example', 'ERR_TARGET_FOREIGN'],
  ['https://login.microsoftonline.test', 'ERR_TARGET_FOREIGN'],
])('%s is refused before anything is sent [point 64]', async (base, code) => {
  const send = fetchTransport({ isMocked: false })
  const request = { method: 'GET' as const, url: `${base}/x`, headers: {}, body: new Uint8Array() }
  await expect(send(request, {}, new AbortController().signal)).rejects.toMatchObject({ code })
})
