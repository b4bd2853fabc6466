import { createHash, type KeyObject } from 'node:crypto'
import { type BootState, type DeviceFacts, FRESH_BOOT } from '../domain/boot.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import { type EventLog, eventLog } from '../domain/event-log.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Chance } from '../ports/chance.ts'
import type { KeySource } from '../ports/keys.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../protocols/hardware-hash/encode.ts'
import { CspTree } from './csp/csp-tree.ts'
import { deviceKey, type KeyLabel } from './device-keys.ts'
import { initialDeviceName } from './device-name.ts'
import { hardwareReportOf } from './hardware-report.ts'
import { InstallationQueue } from './installation-queue.ts'
import { VirtualTpm } from './tpm.ts'
import { VirtualNetwork } from './virtual-network.ts'

export interface DeviceParts {
  definition: DeviceDefinition
  environment: NetworkEnvironment
  keys: KeySource
  journal: JournalWriter
  chance: Chance
  /** The device's clock, Unix milliseconds. */
  clock: () => number
}

const EK_SERVICES = ['ekIntel', 'ekAmd', 'ekQualcomm'] as const

/** What enrolment leaves on the device: where its server is, and what it shows to it. */
export interface ManagementAccount {
  providerId: string
  address: string
  certificate: Uint8Array
}

/** A definition brought to life. Its disk, tree and certificates survive a restart; a reset wipes them. */
export class VirtualDevice {
  readonly definition: DeviceDefinition
  readonly tpm: VirtualTpm | undefined
  readonly network: VirtualNetwork
  readonly csp: CspTree
  readonly installations = new InstallationQueue()
  readonly log: EventLog
  readonly clock: () => number
  disk: BootState
  /** Certificate of the Microsoft Entra join. */
  joinCertificate: Uint8Array | undefined
  /** Certificate of the key that stands for the TPM. */
  attestationCertificate: Uint8Array | undefined
  management: ManagementAccount | undefined
  boots = 0
  /** Revision ids of installed updates. */
  installedUpdates: number[] = []
  /** `TenantMatched` of the Autopilot diagnostics in the registry. */
  tenantMatched: boolean | undefined
  /** Members of the local Administrators group, by UPN. */
  administrators: string[] = []
  readonly #keys: KeySource
  readonly #initialName: string

  constructor({ definition, environment, keys, journal, chance, clock }: DeviceParts) {
    this.definition = definition
    this.clock = clock
    this.log = eventLog(journal)
    this.#keys = keys
    const madeAt = clock()
    this.network = new VirtualNetwork(environment, definition.adapters)
    this.tpm =
      definition.tpm?.version === '2.0'
        ? new VirtualTpm(definition.tpm, keys, journal, () => clock() - madeAt)
        : undefined
    if (this.tpm?.facts.faults?.includes('certificateFetchBlocked')) {
      for (const service of EK_SERVICES) this.network.change({ block: new URL(MOCK_ENDPOINTS[service]).hostname })
    }
    this.#initialName = initialDeviceName(chance)
    this.disk = { ...FRESH_BOOT, deviceName: this.#initialName }
    this.csp = new CspTree(journal)
    this.#defineComputedNodes()
  }

  get facts(): DeviceFacts {
    const { windows, adapters } = this.definition
    return {
      languages: windows.languages,
      edition: windows.edition,
      hasEthernet: adapters.some(({ kind }) => kind === 'ethernet'),
    }
  }

  /** The hardware hash, captured now: base64, 4000 characters. */
  hardwareHash(): string {
    const modulus = this.tpm?.endorsementModulus()
    const report = hardwareReportOf(this.definition, modulus ? { modulus } : undefined, this.clock())
    return hardwareHashToBase64(encodeHardwareHash(report))
  }

  key(label: KeyLabel): KeyObject {
    return deviceKey(this.definition, this.#keys, label)
  }

  /** 32 hexadecimal digits: the DeviceID of the enrolment and the source of every OMA-DM message. */
  get deviceId(): string {
    return this.#digest('device-id').slice(0, 32).toUpperCase()
  }

  /** 64 hexadecimal digits that stand for the hardware. */
  get hardwareDeviceId(): string {
    return this.#digest('hardware-device-id').toUpperCase()
  }

  powerOn(): void {
    this.boots++
    this.tpm?.powerOff()
    this.network.powerOn()
    this.csp.hasUser = false
  }

  /** Reset this PC: back to the state in which it left the factory. */
  reset(): void {
    this.disk = { ...FRESH_BOOT, deviceName: this.#initialName }
    this.csp.clear()
    this.installations.clear()
    this.network.forget()
    this.joinCertificate = undefined
    this.attestationCertificate = undefined
    this.management = undefined
    this.installedUpdates = []
    this.administrators = []
    this.tenantMatched = undefined
  }

  #digest(purpose: string): string {
    const { uuid, serialNumber } = this.definition.smbios
    return createHash('sha256').update(`${purpose}\0${uuid}\0${serialNumber}`).digest('hex')
  }

  #defineComputedNodes(): void {
    const { smbios, windows, memory, disk, panel, cpu } = this.definition
    const language = () => this.disk.language ?? windows.languages[0] ?? 'en-US'
    const nodes: Record<string, () => string> = {
      './DevInfo/DevId': () => this.deviceId,
      './DevInfo/Man': () => smbios.manufacturer,
      './DevInfo/Mod': () => smbios.productName,
      './DevInfo/DmV': () => '1.3',
      './DevInfo/Lang': language,
      './DevDetail/SwV': () => windows.build,
      './DevDetail/OEM': () => smbios.manufacturer,
      './DevDetail/DevTyp': () => smbios.productName,
      './DevDetail/Ext/DeviceHardwareData': () => this.hardwareHash(),
      './DevDetail/Ext/Microsoft/DeviceName': () => this.disk.deviceName,
      './DevDetail/Ext/Microsoft/SMBIOSSerialNumber': () => smbios.serialNumber,
      './DevDetail/Ext/Microsoft/SystemSKU': () => smbios.sku,
      './DevDetail/Ext/Microsoft/ProcessorType': () => cpu.brand.trim(),
      './DevDetail/Ext/Microsoft/TotalRAM': () => String(memory.gb * 1024),
      './DevDetail/Ext/Microsoft/TotalStorage': () => String(disk.gb * 1000),
      './DevDetail/Ext/Microsoft/Resolution': () => `${panel.widthPx}x${panel.heightPx}`,
      './DevDetail/Ext/Microsoft/OSPlatform': () => `Windows 11 ${windows.edition}`,
      './Device/Vendor/MSFT/DMClient/HWDevID': () => this.hardwareDeviceId,
    }
    for (const [uri, value] of Object.entries(nodes)) this.csp.compute(uri, value)
  }
}
