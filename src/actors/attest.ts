import type { Attestation } from '../../machines/pages/tpm-attestation.ts'
import { activate, endorsementPublic, lockoutOf, makeAttestationKey } from '../device/tpm/attestation.ts'
import { TpmClient } from '../device/tpm/client.ts'
import { readCertificate } from '../device/tpm/endorsement-certificate.ts'
import { isVulnerableBit, readinessOf, readinessText } from '../device/tpm/readiness.ts'
import type { VirtualTpm } from '../device/tpm.ts'
import { Secret } from '../domain/secret.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { decodePublic } from '../protocols/tpm/tpmt-public.ts'
import { tpmVersionText } from '../protocols/tpm/version-text.ts'
import { type Attested, attestHardware, qualifierOf } from '../service/attest-hardware.ts'
import { fetchEkCertificate, fetchIssuers } from '../service/fetch-ek-certificate.ts'
import type { Bindings } from './bindings.ts'

/** How long Windows tries before it gives up on a TPM is nowhere stated: an assumption. The code is documented. */
export const TPM_WAIT_MS = 5 * 60_000

/** How often a request that was answered with 400 is made again, and how long later: assumptions. The codes are sourced. */
const RETRY = { attemptsMax: 3, waitMs: 30_000 } as const

/** The service will not have the evidence. */
const BAD_REQUEST = '0x80190190'
/** E_AUTOPILOT_CLIENT_TPM_MAX_ATTESTATION_RETRY_EXCEEDED. */
const RETRIES_EXCEEDED = '0x81039001'
const VULNERABLE = '0x81039024'
const TIMED_OUT = '0x800705b4'

/** From `is this TPM ready` to a device token, in the order of device-identity.md section 3.5. */
export async function attestTpm(bindings: Bindings, tpm: VirtualTpm, signal: AbortSignal): Promise<Attestation> {
  const { device, timeline, memory } = bindings
  const client = new TpmClient(await tpm.chip())
  const certificate = await endorsementCertificate(bindings, tpm, client, signal)
  const lockout = await lockoutOf(client)
  const readiness = readinessOf(tpm.facts, {
    hasCertificate: certificate.ok,
    isLocked: lockout.counter >= lockout.max,
  })
  if (isVulnerableBit(readiness)) {
    return { kind: 'refused', trouble: { code: VULNERABLE, text: 'the TPM has firmware with known vulnerabilities' } }
  }
  if (readiness !== 0 || !certificate.ok) {
    const why = certificate.ok ? '' : ` (${certificate.trouble.text})`
    device.log(
      'autopilot',
      171,
      `AutopilotManager TPM identity failed: the TPM is not ready, ${readinessText(readiness)}`,
      'error',
    )
    await timeline.sleep(TPM_WAIT_MS, signal)
    const text = `the TPM is not ready for attestation, ${readinessText(readiness)}${why}`
    return { kind: 'refused', trouble: { code: TIMED_OUT, text } }
  }
  for (let attempt = 1; ; attempt++) {
    const answer = await attestOnce(bindings, tpm, client, certificate.value, signal)
    if (answer.ok) {
      memory.accessToken = new Secret(answer.value.deviceToken)
      device.attestationCertificate = answer.value.aikCertificate
      device.log('autopilot', 169, 'AutopilotManager TPM identity confirmed')
      return { kind: 'attested' }
    }
    const { code, text, url } = answer.trouble
    if (code !== BAD_REQUEST) return { kind: 'refused', trouble: answer.trouble }
    device.log('autopilot', 171, `AutopilotManager TPM identity failed: ${code}`, 'error')
    if (attempt === RETRY.attemptsMax) {
      const trouble = { code: RETRIES_EXCEEDED, text: `${attempt} attempts were refused with ${code}: ${text}` }
      return { kind: 'refused', trouble: url === undefined ? trouble : { ...trouble, url } }
    }
    await timeline.sleep(RETRY.waitMs, signal)
  }
}

async function attestOnce(
  { device, service }: Bindings,
  tpm: VirtualTpm,
  client: TpmClient,
  ekCertificate: Uint8Array,
  signal: AbortSignal,
): Promise<Result<Attested>> {
  const ekPub = await endorsementPublic(client)
  if (!ekPub.ok) return ekPub
  const clientTime = new Date(device.clock()).toISOString()
  const key = await makeAttestationKey(client, qualifierOf(clientTime, ekCertificate))
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
        ekCertificate,
        ekChain: await fetchIssuers(service, ekCertificate, signal),
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
  const missing = failure('0x80070490', 'there is no EK certificate in the TPM')
  if (facts.certificate !== 'web' || facts.faults?.includes('noEndorsementCertificate')) return missing
  const ekPub = await endorsementPublic(client)
  if (!ekPub.ok) return ekPub
  return fetchEkCertificate(service, facts.vendor, decodePublic(ekPub.value), signal)
}
