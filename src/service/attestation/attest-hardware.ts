import { createHash, createPublicKey } from 'node:crypto'
import { attestationAuthority } from '../../domain/endpoints.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { decodeAnswer, object, text } from '../../protocols/json-answer.ts'
import type { Credential } from '../../protocols/tpm/credential.ts'
import { decodePublic, publicKeyOf } from '../../protocols/tpm/tpmt-public.ts'
import { decodeCertificate } from '../../protocols/x509/certificate.ts'
import { readAuthorityKeyIdentifier } from '../../protocols/x509/read-extensions.ts'
import { ask, postJson, type Service, unexpectedStatus } from '../service.ts'

/** The content of a request for an attestation certificate (docs/lookup.md). */
export interface Evidence {
  /** TCG vendor id. */
  vendor: string
  /** `TPM-Version:2.0 -Level:0-…` */
  platformType: string
  /** Base64. */
  hardwareHash: string
  /** ISO 8601, by the device's clock. */
  clientTime: string
  /** TPMT_PUBLIC. */
  ekPub: Uint8Array
  ekCertificate: Uint8Array
  ekChain: readonly Uint8Array[]
  /** TPMT_PUBLIC. */
  aikPub: Uint8Array
  creationData: Uint8Array
  attest: Uint8Array
  signature: Uint8Array
}

export interface Attested {
  aikCertificate: Uint8Array
  deviceToken: string
}

const MALFORMED = 'ERR_ATTESTATION_MALFORMED'

const CHALLENGE = object({ id: text, idObject: text, encryptedSecret: text })
const ATTESTED = object({ aikCertificate: text, deviceToken: text })
/** Of a request that is malformed, and of a device that is not accepted. */
const MISTAKE = object({ error: text, error_description: text })
const REFUSAL = object({ code: text, message: text })

/** What an attestation is bound to: the time and the certificate of its request. */
export const qualifierOf = (clientTime: string, ekCertificate: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(clientTime).update(ekCertificate).digest())

/**
 * The device proves that one TPM holds the certified endorsement key and a fresh attestation key, and gets a certificate for
 * that and a device token. Microsoft's own messages are SCEP (device-identity.md, 3.5); the content is the same, the form is
 * ours (docs/lookup.md).
 */
export async function attestHardware(
  service: Service,
  evidence: Evidence,
  activate: (credential: Credential) => Promise<Result<Uint8Array>>,
  signal?: AbortSignal,
): Promise<Result<Attested>> {
  const base = authorityUrl(service, evidence)
  if (!base.ok) return base
  const abort = signal ? { signal } : {}
  const challengeUrl = `${base.value}/challenge`
  const headers = { platformtype: evidence.platformType }
  const challenge = await ask<Credential & { id: string }>(
    service,
    postJson(challengeUrl, bodyOf(evidence), headers),
    { operation: 'TPM attestation challenge', ...abort },
    (response) => {
      if (response.status !== 200) return refused('TPM attestation challenge', response, challengeUrl)
      const { id, idObject, encryptedSecret } = decodeAnswer(response.body, CHALLENGE, MALFORMED)
      return success({ id, idObject: fromBase64(idObject), encryptedSecret: fromBase64(encryptedSecret) })
    },
  )
  if (!challenge.ok) return challenge
  const opened = await activate(challenge.value)
  if (!opened.ok) return opened
  const proofUrl = `${base.value}/proof`
  const proof = { id: challenge.value.id, secret: base64(opened.value) }
  return ask(service, postJson(proofUrl, proof), { operation: 'TPM attestation proof', ...abort }, (response) => {
    if (response.status !== 200) return refused('TPM attestation proof', response, proofUrl)
    const answer = decodeAnswer(response.body, ATTESTED, MALFORMED)
    const aikCertificate = fromBase64(answer.aikCertificate)
    if (!isFor(aikCertificate, evidence.aikPub)) {
      return failure(CODE.attestationFailed, 'the attestation certificate is for another key', proofUrl)
    }
    return success({ aikCertificate, deviceToken: answer.deviceToken })
  })
}

/** The host has the name of the certificate's issuer: without an issuer's name the TPM cannot be attested (3.2 [I]). */
function authorityUrl(service: Service, { vendor, ekCertificate }: Evidence): Result<string> {
  const issuer = readAuthorityKeyIdentifier(decodeCertificate(ekCertificate).extensions)
  if (!issuer) return failure(CODE.attestationFailed, 'the EK certificate does not name the key of its issuer')
  return success(service.endpoints.attestation.replace('{authority}', attestationAuthority(vendor, issuer)))
}

const bodyOf = (evidence: Evidence) => ({
  hardwareHash: evidence.hardwareHash,
  clientTime: evidence.clientTime,
  ekPub: base64(evidence.ekPub),
  ekCertificate: base64(evidence.ekCertificate),
  ekChain: evidence.ekChain.map((certificate) => ({ certificate: base64(certificate) })),
  aikPub: base64(evidence.aikPub),
  creationData: base64(evidence.creationData),
  attest: base64(evidence.attest),
  signature: base64(evidence.signature),
})

function refused(
  operation: string,
  response: { status: number; headers: Record<string, string>; body: Uint8Array },
  url: string,
) {
  switch (response.status) {
    case 400: {
      const { error, error_description: description } = decodeAnswer(response.body, MISTAKE, MALFORMED)
      return failure(CODE.httpBadRequest, `${error}: ${description}`, url)
    }
    case 403: {
      const { code, message } = decodeAnswer(response.body, REFUSAL, MALFORMED)
      return failure(code, message, url)
    }
    case 404:
      return failure(
        CODE.httpNotFound,
        'the attestation service has no authority for the issuer of the EK certificate',
        url,
      )
    default:
      return unexpectedStatus(operation, response, url)
  }
}

function isFor(certificate: Uint8Array, aikPub: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(decodeCertificate(certificate).spki), type: 'spki', format: 'der' })
  return publicKeyOf(decodePublic(aikPub))?.equals(key) ?? false
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
