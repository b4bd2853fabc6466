import type { TpmVersion } from './version-text.ts'

const TEXT =
  /^TPM-Version:(\d\.\d) ?-Level:(\d{1,9})-Revision:(\d{1,9}(?:\.\d{1,9})?)-VendorID:'([^']{0,8})'-Firmware:(\d{1,10})\.(\d{1,10})$/

/** Reads what `tpmVersionText` writes (device-identity.md section 1.6); undefined for a text of another shape. */
export function readTpmVersionText(text: string): TpmVersion | undefined {
  const parts = TEXT.exec(text)
  if (parts === null) return undefined
  const [, version, level, revision, vendor, one, two] = parts as unknown as string[]
  const firmware = [Number(one), Number(two)] as const
  if (firmware.some((word) => word > 0xffff_ffff)) return undefined
  const specification = { level: Number(level), revision: revision! }
  return { version: version!, specification, vendor: vendor!.trimEnd(), firmware }
}

/** Vendors whose second word is not two 16-bit numbers: Infineon sells 0x000C3600 as `3126.0` (section 1.6 [I]). */
const BUILD_SHIFT: Readonly<Record<string, number>> = { IFX: 8 }

/**
 * The firmware words in the dotted form that Windows and vendors print (vector T5): `8213.275.21.18466` for Microsoft's
 * virtual TPM, `7.62.3126.0` for Infineon.
 */
export function vendorFirmwareText({ vendor, firmware }: Pick<TpmVersion, 'vendor' | 'firmware'>): string {
  const shift = BUILD_SHIFT[vendor] ?? 16
  const [one, two] = firmware
  return [one >>> 16, one & 0xffff, two >>> shift, two & (2 ** shift - 1)].join('.')
}
