import { createHash } from 'node:crypto'
import { tcgId } from '../../domain/tpm-vendors.ts'
import { decodeJson } from '../../protocols/json.ts'
import { makeCredential } from '../../protocols/tpm/credential.ts'
import { TCG_ATTRIBUTE } from '../../protocols/tpm/ek-certificate.ts'
import type { DecodedCertificate } from '../../protocols/x509/certificate.ts'
import { readAlternativeDirectoryName } from '../../protocols/x509/read-extensions.ts'
import { recognise } from '../autopilot/registration.ts'
import type { Handler } from '../handler.ts'
import { empty, json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { verifyKeys } from './attestation-key.ts'
import { authorityOf, type KnownAuthority } from './authority.ts'
import { verifyEkCertificate } from './certificate-path.ts'
import { type Evidence, MALFORMED, readEvidence } from './evidence.ts'
import { badEvidence, isRefusal, notOurs, type Refusal, refuse } from './refusal.ts'

/** How far a device's clock may be off: "minutes" break it [D]; how many is not published. An assumption. */
const SKEW_MS = 5 * 60_000

/**
 * First half of our own contract (docs/lookup.md): evidence in, and out comes a secret that only the TPM opens which holds
 * both the certified endorsement key and the attestation key.
 */
export const handleAttestationChallenge: Handler = (request, tenant) => {
  const authority = authorityOf(request.url, tenant.keys)
  // Microsoft has no authority for this issuer's key, and nothing on the device can cure it.
  if (!authority) return empty(404)
  const evidence = readEvidence(decodeJson(request.body, MALFORMED))
  const early = checkClock(evidence, tenant.now())
  if (early) return refuse(early)
  const certificate = verifyEkCertificate(evidence.ekCertificate, evidence.ekChain, authority, tenant.now())
  if (isRefusal(certificate)) return refuse(certificate)
  const foreign = checkPlatform(certificate, authority, request.headers.platformtype ?? '')
  if (foreign) return refuse(foreign)
  const keys = verifyKeys(evidence, certificate.spki)
  if (isRefusal(keys)) return refuse(keys)
  const registration = checkRegistration(
    tenant,
    evidence,
    keys.endorsement.type === 'rsa' ? keys.endorsement.unique : null,
  )
  if (typeof registration !== 'string') return refuse(registration)

  const id = tenant.ids.guid()
  const derived = (purpose: string) => new Uint8Array(createHash('sha256').update(`${purpose}\0${id}`).digest())
  const secret = derived('attestation')
  const chance = { seed: derived('seed'), encryption: derived('encryption') }
  const { idObject, encryptedSecret } = makeCredential(keys.endorsement, keys.attestationName, secret, chance)
  tenant.state.attestation.challenges.set(id, {
    secret,
    registrationId: registration,
    authority: authority.name,
    attestationSpki: keys.attestationSpki,
    alternativeName: certificate.extensions.find(({ oid }) => oid === '2.5.29.17')!,
  })
  return json(200, { id, idObject: base64(idObject), encryptedSecret: base64(encryptedSecret) })
}

function checkClock({ clientTime }: Evidence, now: number): Refusal | undefined {
  if (Math.abs(clientTime - now) <= SKEW_MS) return undefined
  const text = `the device's clock says ${new Date(clientTime).toISOString()}, the service's ${new Date(now).toISOString()}`
  return badEvidence('ERR_ATTESTATION_CLOCK', text)
}

/** The vendor in the host, in the header and in the certificate is one. */
function checkPlatform(
  { extensions }: DecodedCertificate,
  { vendor }: KnownAuthority,
  platformType: string,
): Refusal | undefined {
  const manufacturer = readAlternativeDirectoryName(extensions)?.find(({ type }) => type === TCG_ATTRIBUTE.manufacturer)
  const stated = /VendorID:'([^']*)'/.exec(platformType)?.[1]?.trim()
  if (manufacturer?.value === tcgId(vendor.word) && stated === vendor.id) return undefined
  return badEvidence('ERR_ATTESTATION_PLATFORM', 'the certificate and the device name different makers of the TPM')
}

/** The id of the registration that hash and endorsement key belong to. */
function checkRegistration(tenant: Tenant, evidence: Evidence, modulus: Uint8Array | null): string | Refusal {
  const recognition = recognise(tenant, evidence.hardwareHash)
  if (recognition.kind !== 'recognised') return notOurs('the device is not registered')
  const { device } = recognition
  const hash = modulus && createHash('sha256').update(modulus).digest('hex')
  return hash === device.endorsementKeyHash ? device.id : notOurs('the endorsement key is not the registered one')
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
