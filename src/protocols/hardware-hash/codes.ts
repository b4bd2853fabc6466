/** Meanings of numbers in a hash (device-identity.md section 1.3, after its table; tags there). */

export const ARCHITECTURES: Readonly<Record<number, string>> = { 0: 'x86', 9: 'x64', 12: 'ARM64' }

/** What WinPE has is not known [?]. */
export const OS_TYPES: Readonly<Record<number, string>> = { 2: 'FullOS' }

/** Windows `STORAGE_BUS_TYPE` [K]. */
export const BUS_TYPES: Readonly<Record<number, string>> = {
  1: 'SCSI',
  2: 'ATAPI',
  3: 'ATA',
  7: 'USB',
  8: 'RAID',
  10: 'SAS',
  11: 'SATA',
  12: 'SD',
  13: 'eMMC',
  17: 'NVMe',
  19: 'UFS',
}

/** NDIS physical medium. */
export const MEDIA: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'WirelessLan',
  8: 'WWAN',
  9: 'Native802_11',
  10: 'Bluetooth',
  14: '802.3',
}

/** SMBIOS type 16. */
export const ERROR_CORRECTIONS: Readonly<Record<number, string>> = {
  3: 'none',
  4: 'parity',
  5: 'single-bit',
  6: 'multi-bit',
  7: 'CRC',
}

/** Windows platform roles. */
export const POWER_ROLES: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'desktop',
  2: 'mobile',
  3: 'workstation',
  8: 'slate',
}

/** SMBIOS type 3 [K]. */
export const CHASSIS_TYPES: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'unknown',
  3: 'desktop',
  8: 'portable',
  9: 'laptop',
  10: 'notebook',
  11: 'hand held',
  13: 'all in one',
  14: 'sub notebook',
  30: 'tablet',
  31: 'convertible',
  32: 'detachable',
}

export const TOUCH_BITS: readonly (readonly [number, string])[] = [
  [0x01, 'integrated touch'],
  [0x02, 'external touch'],
  [0x04, 'integrated pen'],
  [0x08, 'external pen'],
  [0x40, 'multi-input'],
  [0x80, 'ready'],
]

/** `DISPLAYCONFIG_VIDEO_OUTPUT_TECHNOLOGY` [I]. */
export const OUTPUT_TECHNOLOGIES: Readonly<Record<number, string>> = {
  0: 'VGA',
  4: 'DVI',
  5: 'HDMI',
  10: 'DisplayPort',
  11: 'embedded DisplayPort',
  2147483648: 'internal',
  4294967295: 'other',
}

/** Record 11; 0x0102 was seen by one decoder. */
export const ID_TYPES: Readonly<Record<number, string>> = { 1: 'TPM endorsement key', 258: 'UEFI variable or TPM' }
