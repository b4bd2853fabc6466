import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import { SETUP_WORK } from '../../src/domain/setup-work.ts'
import type { KeyPolicyDefinition } from '../../src/domain/tenant.ts'
import type { Transport } from '../../src/ports/http.ts'
import {
  decodeRequestSecurityToken,
  type RequestSecurityToken,
} from '../../src/protocols/ms-wstep/request-security-token.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { readRequest } from '../openssl.ts'

/** The device's own work before the request. */
const WORK_MS = SETUP_WORK.enrollmentSeconds.seconds * 1_000
const PLATFORM = 'Microsoft Platform Crypto Provider'
const SOFTWARE = 'Microsoft Software Key Storage Provider'
const POLICY: KeyPolicyDefinition = {
  keyLength: 2048,
  hash: 'sha256',
  providers: [PLATFORM, SOFTWARE],
  attestation: null,
  attestationSeconds: 100,
}

/** A whole first boot at a school with this policy, and the request that it was enrolled by. */
async function boot(change: Partial<KeyPolicyDefinition> | null, device = 'surface-laptop-se') {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const { tenant } = scenario!
  const keyPolicy = change && { ...POLICY, ...change }
  const requests: HttpRequest[] = []
  const keep =
    (transport: Transport): Transport =>
    (request, peer, signal) => {
      requests.push(request)
      return transport(request, peer, signal)
    }
  const result = await runScenario(
    {
      ...scenario!,
      device: loadDeviceFile(device),
      // One of the devices has no other way.
      environment: { ...scenario!.environment, ethernet: { link: true, captivePortal: false } },
      tenant: { ...tenant, enrollment: { ...tenant.enrollment, keyPolicy } },
      expect: null,
    },
    { seed: 1, transport: 'direct', wrap: keep },
  )
  const enrolment = requests.find(({ url }) => /enrollment\.svc$/i.test(url))
  const token: RequestSecurityToken | undefined =
    enrolment && decodeRequestSecurityToken(decodeEnvelope(enrolment.body))
  const operations = result.journal.flatMap((entry) => (entry.kind === 'request' ? [entry.operation] : []))
  return { result, token, operations, request: token && readRequest(token.certificateRequest.der) }
}

/** Virtual milliseconds from one request to the next that the enrolment makes. */
const pauseBefore = ({ result }: Awaited<ReturnType<typeof boot>>, operation: string): number => {
  const at = (name: string) =>
    result.journal.find((entry) => entry.kind === 'request' && entry.operation === name)?.at ?? 0
  return at(operation) - at('MS-XCEP GetPolicies')
}

test('without a policy service the device asks for no policies: RSA 2048 and SHA-1, to the desktop [point 12: openssl]', async () => {
  const { result, operations, request } = await boot(null)
  expect(result.outcome).toMatchObject({ kind: 'desktop' })
  expect(operations.filter((name) => /MDE2|XCEP|WSTEP/.test(name))).toEqual([
    'MS-MDE2 Discover',
    'MS-WSTEP RequestSecurityToken',
  ])
  expect(request?.isVerified).toBe(true)
  expect(request?.text).toContain('Signature Algorithm: sha1WithRSAEncryption')
  expect(request?.text).toMatch(/Public-Key: \(2048 bit\)/)
})

test.each<[number, KeyPolicyDefinition['hash'], string]>([
  [2048, 'sha256', 'sha256WithRSAEncryption'],
  [3072, 'sha384', 'sha384WithRSAEncryption'],
  [4096, 'sha512', 'sha512WithRSAEncryption'],
])(
  'a policy of %i bits and %s is what the device asks for, and is managed with [points 14, 16: openssl]',
  async (keyLength, hash, algorithm) => {
    const { result, request } = await boot({ keyLength, hash })
    expect(request).toMatchObject({ isVerified: true })
    expect(request?.text).toContain(`Signature Algorithm: ${algorithm}`)
    expect(request?.text).toMatch(new RegExp(`Public-Key: \\(${keyLength} bit\\)`))
    expect(result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  },
)

test('attestation that fails is tried until the time of the policy is up, and told in the request [points 14, 19, 26]', async () => {
  const scene = await boot({ attestation: 'RetryOnError', attestationSeconds: 90 })
  expect(scene.result.outcome).toMatchObject({ kind: 'desktop' })
  expect(pauseBefore(scene, 'MS-WSTEP RequestSecurityToken')).toBeGreaterThanOrEqual(90_000 + WORK_MS)
  // Version 5 has no items for how it went: they came with version 7.
  expect(scene.token?.contextItems.filter(({ name }) => name.startsWith('AttestationStatus'))).toEqual([])
})

test('attestation whose failure is ignored costs no time [point 14]', async () => {
  const scene = await boot({ attestation: 'IgnoreOnError', attestationSeconds: 90 })
  expect(scene.result.outcome).toMatchObject({ kind: 'desktop' })
  expect(pauseBefore(scene, 'MS-WSTEP RequestSecurityToken')).toBeLessThan(WORK_MS + 5_000)
})

test('attestation that must not fail ends the enrolment after one try [point 14]', async () => {
  const { result, token } = await boot({ attestation: 'FailOnError' })
  const texts = JSON.stringify(result.journal)
  expect(token).toBeUndefined()
  expect(texts).toContain('0x80180027')
})

test.each([
  ['contoso-desktop-no-tpm', [PLATFORM, SOFTWARE]],
  ['surface-laptop-se', [SOFTWARE, PLATFORM]],
])('a key that no TPM holds is not attested: %s with %j [point 14]', async (device, providers) => {
  const scene = await boot({ attestation: 'FailOnError', providers }, device)
  expect(scene.token).toBeDefined()
})
