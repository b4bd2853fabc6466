import { whyNotPrepared } from './device-preparation.ts'

/** Device association of August 2026: part of device preparation (reference: oobe-autopilot-esp.md, 2.9 [D]). */
export interface DeviceAssociationDefinition {
  /** File name of a device definition, without its ending. */
  device: string
  /** Id of a device preparation policy for this device; empty: the one of the person who signs in. */
  policy: string
  /** BCP 47 tag; empty: the person chooses. */
  language: string
  /** By the rule of Autopilot's templates; empty for none. */
  deviceNameTemplate: string
}

/** What decides whether a device can be associated. */
export interface AssociationFacts {
  /** Decimal, and four parts. */
  windows: { productType: string; version: string }
  /** Undefined without a TPM. */
  tpm: { version: string; vendor: string; isUsable: boolean } | undefined
}

/** The vendor id of the TPM of a virtual machine. */
const VIRTUAL_VENDOR = 'MSFT'

/**
 * Why a device cannot be associated with a tenant; undefined for one that can. The builds with this feature are not published:
 * those of device preparation, an assumption.
 */
export function whyNotAssociated({ windows, tpm }: AssociationFacts): string | undefined {
  if (tpm?.vendor === VIRTUAL_VENDOR) return 'a virtual machine cannot be associated'
  if (tpm?.version !== '2.0') return 'device association needs TPM 2.0'
  if (!tpm.isUsable) return 'device association needs a TPM in a good state'
  return whyNotPrepared(windows.productType, windows.version)
}
