import type { Result } from '../domain/trouble.ts'
import { failure, success } from '../domain/trouble.ts'
import { decodeJson } from '../protocols/json.ts'
import { ask, postJson, type Service, unexpectedStatus } from './service.ts'

export interface Endorsement {
  /** Base64. */
  hardwareHash: string
  /** Raw big-endian modulus, 256 bytes. */
  modulus: Uint8Array
}

/**
 * The device proves that it holds its endorsement key, and gets a device token for it. Self-deploying's token request is
 * unpublished, so this contract is ours (docs/lookup.md): a secret encrypted to the key comes back opened.
 */
export async function attestHardware(
  service: Service,
  endorsement: Endorsement,
  openSecret: (encrypted: Uint8Array) => Result<Uint8Array>,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const base = service.endpoints.attestation
  const abort = signal ? { signal } : {}
  const challengeUrl = `${base}/challenge`
  const body = { hardwareHash: endorsement.hardwareHash, ekPub: Buffer.from(endorsement.modulus).toString('base64') }
  const challenge = await ask<{ id: string; secret: Uint8Array }>(
    service,
    postJson(challengeUrl, body),
    { operation: 'TPM attestation challenge', ...abort },
    (response) => {
      if (response.status === 403) return refused(response.body, challengeUrl)
      if (response.status !== 200) return unexpectedStatus('TPM attestation challenge', response, challengeUrl)
      const json = decodeJson(response.body, 'ERR_ATTESTATION_MALFORMED')
      return success({ id: json.string('id'), secret: new Uint8Array(Buffer.from(json.string('secret'), 'base64')) })
    },
  )
  if (!challenge.ok) return challenge
  const opened = openSecret(challenge.value.secret)
  if (!opened.ok) return opened
  const proofUrl = `${base}/proof`
  const proof = { id: challenge.value.id, secret: Buffer.from(opened.value).toString('base64') }
  return ask(service, postJson(proofUrl, proof), { operation: 'TPM attestation proof', ...abort }, (response) => {
    if (response.status === 403) return refused(response.body, proofUrl)
    if (response.status !== 200) return unexpectedStatus('TPM attestation proof', response, proofUrl)
    return success(decodeJson(response.body, 'ERR_ATTESTATION_MALFORMED').string('deviceToken'))
  })
}

function refused(body: Uint8Array, url: string) {
  const json = decodeJson(body, 'ERR_ATTESTATION_MALFORMED')
  return failure(json.string('code'), json.string('message'), url)
}
