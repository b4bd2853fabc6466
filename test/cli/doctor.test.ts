import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'
import { call, folder } from './call.ts'

/** A served school whose answers a test may spoil. */
async function school(
  spoil: (request: HttpRequest, response: HttpResponse) => HttpResponse = (_, response) => response,
) {
  const ca = createDevelopmentCa(Date.now())
  let handle: ReturnType<typeof startTenant>['handle'] | undefined
  const served = await listen((request, peer) => spoil(request, handle!(request, peer)), {
    port: 0,
    tls: createServerCertificate(ca, Date.now()),
  })
  onTestFinished(() => served.close())
  const ids = seededIds(seededChance(1, 'service'))
  const parts = { endpoints: endpointsAt(served.origin), keys: derivedKeys, ids }
  handle = startTenant(wholeTenant(loadTenantFile('contoso-school'), Date.now(), parts), () => Date.now()).handle
  writeFileSync(join(folder, 'ca.pem'), ca.certificate)
  return served.origin
}

const doctor = async (service: string, ...args: string[]) => {
  const ended = await call('doctor', '--service', service, ...args)
  return { ...ended, lines: ended.stdout.trimEnd().split('\n') }
}
const trusting = () => ['--trust', join(folder, 'ca.pem')]
const isDiscover = ({ method, url }: HttpRequest) => method === 'POST' && url.endsWith('Discovery.svc')
const edited = (response: HttpResponse, edit: (text: string) => string): HttpResponse => {
  const body = new TextEncoder().encode(edit(new TextDecoder().decode(response.body)))
  return { ...response, headers: { ...response.headers, 'content-length': String(body.length) }, body }
}

describe('oobe doctor', () => {
  test('finds an oobe serve in order', async () => {
    const origin = await school()
    const { code, lines } = await doctor(origin, ...trusting())
    expect(lines.slice(0, 2)).toEqual([origin, `  ok       ${origin} answers, over TLS that the device trusts`])
    expect(lines.slice(1).filter((line) => !line.startsWith('  ok '))).toEqual([])
    expect(lines.at(-1)).toMatch(/discovery leads to https:\/\/localhost:\d+\/EnrollmentServer\//i)
    expect(code).toBe(0)
  })

  test.each<[string, (request: HttpRequest, response: HttpResponse) => HttpResponse, RegExp, number]>([
    [
      'a clock that is an hour off',
      (_, response) => ({
        ...response,
        headers: { ...response.headers, date: new Date(Date.now() - 3_600_000).toUTCString() },
      }),
      /warning {2}the clock of https:\S+ is 60 minutes off/,
      0,
    ],
    [
      'a discovery that does not exist',
      (request, response) => (request.method === 'GET' ? { ...response, status: 404 } : response),
      /problem {2}discovery: GET is answered with 404/,
      1,
    ],
    [
      'a discovery that fails',
      (request, response) => (isDiscover(request) ? { ...response, status: 500 } : response),
      /problem {2}discovery: Discover is answered with 500/,
      1,
    ],
    [
      'a discovery that leads to a host that nobody named',
      (request, response) =>
        isDiscover(request)
          ? edited(response, (text) =>
              text.replace(/https:\/\/localhost:\d+\/EnrollmentServer\/Enrollment/i, 'https://mdm.example/Enrollment'),
            )
          : response,
      /problem {2}discovery leads to https:\/\/mdm\.example\/Enrollment\S*: .*\n.*hosts: \[mdm\.example\]/,
      1,
    ],
    [
      'a discovery that leads to Microsoft',
      (request, response) =>
        isDiscover(request)
          ? edited(response, (text) =>
              text.replace(/https:\/\/localhost:\d+\/EnrollmentServer\/Policy/i, 'https://manage.microsoft.com/Policy'),
            )
          : response,
      /problem {2}discovery leads to https:\/\/manage\.microsoft\.com\/Policy\S*: manage\.microsoft\.com is a production host/,
      1,
    ],
    [
      'an answer that is no XML',
      (request, response) => (isDiscover(request) ? edited(response, () => 'hello') : response),
      /problem {2}discovery: the answer cannot be read: .*\(ERR_\w+\)/,
      1,
    ],
  ])('tells of %s', async (_, spoil, message, code) => {
    const ended = await doctor(await school(spoil), ...trusting())
    expect([ended.stdout, ended.code]).toEqual([expect.stringMatching(message), code])
  })

  test('tells an authority that is not trusted, and a server that is not there', async () => {
    const origin = await school()
    expect((await doctor(origin)).stdout).toMatch(/problem {2}.*\(0x80072f0d\)\n +Its certificate is from an authority/)
    const gone = await doctor('https://localhost:1', '--json')
    expect([gone.code, JSON.parse(gone.stdout)]).toEqual([
      1,
      [{ verdict: 'problem', what: expect.stringContaining('0x80072efd'), hint: 'Is it running, and at this port?' }],
    ])
  })

  test('wants a service', async () => {
    expect((await call('doctor')).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: which service\?/)
    expect((await call('doctor', '--service', 'https://graph.microsoft.com')).stderr).toMatch(/ERR_TARGET_PRODUCTION/)
  })
})
