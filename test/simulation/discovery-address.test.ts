import { expect, test } from 'vitest'
import type { Transport } from '../../src/ports/http.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { decodeJwt, encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const MOCK = 'https://enrollment.manage.microsoft.test'
const OWN = 'https://mdm.fabrikam.test'
const key = derivedKeys.rsa2048('tenant:contoso-school', 'token-signing')

/** A tenant whose device management is at a separate address: only Entra says so, in the ID token. */
const elsewhere =
  (transport: Transport): Transport =>
  async (request, peer, signal) => {
    const url = request.url.replace(`${OWN}/d/Here.svc`, `${MOCK}/EnrollmentServer/Discovery.svc`)
    const body = Buffer.from(request.body)
      .toString()
      .replace(`${OWN}/d/Here.svc`, `${MOCK}/EnrollmentServer/Discovery.svc`)
    const response = await transport(
      { ...request, url, body: url === request.url ? request.body : Buffer.from(body) },
      peer,
      signal,
    )
    const text = Buffer.from(response.body).toString()
    if (!request.url.endsWith('/token') || !text.includes('"id_token"')) return response
    const answer = JSON.parse(text) as { id_token: string }
    const { claims, header } = decodeJwt(answer.id_token)
    const moved = encodeJwt({ ...claims, mdm_enrollment_url: `${OWN}/d/Here.svc` }, key, String(header.kid))
    const changed = Buffer.from(JSON.stringify({ ...answer, id_token: moved }))
    return { ...response, headers: { ...response.headers, 'content-length': String(changed.length) }, body: changed }
  }

test('a device goes where the tenant’s ID token says, and guesses nothing from the address of its user [point 1]', async () => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const { journal, outcome } = await runScenario(scenario!, { seed: 1, transport: 'direct', wrap: elsewhere })
  expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
  const urls = journal.flatMap((entry) => (entry.kind === 'request' ? [entry.url] : []))
  expect(urls.filter((url) => /here\.svc|discovery\.svc/i.test(url))).toEqual([`${OWN}/d/Here.svc`])
  expect(urls.filter((url) => /enterpriseenrollment|autodiscover/i.test(url))).toEqual([])
})
