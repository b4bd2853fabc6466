import { formatDuration } from '../../domain/duration.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { FactBehind } from './cause.ts'
import { type Incident, pageOf } from './incident.ts'
import type { KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** What of the hardware, its Windows and its clock is behind a trouble. */
export function deviceFact(story: Story, incident: Incident, text: string): Found | undefined {
  const { spec } = story
  const { device } = spec
  return (
    (incident.kind === 'noProfile' ? ofLookup(spec, text) : undefined) ??
    ofClock(spec, text) ??
    (text.includes('recovery environment') ? ofRecovery(spec) : undefined) ??
    (incident.kind === 'kioskLost' && device.behaviour?.kioskSignInLasts === false
      ? { fact: 'device.behaviour.kioskSignInLasts', text: 'the device has kioskSignInLasts false' }
      : undefined) ??
    (incident.kind === 'page' && incident.code === CODE.alreadyEnrolled && device.disk?.isEnrolled
      ? { fact: 'device.disk.isEnrolled', text: 'the image is of a device that was enrolled' }
      : undefined) ??
    (isOfTpm(story, incident) ? ofTpm(spec, incident) : undefined)
  )
}

function ofLookup({ device }: KnownSpec, text: string): Found | undefined {
  if (text.includes('cannot join Microsoft Entra')) {
    return { fact: 'device.windows.edition', text: `the device has the edition ${device.windows?.edition}` }
  }
  return device.boardSwapOf === undefined
    ? undefined
    : {
        fact: 'device.boardSwapOf',
        text: `the device has another board: it is registered as ${device.boardSwapOf}`,
      }
}

function ofClock({ clockSkewMs = 0 }: KnownSpec, text: string): Found | undefined {
  if (clockSkewMs === 0 || !(text.includes('ERR_ATTESTATION_CLOCK') || text.includes('by the clock of the device'))) {
    return undefined
  }
  return {
    fact: 'clockSkewMs',
    text: `the device's clock is ${formatDuration(Math.abs(clockSkewMs))} ${clockSkewMs > 0 ? 'ahead' : 'behind'}`,
  }
}

/** Without Windows RE there is no reset. */
export function ofRecovery({ device }: KnownSpec): Found | undefined {
  const { recovery } = device.windows ?? {}
  return recovery === undefined || recovery === 'enabled'
    ? undefined
    : { fact: 'device.windows.recovery', text: `the Windows Recovery Environment is ${recovery}` }
}

/** The page of the attestation, or the technician's page after it. */
function isOfTpm({ screens }: Story, incident: Incident): boolean {
  const page = pageOf(incident)
  if (page !== 'technicianStatus') return page === 'tpmAttestation'
  return screens.findLast(({ screen }) => screen.page !== 'technicianStatus')?.screen.page === 'tpmAttestation'
}

function ofTpm({ device: { tpm } }: KnownSpec, incident: Incident): Found | undefined {
  if (!tpm) return { fact: 'device', text: 'the device has no TPM' }
  if (tpm.version !== '2.0') return { fact: 'device.tpm.version', text: `the TPM has version ${tpm.version}` }
  const { faults = [], certificate } = tpm
  if (faults.length > 0) return { fact: 'device.tpm.faults', text: `the TPM has the fault ${faults.join(', ')}` }
  if (certificate === 'none') return { fact: 'device.tpm.certificate', text: 'the TPM has no certificate' }
  return incident.kind === 'page' && incident.code === CODE.tpmFirmwareVulnerable
    ? { fact: 'device.tpm.firmware', text: `the TPM of ${tpm.vendor} has the firmware ${tpm.firmware.join(', ')}` }
    : undefined
}
