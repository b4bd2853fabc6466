import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
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
import { call, file, folder } from '../cli/call.ts'

/** A policy that asks for SHA-256, and for nothing else. */
export const SHA256 = {
  policies: [{ oidReference: '0', minimalKeyLength: 2048, cryptoProviders: [], hashAlgorithmOidReference: '0' }],
  oids: [{ value: '2.16.840.1.101.3.4.2.1', group: 1, referenceId: '0', defaultName: 'szOID_NIST_sha256' }],
}

/** Keys are dear: most schools have the same. */
export const today = createDevelopmentCa(Date.now())
export const todaysServer = createServerCertificate(today, Date.now())

/** A served school whose answers a test may spoil. */
export async function school(
  spoil: (request: HttpRequest, response: HttpResponse) => HttpResponse = (_, response) => response,
  { enrollment = {}, certifiedAt }: { enrollment?: object; certifiedAt?: number } = {},
) {
  const ca = certifiedAt === undefined ? today : createDevelopmentCa(certifiedAt)
  let handle: ReturnType<typeof startTenant>['handle'] | undefined
  const served = await listen((request, peer) => spoil(request, handle!(request, peer)), {
    port: 0,
    tls: certifiedAt === undefined ? todaysServer : createServerCertificate(ca, certifiedAt),
  })
  onTestFinished(() => served.close())
  const ids = seededIds(seededChance(1, 'service'))
  const parts = { endpoints: endpointsAt(served.origin), keys: derivedKeys, ids }
  const definition = loadTenantFile('contoso-school')
  const changed = { ...definition, enrollment: { ...definition.enrollment, ...enrollment } }
  handle = startTenant(wholeTenant(changed, Date.now(), parts), () => Date.now()).handle
  writeFileSync(join(folder, 'ca.pem'), ca.certificate)
  return served.origin
}

/** A profile for an MDM server alone, with something to enrol with. */
export const profile = (origin: string, enrollment: string, hosts = '[]') =>
  file(
    'target.yaml',
    `title: Staging
services: { discovery: ${origin}/EnrollmentServer/Discovery.svc }
hosts: ${hosts}
trust: [ca.pem]
enrollment:
  ${enrollment}
`,
  )
export const PASSWORD = 'password: { username: alice@contoso.example, text: correct-horse }'
export const jwt = (claims: object, header: object = { alg: 'RS256' }) =>
  `token: { text: "${[header, claims, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}" }`
export const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

export const doctor = async (service: string, ...args: string[]) => {
  const ended = await call('doctor', '--service', service, ...args)
  return { ...ended, lines: ended.stdout.trimEnd().split('\n') }
}
export const trusting = () => ['--trust', join(folder, 'ca.pem')]
export const isDiscover = ({ method, url }: HttpRequest) => method === 'POST' && url.endsWith('Discovery.svc')
export const edited = (response: HttpResponse, edit: (text: string) => string): HttpResponse => {
  const body = new TextEncoder().encode(edit(new TextDecoder().decode(response.body)))
  return { ...response, headers: { ...response.headers, 'content-length': String(body.length) }, body }
}
