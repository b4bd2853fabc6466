import type { AttestationTry, TpmReadiness } from '../../machines/attestation/attestation-tries.ts'
import type { Carried } from '../../machines/carried.ts'
import { activate, endorsementPublic, lockoutOf, makeAttestationKey } from '../device/tpm/attestation.ts'
import { TpmClient } from '../device/tpm/client.ts'
import { readCertificate } from '../device/tpm/endorsement-certificate.ts'
import { isVulnerableBit, readinessOf, readinessText } from '../device/tpm/readiness.ts'
import type { VirtualTpm } from '../device/tpm.ts'
import { Secret } from '../domain/secret.ts'
import { failure, type Result, success, type Trouble } from '../domain/trouble.ts'
import { CODE, codeOfHttpStatus, httpStatusOf } from '../domain/windows-codes.ts'
import { decodePublic } from '../protocols/tpm/tpmt-public.ts'
import { tpmVersionText } from '../protocols/tpm/version-text.ts'
import { type Attested, attestHardware, qualifierOf } from '../service/attestation/attest-hardware.ts'
import { fetchEkCertificate, fetchIssuers } from '../service/attestation/fetch-ek-certificate.ts'
import type { Bindings } from './bindings.ts'
import { parcel } from './carried.ts'

/** A TPM that can be attested. */
const READY = parcel<{ tpm: VirtualTpm; client: TpmClient; certificate: Uint8Array }>()

/** How long a try may take: an assumption. That it times out with some chips is documented (3.9 [D]). */
const SLOW_MS = 5 * 60_000

/** Is this TPM ready: the beginning of device-identity.md section 3.5. */
export async function checkTpm(run: Bindings, signal: AbortSignal): Promise<TpmReadiness> {
  const { device } = run
  const { tpm } = device
  if (!tpm || tpm.isAway) {
    device.log('tpmNotAvailable')
    return {
      kind: 'notReady',
      trouble: {
        code: CODE.timedOut,
        text: tpm ? 'the TPM does not answer' : 'no TPM 2.0 that could attest the device',
      },
    }
  }
  const client = new TpmClient(await tpm.chip())
  const certificate = await endorsementCertificate(run, tpm, client, signal)
  const lockout = await lockoutOf(client)
  const readiness = readinessOf(tpm.facts, {
    hasCertificate: certificate.ok,
    isLocked: lockout.counter >= lockout.max,
  })
  if (isVulnerableBit(readiness)) {
    return {
      kind: 'refused',
      trouble: { code: CODE.tpmFirmwareVulnerable, text: 'the TPM has firmware with known vulnerabilities' },
    }
  }
  if (readiness !== 0 || !certificate.ok) {
    const state = readinessText(readiness)
    device.log('tpmNotReady')
    const why = certificate.ok ? '' : ` (${certificate.trouble.text})`
    return {
      kind: 'notReady',
      trouble: { code: CODE.timedOut, text: `the TPM is not ready for attestation, ${state}${why}` },
    }
  }
  return { kind: 'ready', tpm: READY.pack({ tpm, client, certificate: certificate.value }) }
}

export interface AttestationInput {
  tpm: Carried
  /** From 1 on. */
  attempt: number
  attemptsMax: number
}

/** One try, to a device token. */
export async function attestOnce(run: Bindings, input: AttestationInput, signal: AbortSignal): Promise<AttestationTry> {
  const { device, memory, timeline } = run
  const opened = READY.open(input.tpm)
  device.log('tpmConfiguring', { attempt: input.attempt, attemptsMax: input.attemptsMax })
  if (opened.tpm.isSlow) {
    await timeline.sleep(SLOW_MS, signal)
    return { kind: 'refused', trouble: { code: CODE.timedOut, text: 'TPM attestation timed out: the TPM is too slow' } }
  }
  const answer = await evidence(run, opened, signal)
  if (answer.ok) {
    memory.deviceToken = new Secret(answer.value.deviceToken)
    device.attestationCertificate = answer.value.aikCertificate
    device.log('tpmKeyStateUpdated', { server: 'attested key', client: 'attested key' })
    device.log('tpmIdentityConfirmed')
    return { kind: 'attested' }
  }
  const trouble = attestationTrouble(answer.trouble)
  device.log('tpmIdentityFailed', { code: trouble.code })
  // The service refuses the evidence, and may accept another.
  if (trouble.code === CODE.httpBadRequest && input.attempt < input.attemptsMax) return { kind: 'badRequest', trouble }
  device.log('profileNotMadeAvailable', { code: trouble.code })
  return trouble.code === CODE.httpBadRequest ? { kind: 'badRequest', trouble } : { kind: 'refused', trouble }
}

/** The page shows a Windows code: that of the HTTP status, and one for an answer that cannot be read (an assumption). */
function attestationTrouble(trouble: Trouble): Trouble {
  const status = httpStatusOf(trouble.code)
  if (status !== undefined) return { ...trouble, code: codeOfHttpStatus(status) }
  return trouble.code.startsWith('0x') ? trouble : { ...trouble, code: CODE.attestationFailed }
}

async function evidence(
  { device, service }: Bindings,
  { tpm, client, certificate }: ReturnType<typeof READY.open>,
  signal: AbortSignal,
): Promise<Result<Attested>> {
  const ekPub = await endorsementPublic(client)
  if (!ekPub.ok) return ekPub
  const clientTime = new Date(device.clock()).toISOString()
  const key = await makeAttestationKey(client, qualifierOf(clientTime, certificate))
  if (!key.ok) return key
  const { handle, publicArea, creationData, attest, signature } = key.value
  try {
    return await attestHardware(
      service,
      {
        vendor: tpm.facts.vendor,
        platformType: tpmVersionText(tpm.facts),
        hardwareHash: device.hardwareHash(),
        clientTime,
        ekPub: ekPub.value,
        ekCertificate: certificate,
        ekChain: await fetchIssuers(service, certificate, signal),
        aikPub: publicArea,
        creationData,
        attest,
        signature,
      },
      (credential) => activate(client, handle, credential),
      signal,
    )
  } finally {
    await client.flushContext(handle)
  }
}

/** From the chip, or from its maker (device-identity.md section 3.3): what the task TPM-Maintenance does. */
async function endorsementCertificate(
  { service }: Bindings,
  { facts }: VirtualTpm,
  client: TpmClient,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const inChip = await readCertificate(client)
  if (inChip) return success(inChip)
  const missing = failure(CODE.notFound, 'there is no EK certificate in the TPM')
  if (facts.certificate !== 'web' || facts.faults?.includes('noEndorsementCertificate')) return missing
  const ekPub = await endorsementPublic(client)
  if (!ekPub.ok) return ekPub
  return fetchEkCertificate(service, facts.vendor, decodePublic(ekPub.value), signal)
}
