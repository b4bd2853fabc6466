import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { textOfSecurityToken } from '../../src/protocols/soap/security.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'
import { file, folder } from './call.ts'
import { filesBelow } from './files.ts'
import { start } from './program.ts'
import { browse, RESOURCE, startProvider } from './token/identity-provider.ts'

const TENANT_ID = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'

/** A served school, and the tokens that it is shown in enrolments. */
async function school() {
  const ca = createDevelopmentCa(Date.now())
  const tokens: string[] = []
  let handle: ReturnType<typeof startTenant>['handle'] | undefined
  const served = await listen(
    (request, peer) => {
      if (/policy\.svc$/i.test(new URL(request.url).pathname)) {
        const token = decodeEnvelope(request.body).security?.binarySecurityToken
        if (token) tokens.push(textOfSecurityToken(token))
      }
      return handle!(request, peer)
    },
    { port: 0, tls: createServerCertificate(ca, Date.now()) },
  )
  onTestFinished(() => served.close())
  const parts = {
    endpoints: endpointsAt(served.origin),
    keys: derivedKeys,
    ids: seededIds(seededChance(1, 'service')),
  }
  handle = startTenant(wholeTenant(loadTenantFile('contoso-school'), Date.now(), parts), () => Date.now()).handle
  file('ca.pem', ca.certificate)
  return { origin: served.origin, trust: [ca.certificate], tokens }
}

/** A device at an MDM server, enrolling with what a person signs in for. */
async function enrol(
  mdm: string,
  oidc: Record<string, string>,
  act: (line: string) => Promise<unknown> | undefined,
  command = ['run', 'surface-wifi-happy-path', '--out', join(folder, 'out')],
) {
  const profile = file(
    'profile.yaml',
    `title: The staging MDM
services: { discovery: ${mdm}/EnrollmentServer/Discovery.svc }
trust: [ca.pem]
enrollment:
  token:
    oidc: ${JSON.stringify(oidc)}
`,
  )
  const { child, ended } = start([...command, '--service', profile], folder)
  const errands: Promise<unknown>[] = []
  let rest = ''
  child.stderr!.on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop()!
    for (const line of lines) errands.push(Promise.resolve(act(line.replace(/^note: /, ''))))
  })
  const result = await ended
  await Promise.all(errands)
  return result
}

const ALICE = { login: 'alice@contoso.example', password: 'x', passwd: 'correct-horse' }

describe('a device enrols with a token that a person signs in for', () => {
  test('by code at oidc-provider: the MDM server alone gets the token, and jose verifies it [point 64: oidc-provider]', async () => {
    const [{ origin, tokens }, { issuer }] = [await school(), await startProvider()]
    const oidc = { issuer, flow: 'code', clientId: 'oobe', scope: 'openid mdm_delegation', resource: RESOURCE }
    const { stdout, stderr } = await enrol(origin, oidc, (line) =>
      line.startsWith('http') ? browse(line, ALICE) : undefined,
    )
    expect(stderr).toMatch(
      /^note: The staging MDM: a token of \S+ is needed, once for this command\n[\s\S]*signed in\n$/,
    )
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
    const { payload } = await jwtVerify(tokens[0]!, keys, { issuer, audience: RESOURCE })
    expect(payload.sub).toBe(ALICE.login)
    // The school checks whose signature it is.
    expect(stdout).toMatch(/0x80180002/)
    const written = filesBelow(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    for (const text of [stdout, stderr, ...written]) {
      for (const part of tokens[0]!.split('.')) expect(text).not.toContain(part)
    }
  })

  test('by code at an oobe serve, whose sign-in page a browser can use', async () => {
    const { origin, trust, tokens } = await school()
    const oidc = {
      issuer: `${origin}/${TENANT_ID}/v2.0`,
      flow: 'code',
      clientId: 'somebody',
      scope: `openid ${origin}/.default`,
    }
    await enrol(origin, oidc, (line) => (line.startsWith('http') ? browse(line, ALICE, { trust }) : undefined))
    expect(decodeJwt(tokens[0]!)).toMatchObject({
      aud: `${origin}/`,
      upn: ALICE.login,
      scp: 'mdm_delegation',
      tid: TENANT_ID,
    })
  })

  test('by device code at an oobe serve [point 61]', async () => {
    const { origin, trust, tokens } = await school()
    const oidc = {
      issuer: `${origin}/${TENANT_ID}/v2.0`,
      flow: 'device',
      clientId: 'somebody',
      scope: `openid ${origin}/.default`,
    }
    const pages: string[] = []
    await enrol(origin, oidc, async (line) => {
      const [, url, otc] = /^open (\S+) and enter the code (\S+),/.exec(line) ?? []
      if (url) pages.push((await browse(url, { ...ALICE, otc: otc!, answer: 'accept' }, { trust })).text)
    })
    expect(pages).toEqual([expect.stringContaining('You have signed in')])
    expect(decodeJwt(tokens[0]!)).toMatchObject({ aud: `${origin}/`, upn: ALICE.login, tid: TENANT_ID })
  })

  test('Ctrl+C while it waits leaves at once, with nothing begun', async () => {
    const [{ origin }, { issuer }] = [await school(), await startProvider()]
    const profile = file(
      'waiting.yaml',
      `title: T
services: { discovery: ${origin}/EnrollmentServer/Discovery.svc }
trust: [ca.pem]
enrollment: { token: { oidc: { issuer: "${issuer}", flow: device, clientId: oobe, resource: "${RESOURCE}" } } }
`,
    )
    const { child, ended } = start(['run', 'wrong-password', '--service', profile], folder)
    child.stderr!.on('data', (text: string) => text.includes('enter the code') && child.kill('SIGINT'))
    const { code, stdout, stderr } = await ended
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toMatch(/note: open http:\S+\/device and enter the code [A-Z]{4}-[A-Z]{4}, within 10:00/)
    expect(filesBelow(folder)).toEqual(['ca.pem', 'waiting.yaml'])
  })

  test.each([
    [
      'a client that there is not',
      { clientId: 'stranger' },
      2,
      /^error ERR_OIDC_REFUSED: \S+ refuses: invalid_client/m,
    ],
    ['an issuer that is not there', { issuer: 'http://localhost:9' }, 3, /^error ERR_SERVICE_UNREACHABLE: http:/m],
    [
      'Microsoft’s own',
      { issuer: 'https://login.microsoftonline.com/organizations/v2.0' },
      2,
      /^error ERR_TARGET_PRODUCTION: \S+:6:\d+: login\.microsoftonline\.com is a production host/m,
    ],
  ])('%s ends the command before the run', async (_, wrong, code, message) => {
    const [{ origin }, { issuer }] = [await school(), await startProvider()]
    const ended = await enrol(origin, { issuer, flow: 'device', clientId: 'oobe', ...wrong }, () => undefined)
    expect([ended.code, ended.stdout]).toEqual([code, ''])
    expect(ended.stderr).toMatch(message)
  })
})
