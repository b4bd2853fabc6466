import type { DeviceDefinition } from '../domain/device.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { HEALTH } from './csp/rules/health-attestation.ts'
import { READINESS, readinessOf } from './tpm/readiness.ts'

/** `Status` (mdm-protocols.md, 3.6). */
const STATUS = { requested: 1, deviceNotReady: 6, badTpmVersion: 9, noNonce: 10, serviceUnreachable: 404 } as const

/** What `TriggerAttestation` has to say at least; `aadToken` and `cv` may be left out. */
const REQUIRED = ['rpID', 'serviceEndpoint', 'nonce'] as const

/**
 * The state machine of the HealthAttestation CSP, as far as a device without an attestation service comes. No boot log is collected, no
 * quote is made and no request leaves: what is wrong on the device itself is found, and behind that no service is reached.
 */
export class HealthAttestation {
  readonly #tpm: DeviceDefinition['tpm']
  readonly #csp: CspTree
  #verifies = false
  #attests = false

  constructor(tpm: DeviceDefinition['tpm'], csp: CspTree) {
    this.#tpm = tpm
    this.#csp = csp
  }

  /** `VerifyHealth`. The status of the Exec: the check is under way behind it. */
  verify(): number {
    this.#verifies = true
    this.#csp.set(`${HEALTH}/Status`, 'int', String(STATUS.requested))
    return 202
  }

  /** `TriggerAttestation`. The last status is gone before the service is called. That it is 400 for other data is an assumption. */
  trigger(data: string): number {
    if (!isRequest(data)) return 400
    this.#attests = true
    this.#csp.remove(`${HEALTH}/AttestStatus`)
    return 202
  }

  /** Ends what is under way. The status that the device reports, when the server has asked for the classic check. */
  settle(): number | undefined {
    if (this.#attests) {
      this.#attests = false
      const code = this.#tpm?.version === '2.0' ? CODE.cannotConnect : CODE.notFound
      this.#csp.set(`${HEALTH}/AttestStatus`, 'int', String(signedOf(code)))
    }
    if (!this.#verifies) return undefined
    this.#verifies = false
    const status = this.#statusNow()
    this.#csp.set(`${HEALTH}/Status`, 'int', String(status))
    return status
  }

  forget(): void {
    this.#verifies = false
    this.#attests = false
  }

  #statusNow(): number {
    if (!this.#tpm) return STATUS.deviceNotReady
    if (this.#tpm.version !== '2.0') return STATUS.badTpmVersion
    return this.#csp.read(`${HEALTH}/Nonce`) ? STATUS.serviceUnreachable : STATUS.noNonce
  }
}

function isRequest(data: string): boolean {
  let request: unknown
  try {
    request = JSON.parse(data)
  } catch {
    return false
  }
  if (typeof request !== 'object' || request === null) return false
  const said = request as Record<string, unknown>
  return REQUIRED.every((name) => typeof said[name] === 'string') && URL.canParse(String(said.serviceEndpoint))
}

/**
 * `TpmReadyStatus`. The EK certificate and a lockout are not looked at, since that would send commands to the TPM; that a device
 * without a TPM 2.0 has the bit of an error is an assumption.
 */
export function tpmReadyStatus(tpm: DeviceDefinition['tpm']): number {
  if (tpm?.version !== '2.0') return READINESS.find(({ name }) => name === 'genericError')!.bit
  return readinessOf(tpm, { hasCertificate: true, isLocked: false })
}
