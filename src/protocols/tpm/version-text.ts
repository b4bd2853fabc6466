/** What a TPM says of itself: TPM_PT_FAMILY_INDICATOR, _LEVEL, _REVISION, _MANUFACTURER, _FIRMWARE_VERSION_1 and _2. */
export interface TpmVersion {
  version: string
  specification: { level: number; revision: string }
  /** TCG vendor id without its padding: `IFX`. */
  vendor: string
  firmware: readonly [number, number]
}

/**
 * Record 13 of a hardware hash and the `PlatformType` header of AIK enrolment (device-identity.md section 1.6). Windows
 * pads the vendor id with blanks to four characters and prints the two firmware words in decimal.
 */
export function tpmVersionText({ version, specification, vendor, firmware }: TpmVersion): string {
  const { level, revision } = specification
  const id = `'${vendor.padEnd(4)}'`
  return `TPM-Version:${version} -Level:${level}-Revision:${revision}-VendorID:${id}-Firmware:${firmware.join('.')}`
}

/** The firmware words as Windows shows them elsewhere: each is two 16-bit numbers, `403.0.0.0`. */
export const tpmFirmwareText = (firmware: readonly [number, number]): string =>
  firmware.map((word) => `${word >>> 16}.${word & 0xffff}`).join('.')
