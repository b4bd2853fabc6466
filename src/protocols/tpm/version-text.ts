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

/** Vendors whose second word is not two 16-bit numbers: Infineon sells 0x000C3600 as `3126.0` (section 1.6 [I]). */
const BUILD_SHIFT: ReadonlyMap<string, number> = new Map([['IFX', 8]])

/**
 * The firmware words in the dotted form that Windows and vendors print (vector T5): `8213.275.21.18466` for Microsoft's
 * virtual TPM, `7.62.3126.0` for Infineon.
 */
export function tpmFirmwareText({ vendor, firmware }: Pick<TpmVersion, 'vendor' | 'firmware'>): string {
  const shift = BUILD_SHIFT.get(vendor) ?? 16
  const [one, two] = firmware
  return [one >>> 16, one & 0xffff, two >>> shift, two & (2 ** shift - 1)].join('.')
}
