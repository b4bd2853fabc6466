import { createHash } from 'node:crypto'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { activate, endorsementPublic, makeAttestationKey } from '../../src/device/tpm/attestation.ts'
import { TpmClient } from '../../src/device/tpm/client.ts'
import { readCertificate } from '../../src/device/tpm/endorsement-certificate.ts'
import { manufacture } from '../../src/device/tpm/manufacture.ts'
import { startedTpm } from '../../src/device/tpm/started-tpm.ts'
import type { DeviceDefinition, TpmFacts } from '../../src/domain/device.ts'
import { attestationAuthority, MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import type { Result } from '../../src/domain/trouble.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { tpmVersionText } from '../../src/protocols/tpm/version-text.ts'
import { decodeCertificate } from '../../src/protocols/x509/certificate.ts'
import { readAuthorityKeyIdentifier } from '../../src/protocols/x509/read-extensions.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'

export const NOW = Date.parse('2024-11-04T08:00:00Z')

export const given = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.trouble.code}: ${result.trouble.text}`)
  return result.value
}

/** A device with this TPM, and a tenant that has it registered. */
export async function scene(tpm: Partial<TpmFacts> = {}, name = 'asus-br1100fka') {
  const shipped = loadDeviceFile(name)
  const facts = { ...shipped.tpm!, ...tpm }
  const device: DeviceDefinition = { ...shipped, tpm: facts }
  const made = manufacture(facts, derivedKeys)
  const clock = { now: NOW }
  const hardwareHash = hardwareHashOf(device, derivedKeys, NOW)
  const { tenant, handle } = startTenant(
    {
      definition: loadTenantFile('contoso-school'),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      vendorRecords: () => ({ endorsement: made.published, authorities: made.authorities }),
      registered: () => [{ hardwareHash, details: { groupTag: '', purchaseOrder: '', assignedUser: '' } }],
    },
    () => clock.now,
  )
  const commands: string[] = []
  const chip = await startedTpm(
    { facts, keys: derivedKeys, clock: () => 0 },
    { write: (fact) => void (fact.kind === 'tpm' && commands.push(fact.command)) },
  )
  const client = new TpmClient(chip)
  const send = (request: HttpRequest): HttpResponse => handle(request, {})
  return { device, facts, made, clock, hardwareHash, tenant, send, client }
}

export type Scene = Awaited<ReturnType<typeof scene>>

export const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice()
  copy[at < 0 ? copy.length + at : at]! ^= 1
  return copy
}

export interface SentEvidence {
  hardwareHash: string
  clientTime: string
  ekPub: Uint8Array
  ekCertificate: Uint8Array
  ekChain: Uint8Array[]
  aikPub: Uint8Array
  creationData: Uint8Array
  attest: Uint8Array
  signature: Uint8Array
}

/** What the device would send, before a test spoils it. */
export async function goodEvidence({ client, made, hardwareHash }: Scene, ekCertificate?: Uint8Array) {
  const certificate = ekCertificate ?? (await readCertificate(client)) ?? made.published[0]!
  const clientTime = new Date(NOW).toISOString()
  const qualifier = new Uint8Array(createHash('sha256').update(clientTime).update(certificate).digest())
  const key = given(await makeAttestationKey(client, qualifier))
  const { publicArea, creationData, attest, signature, handle } = key
  const evidence: SentEvidence = {
    hardwareHash,
    clientTime,
    ekPub: given(await endorsementPublic(client)),
    ekCertificate: certificate,
    ekChain: [made.authorities[0]!],
    aikPub: publicArea,
    creationData,
    attest,
    signature,
  }
  return { evidence, handle }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export const post = (url: string, body: object, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: new TextEncoder().encode(JSON.stringify(body)),
})

export const jsonOf = (response: HttpResponse) =>
  JSON.parse(new TextDecoder().decode(response.body)) as Record<string, string>

export function authorityUrl({ facts }: Scene, certificate: Uint8Array): string {
  const issuer = readAuthorityKeyIdentifier(decodeCertificate(certificate).extensions)!
  return MOCK_ENDPOINTS.attestation.replace('{authority}', attestationAuthority(facts.vendor, issuer))
}

/** Sends evidence, whatever it is, to the authority that its issuer names. */
export function challenge(of: Scene, evidence: SentEvidence, url = authorityUrl(of, evidence.ekCertificate)) {
  const body = Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [
      name,
      value instanceof Uint8Array
        ? base64(value)
        : Array.isArray(value)
          ? value.map((certificate) => ({ certificate: base64(certificate) }))
          : value,
    ]),
  )
  return of.send(post(`${url}/challenge`, body, { platformtype: tpmVersionText(of.facts) }))
}

/** Opens a challenge in the TPM; what comes out is its secret, or the trouble. */
export function open(of: Scene, answer: HttpResponse, handle: number) {
  const { idObject, encryptedSecret } = jsonOf(answer)
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
  return activate(of.client, handle, { idObject: bytes(idObject!), encryptedSecret: bytes(encryptedSecret!) })
}
