/**
 * What a hardware hash ("4K HH") says: the records of device-identity.md section 1.3, in their own units.
 * A record that a device does not send is left out; an empty text is a record that holds an empty text.
 */
export interface HardwareReport {
  /** Record 1, the first one in every hash that a tool of Microsoft made; a hash without it was imported too [1]. */
  tool?: ToolHeader
  /** Record 2. */
  cpu?: CpuRecord
  /** Record 3: `GenuineIntel` or `AuthenticAMD`. */
  cpuVendor?: string
  /** Record 4: the CPUID brand string, at most 48 characters. */
  processorModel?: string
  /** Record 5. */
  memory?: MemoryRecord
  /** Record 6. */
  disk?: DiskRecord
  /** Record 7. */
  diskSerial?: DiskSerialRecord
  /** Records 8, one for each adapter that cannot be removed. */
  adapters: AdapterRecord[]
  /** Record 9. */
  display?: DisplayRecord
  /** Record 27: the panel in whole centimetres, as its EDID states it. */
  panelCm?: { width: number; height: number }
  /** Record 10. */
  enclosure?: EnclosureRecord
  /** Record 13: see `tpmVersionText`. */
  tpmVersion?: string
  /** Record 25: the RSA modulus of the endorsement key, most significant byte first; 256 bytes for RSA-2048. */
  ekPublicModulus?: Uint8Array
  /** Record 11. */
  offlineDeviceId?: OfflineDeviceIdRecord
  /** Record 12: 8-4-4-4-12 hexadecimal digits in lower case. */
  smbiosUuid?: string
  /** Record 14. */
  serialNumber?: string
  /** Record 15. */
  firmwareVendor?: string
  /** Record 16. */
  manufacturer?: string
  /** Record 17. */
  productName?: string
  /** Record 18. */
  sku?: string
  /** Record 19. */
  family?: string
  /** Record 23. */
  systemVersion?: string
  /** Record 20. */
  boardManufacturer?: string
  /** Record 21. */
  boardProduct?: string
  /** Record 22. */
  boardVersion?: string
  /** Record 24 (PKID): 13 decimal digits. */
  productKeyId?: string
  /** Record 26, for example `[TH]X19-98765`. */
  productKeyPartNumber?: string
  /** Record 28: the text of record 7 for the system disk. */
  systemDiskSerial?: string
  /** Record 29, in bytes. */
  gpuMemory?: GpuMemoryRecord
  /** Record 30: `vendor|model`. */
  gpuName?: string
  /** Records that no public source explains, and repeats of a record that comes once; in the order of the input. */
  unknown: RawRecord[]
  /** Where the bytes that were read differ from what the encoder writes of itself; left out where they do not. */
  layout?: HashLayout
}

/**
 * How a hash stood that an encoder would write otherwise. With it, a report that was read gives back the very bytes;
 * a value that is changed afterwards is written in the usual way, at its old place.
 */
export interface HashLayout {
  /** The records in their order, when order or content is unusual. */
  records?: LayoutRecord[]
  /** What followed the checksum, unless it was zeros up to 3000 bytes. */
  tail?: Uint8Array
}

export interface LayoutRecord {
  type: number
  /** What the record held, when the value alone would be written differently: a text without NUL, odd sizes. */
  payload?: Uint8Array
}

/** Record 1 (section 1.4). */
export interface ToolHeader {
  /** Four-part build of the tool, for example `10.0.22621.1`. */
  toolBuild: string
  osBuild: string
  /** Unix milliseconds, a whole second, 2000 or later. */
  time: number
  /** Offset from UTC in quarter hours; null is the byte 0x78, "not set". */
  utcOffsetQuarters: number | null
  /** 2 is the full operating system. */
  osType: number
  /** 0 x86, 9 x64, 12 ARM64. */
  architecture: number
  /** 3 (Windows 10 1709), 5 (19041), 8 (22000 and later). */
  toolVersion: number
}

export interface CpuRecord {
  architecture: number
  packages: number
  cores: number
  threads: number
  hyperThreading: boolean
}

export interface MemoryRecord {
  /** Gigabytes. */
  gb: number
  /** Gigabytes that the board can hold. */
  maxGb: number
  slots: number
  arrays: number
  /** SMBIOS type 16: 3 none, 4 parity, 5 single-bit, 6 multi-bit, 7 CRC. */
  errorCorrection: number
}

export interface DiskRecord {
  /** Decimal gigabytes. */
  gb: number
  /** Windows `STORAGE_BUS_TYPE`: 11 SATA, 13 eMMC, 17 NVMe. */
  busType: number
  /** 0 no, 1 yes, 0xFF unknown. */
  seekPenalty: number
  /** 0 off, 1 on. */
  trim: number
}

export interface DiskSerialRecord {
  serial: string
  product: string
  vendor: string
}

export interface AdapterRecord {
  /** NDIS physical medium: 9 Native802_11, 10 Bluetooth, 14 802.3. */
  medium: number
  /** Permanent address, upper case with colons. */
  mac: string
  /** `PCI`, `BTH`, `VMBUS`. */
  enumerator: string
}

export interface DisplayRecord {
  widthMm: number
  heightMm: number
  widthPx: number
  heightPx: number
  /** `DISPLAYCONFIG_VIDEO_OUTPUT_TECHNOLOGY`: 0x80000000 internal, 0xFFFFFFFF other. */
  outputTechnology: number
}

export interface EnclosureRecord {
  /** SMBIOS type 3. */
  chassisType: number
  /** 1 desktop, 2 mobile, 8 slate. */
  powerRole: number
  opticalDrive: number
  /** Bits: 0x01 integrated touch, 0x02 external touch, 0x04 and 0x08 pens, 0x40 multi-input, 0x80 ready. */
  touch: number
}

export interface OfflineDeviceIdRecord {
  /** 0 is success. */
  status: number
  /** 1 is the endorsement key. */
  idType: number
  /** SHA-256 of the endorsement key's modulus. */
  id: Uint8Array
}

export interface GpuMemoryRecord {
  dedicatedVideo: number
  dedicatedSystem: number
  removalPolicy: number
  inLocalMachine: number
}

export interface RawRecord {
  type: number
  payload: Uint8Array
}

/** Text of records 7 and 28. */
export const diskSerialText = (disk: DiskSerialRecord): string => `${disk.serial}|${disk.product}|${disk.vendor}`
