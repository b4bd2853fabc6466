import type { DeviceBehaviour } from './device-behaviour.ts'
import type { RecoveryState } from './reset.ts'
import type { SetupWork } from './setup-work.ts'
import type { Edition } from './windows-versions.ts'

/** Facts of one virtual device, as `devices/*.yaml` states them. Nothing here is computed. */
export interface DeviceDefinition {
  /** File name without its ending, for example `surface-laptop-se`. */
  id: string
  title: string
  /** Of a laptop with another board: the device in whose chassis it sits. It has that one's serial number and disk. */
  boardSwapOf?: string
  windows: WindowsFacts
  smbios: SmbiosFacts
  cpu: CpuFacts
  memory: MemoryFacts
  disk: DiskFacts
  adapters: AdapterFacts[]
  panel: PanelFacts
  /** Windows platform role: `mobile` for a notebook, `slate` for a tablet. */
  powerRole: 'desktop' | 'mobile' | 'slate'
  touch: boolean
  /** Left out: none. */
  opticalDrive?: boolean
  /** Left out on a device without a TPM. */
  tpm?: TpmFacts
  /** Security keys that lie beside the device. Left out: none. */
  securityKeys?: SecurityKeyFacts[]
  /** Where no source says what Windows does. Left out: the best guesses of `DEVICE_BEHAVIOUR`. */
  behaviour?: { [Name in keyof DeviceBehaviour]?: DeviceBehaviour[Name] | undefined }
  /** How long parts of the set-up take it. Left out: as `SETUP_WORK` has it. */
  setup?: { [Name in keyof SetupWork]?: number | undefined }
  /** Where each fact comes from, by its path (`smbios.serialNumber`) or the path of its parent (`smbios`). */
  provenance: Record<string, Provenance>
}

/** A security key (FIDO2), which follows from its name. */
export interface SecurityKeyFacts {
  name: string
  pin: string
  /** E-mail address of the account that it was registered for; left out: none yet. */
  account?: string | undefined
}

export interface Provenance {
  tag: 'sourced' | 'inferred' | 'madeUp'
  source: string
}

export interface WindowsFacts {
  edition: Edition
  /** Four-part build, for example `10.0.26100.4652`. */
  build: string
  /** BCP 47 tags of the preinstalled languages; the first is the default. */
  languages: string[]
  /** 13 decimal digits. */
  productKeyId: string
  /** For example `[TH]X19-98765`. */
  productKeyPartNumber: string
  /** Windows RE at the first start. Left out: enabled. */
  recovery?: RecoveryState | undefined
}

export interface SmbiosFacts {
  manufacturer: string
  productName: string
  version: string
  serialNumber: string
  uuid: string
  sku: string
  family: string
  firmwareVendor: string
  board: { manufacturer: string; product: string; version: string }
  /** SMBIOS type 3 chassis type: 1 other, 3 desktop, 9 laptop, 10 notebook, 30 tablet, 31 convertible, 35 mini PC. */
  chassisType: number
}

export interface CpuFacts {
  /** Its architecture follows: Qualcomm's are ARM64, the others x64. */
  vendor: 'GenuineIntel' | 'AuthenticAMD' | 'Qualcomm Technologies Inc'
  /** The brand string, with the blanks that some makers pad it with. */
  brand: string
  cores: number
  threads: number
}

export interface MemoryFacts {
  gb: number
  maxGb: number
  slots: number
}

export interface DiskFacts {
  /** Decimal gigabytes. */
  gb: number
  /** `raid` is what Windows reports for disks behind a storage driver such as Intel RST. */
  bus: 'emmc' | 'nvme' | 'sata' | 'sas' | 'raid' | 'ufs'
  /** A disk that spins. Left out: solid state. */
  seekPenalty?: boolean
  serialNumber: string
  product: string
  vendor: string
  /** Files that were put there before the first start. A reset keeps them. Left out: none. */
  files?: DiskFile[] | undefined
  /** `sysprep /generalize` has run since. Left out: it has not. */
  isGeneralized?: boolean | undefined
  /** The image is of a device that was enrolled: its account of device management is in the registry. A reset takes it away. */
  isEnrolled?: boolean | undefined
}

/** A file of the disk, with what is in it in one of three ways. */
export interface DiskFile {
  /** Of Windows: `C:\\Windows\\Provisioning\\Autopilot\\AutopilotConfigurationFile.json`. */
  path: string
  /** Written as JSON. */
  json?: Record<string, unknown> | undefined
  text?: string | undefined
  base64?: string | undefined
  /** Of `json` and `text`. Left out: `ansi`. */
  encoding?: TextEncoding | undefined
  /** A file beside the scenario or the device, whose bytes it has. The loader reads it: a run has them as `base64`. */
  from?: string | undefined
}

export const TEXT_ENCODINGS = ['ansi', 'utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'] as const

export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

export interface AdapterFacts {
  id: string
  /** `cellular` is part of the hardware only: no source says what the network page makes of it. */
  kind: 'wifi' | 'ethernet' | 'bluetooth' | 'cellular'
  /** What enumerates it. Left out: PCI, and Windows' own `BTH` for Bluetooth. */
  bus?: 'pci' | 'usb' | 'vmbus'
  name: string
  /** Of one adapter. Those that are invented are locally administered: the second hexadecimal digit is 2, 6, A or E. */
  mac: string
  /** A dongle: works, but is no part of the hardware hash. */
  removable: boolean
}

export interface PanelFacts {
  /** How the screen is connected; left out: `internal`. `other` is the screen of a virtual machine. */
  output?: 'internal' | 'hdmi' | 'displayport' | 'other'
  widthMm: number
  heightMm: number
  widthPx: number
  heightPx: number
}

export interface TpmFacts {
  version: '2.0' | '1.2'
  /** Four characters of the TCG vendor id, shorter ones without their padding: `INTC`, `IFX`. */
  vendor: string
  kind: 'discrete' | 'firmware'
  /** TPM_PT_FIRMWARE_VERSION_1 and _2. */
  firmware: [number, number]
  /** TCG specification level and revision, for example `1.38`. */
  specification: { level: number; revision: string }
  /** 64 hexadecimal digits; every key of the endorsement hierarchy follows from it. */
  endorsementSeed: string
  /** Where the endorsement key certificate is kept: in the chip, at the vendor's web service, nowhere. */
  certificate: 'nv' | 'web' | 'none'
  /** What is wrong with it, by name (src/device/tpm/personas.ts). */
  faults?: TpmFault[] | undefined
}

export const TPM_FAULTS = [
  'noEndorsementCertificate',
  'certificateForAnotherKey',
  'certificateExpired',
  'certificateFetchBlocked',
  'unknownIssuer',
  'vulnerableFirmware',
  'lockout',
] as const

export type TpmFault = (typeof TPM_FAULTS)[number]
