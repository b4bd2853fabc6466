import type { EnrolmentFacts } from './enrolment-facts.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { NodeOrder } from './orders.ts'

const DETAIL = './DevDetail/Ext/Microsoft'
const ADAPTERS = './Device/Vendor/MSFT/DeviceStatus/NetworkIdentifiers'
const NODES = {
  name: `${DETAIL}/DeviceName`,
  serialNumber: `${DETAIL}/SMBIOSSerialNumber`,
  version: './DevDetail/SwV',
  /** Megabytes. */
  memory: `${DETAIL}/TotalRAM`,
  storage: `${DETAIL}/TotalStorage`,
  architecture: `${DETAIL}/ProcessorArchitecture`,
  manufacturer: './DevInfo/Man',
  model: './DevInfo/Mod',
} as const

/** A node name has the address with colons, the context of an enrolment with hyphens. */
const adapterNode = (mac: string): string => `${ADAPTERS}/${encodeURIComponent(mac.replaceAll('-', ':'))}/Type`

/** What a device is asked about itself. */
export const inventoryOrders = (enrolment: EnrolmentFacts | undefined): NodeOrder[] =>
  [...Object.values(NODES), ...(enrolment?.macs ?? []).map(adapterNode)].map((uri) => ({ kind: 'Get', uri }))

/** Decimal megabytes and binary ones (DevDetail CSP: "in MB"). */
const STORAGE_MB = 1_000_000
const MEMORY_MB = 1_048_576

/** `SYSTEM_INFO`, as `managedDeviceArchitecture` calls it. */
const ARCHITECTURES: Record<string, string> = { '0': 'x86', '5': 'arm', '9': 'x64', '12': 'arM64' }

/** `DeviceStatus`: how an adapter is connected. */
const LAN = '1'
const WLAN = '2'

export interface Inventory {
  name: string | undefined
  serialNumber: string
  manufacturer: string
  model: string
  version: string
  memoryBytes: number
  storageBytes: number
  architecture: string
  /** Twelve hexadecimal digits, as Intune shows them; empty for none. */
  wifiMac: string
  ethernetMac: string
}

/** What a device has told of itself so far: what it has not is empty. */
export function inventoryOf({ found, enrolment }: ManagedDevice): Inventory {
  const mac = (type: string) =>
    (enrolment?.macs ?? []).find((one) => found.get(adapterNode(one)) === type)?.replaceAll('-', '') ?? ''
  const megabytes = (uri: string, unit: number) => Math.max(0, Number(found.get(uri) ?? 0)) * unit || 0
  return {
    name: found.get(NODES.name),
    serialNumber: found.get(NODES.serialNumber) ?? '',
    manufacturer: found.get(NODES.manufacturer) ?? '',
    model: found.get(NODES.model) ?? '',
    version: found.get(NODES.version) ?? enrolment?.osVersion ?? '',
    memoryBytes: megabytes(NODES.memory, MEMORY_MB),
    storageBytes: megabytes(NODES.storage, STORAGE_MB),
    architecture: ARCHITECTURES[found.get(NODES.architecture) ?? ''] ?? 'unknown',
    wifiMac: mac(WLAN),
    ethernetMac: mac(LAN),
  }
}
