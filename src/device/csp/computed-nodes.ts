import type { BootState } from '../../domain/boot.ts'
import type { DeviceDefinition } from '../../domain/device.ts'
import { EDITIONS } from '../../domain/windows-versions.ts'
import { tpmFirmwareText } from '../../protocols/tpm/version-text.ts'
import { tpmReadyStatus } from '../health-attestation.ts'
import type { ManagementAccount } from '../management-account.ts'
import type { VirtualNetwork } from '../network/virtual-network.ts'
import type { ComputedNodes } from './csp-tree.ts'
import { cspVersions } from './csp-versions.ts'
import { RENEW } from './rules/certificate-store.ts'
import { HEALTH } from './rules/health-attestation.ts'

/** DevDetail: the architectures of SYSTEM_INFO. */
const ARCHITECTURE = { x64: '9', arm64: '12' } as const
/** DeviceStatus: how an adapter is connected. */
const LAN = '1'
const WLAN = '2'
const HEX = 16
/** Days, where the provisioning document says nothing (mdm-protocols.md, 1.8). */
const RENEW_PERIOD = 42
const RETRY_INTERVAL = 7

/** What of a device its computed nodes show. */
interface ShownDevice {
  readonly definition: DeviceDefinition
  readonly windows: { readonly build: string }
  readonly disk: Pick<BootState, 'language' | 'deviceName'>
  readonly network: Pick<VirtualNetwork, 'status'>
  readonly deviceId: string
  readonly hardwareDeviceId: string
  readonly clock: () => number
  readonly management?: Pick<ManagementAccount, 'renewal'> | undefined
  hardwareHash(): string
}

/** Nodes whose values follow from the device's facts: the same after every start. */
export function computedNodes(device: ShownDevice): ComputedNodes {
  const { smbios, windows, memory, disk, panel, cpu, tpm, adapters } = device.definition
  const language = () => device.disk.language ?? windows.languages[0] ?? 'en-US'
  const isArm = cpu.vendor === 'Qualcomm Technologies Inc'
  const vendorDevice = './Device/Vendor/MSFT'
  const status = `${vendorDevice}/DeviceStatus`
  return {
    './DevInfo/DevId': () => device.deviceId,
    './DevInfo/Man': () => smbios.manufacturer,
    './DevInfo/Mod': () => smbios.productName,
    './DevInfo/DmV': () => '1.3',
    './DevInfo/Lang': language,
    './DevDetail/SwV': () => device.windows.build,
    './DevDetail/HwV': () => smbios.board.version,
    './DevDetail/OEM': () => smbios.manufacturer,
    './DevDetail/DevTyp': () => smbios.productName,
    './DevDetail/LrgObj': () => 'true',
    './DevDetail/URI/MaxDepth': () => '0',
    './DevDetail/URI/MaxTotLen': () => '0',
    './DevDetail/URI/MaxSegLen': () => '0',
    './DevDetail/Ext/DeviceHardwareData': () => device.hardwareHash(),
    './DevDetail/Ext/Microsoft/DeviceName': () => device.disk.deviceName,
    './DevDetail/Ext/Microsoft/DNSComputerName': () => device.disk.deviceName,
    './DevDetail/Ext/Microsoft/LocalTime': () => localTime(device.clock()),
    './DevDetail/Ext/Microsoft/SMBIOSSerialNumber': () => smbios.serialNumber,
    './DevDetail/Ext/Microsoft/SMBIOSVersion': () => smbios.version,
    './DevDetail/Ext/Microsoft/SystemSKU': () => smbios.sku,
    './DevDetail/Ext/Microsoft/ProcessorArchitecture': () => (isArm ? ARCHITECTURE.arm64 : ARCHITECTURE.x64),
    './DevDetail/Ext/Microsoft/ProcessorType': () => cpu.brand.trim(),
    './DevDetail/Ext/Microsoft/TotalRAM': () => String(memory.gb * 1024),
    './DevDetail/Ext/Microsoft/TotalStorage': () => String(disk.gb * 1000),
    './DevDetail/Ext/Microsoft/Resolution': () => `${panel.widthPx}x${panel.heightPx}`,
    './DevDetail/Ext/Microsoft/OSPlatform': () => `Windows 11 ${windows.edition}`,
    [`${vendorDevice}/DMClient/HWDevID`]: () => device.hardwareDeviceId,
    [`${HEALTH}/TpmReadyStatus`]: () => String(tpmReadyStatus(tpm)),
    [`${RENEW}/ROBOSupport`]: () => String(device.management?.renewal?.roboSupport ?? true),
    [`${RENEW}/RenewPeriod`]: () => String(device.management?.renewal?.renewPeriod ?? RENEW_PERIOD),
    [`${RENEW}/RetryInterval`]: () => String(device.management?.renewal?.retryInterval ?? RETRY_INTERVAL),
    [`${status}/OS/Edition`]: () => String(EDITIONS[windows.edition].sku),
    [`${vendorDevice}/WindowsLicensing/Edition`]: () => String(EDITIONS[windows.edition].sku),
    [`${vendorDevice}/DeviceManageability/Capabilities/CSPVersions`]: cspVersions,
    ...(tpm
      ? {
          [`${status}/TPM/SpecificationVersion`]: () =>
            `${tpm.version}, ${tpm.specification.level}, ${tpm.specification.revision}`,
          [`${status}/TPM/ManufacturerId`]: () => vendorNumber(tpm.vendor),
          [`${status}/TPM/ManufacturerIdTxt`]: () => tpm.vendor,
          [`${status}/TPM/ManufacturerVersion`]: () => tpmFirmwareText(tpm),
        }
      : {}),
    ...Object.fromEntries(
      adapters
        .filter(({ kind }) => kind === 'wifi' || kind === 'ethernet')
        .flatMap(({ kind, mac }): [string, () => string][] => {
          const via = kind === 'wifi' ? 'wifi' : 'ethernet'
          const path = `${status}/NetworkIdentifiers/${encodeURIComponent(mac)}`
          return [
            [`${path}/IsConnected`, () => String(device.network.status.via === via)],
            [`${path}/Type`, () => (kind === 'wifi' ? WLAN : LAN)],
          ]
        }),
    ),
  }
}

/** ISO 8601 with seven digits of a second, as Windows writes it; the device's clock is in UTC. */
const localTime = (now: number): string => new Date(now).toISOString().replace('Z', '0000+00:00')

/** The four characters of a TCG vendor id as a number. */
const vendorNumber = (vendor: string): string =>
  String(Number.parseInt(Buffer.from(vendor.padEnd(4, '\0')).toString('hex'), HEX))
