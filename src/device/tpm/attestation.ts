import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { EK_HANDLE, PT, RH } from '../../protocols/tpm/constants.ts'
import type { Credential } from '../../protocols/tpm/credential.ts'
import { responseText } from '../../protocols/tpm/response-codes.ts'
import { aik } from '../../protocols/tpm/templates.ts'
import { encodePublic } from '../../protocols/tpm/tpmt-public.ts'
import { type Answer, policySession, type TpmClient } from './client.ts'

/** A fresh attestation key, and the TPM's word that it has made it. */
export interface AttestationKey {
  handle: number
  /** TPMT_PUBLIC. */
  publicArea: Uint8Array
  creationData: Uint8Array
  attest: Uint8Array
  signature: Uint8Array
}

/** TPMT_PUBLIC of the endorsement key. */
export async function endorsementPublic(client: TpmClient): Promise<Result<Uint8Array>> {
  const read = told(await client.readPublic(EK_HANDLE.rsa), 'reading the endorsement key')
  return read.ok ? success(encodePublic(read.value.publicArea)) : read
}

/** Tries that count against the TPM's dictionary-attack protection, and how many it allows. */
export async function lockoutOf(
  client: TpmClient,
): Promise<{ counter: number; max: number; intervalSeconds: number; recoverySeconds: number }> {
  const read = await client.getProperties(PT.LOCKOUT_COUNTER, 4)
  const of = (property: number) => (read.ok ? (read.value.get(property) ?? 0) : 0)
  return {
    counter: of(PT.LOCKOUT_COUNTER),
    max: of(PT.MAX_AUTH_FAIL),
    intervalSeconds: of(PT.LOCKOUT_INTERVAL),
    recoverySeconds: of(PT.LOCKOUT_RECOVERY),
  }
}

/** A primary key of the owner: firmware TPMs of AMD make none below the endorsement key (3.5 [1]). */
export async function makeAttestationKey(client: TpmClient, qualifier: Uint8Array): Promise<Result<AttestationKey>> {
  const made = told(await client.createPrimary(RH.OWNER, aik()), 'making an attestation key')
  if (!made.ok) return made
  const { handle, publicArea, creationData, creationHash, ticket } = made.value
  const certified = told(
    await client.certifyCreation(handle, handle, creationHash, ticket, qualifier),
    'certifying the attestation key',
  )
  if (!certified.ok) return certified
  return success({ handle, publicArea: encodePublic(publicArea), creationData, ...certified.value })
}

/** Opens what the service has wrapped for this pair of keys, under the policy of the endorsement key. */
export async function activate(client: TpmClient, handle: number, credential: Credential): Promise<Result<Uint8Array>> {
  const session = told(await client.startPolicySession(), 'opening a session')
  if (!session.ok) return session
  try {
    const policy = told(await client.policySecret(RH.ENDORSEMENT, session.value), 'satisfying the policy')
    if (!policy.ok) return policy
    const opened = await client.activateCredential(handle, EK_HANDLE.rsa, credential, policySession(session.value))
    return told(opened, 'activating the credential')
  } finally {
    await client.flushContext(session.value)
  }
}

/** What a TPM's own codes become in Windows is not published. */
function told<Value>(answer: Answer<Value>, what: string): Result<Value> {
  if (answer.ok) return success(answer.value)
  return failure(CODE.attestationFailed, `${what}: ${responseText(answer.code)}`)
}
