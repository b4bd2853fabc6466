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
