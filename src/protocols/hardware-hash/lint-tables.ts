import { diskSerialText, type HardwareReport } from './report.ts'

/** Which list requires a field (device-identity.md section 1.7). */
export type List = 'validate' | 'faq' | 'board'

export const LISTS: Readonly<Record<List, { says: string; source: string }>> = {
  validate: { says: 'oa3tool /ValidateHwHash calls it critical', source: '1.7 [D via O]' },
  faq: { says: 'the Autopilot FAQ requires it, with a unique value', source: '1.7 [D]' },
  board: { says: 'it must be right after a board was replaced', source: '1.7 [D]' },
}

interface WantedField {
  field: string
  lists: readonly List[]
  /** Undefined when there is no record; an empty text is a record that says nothing. */
  value(report: HardwareReport): string | undefined
}

const ALL = ['validate', 'faq', 'board'] as const

export const WANTED_FIELDS: readonly WantedField[] = [
  { field: 'SmbiosSystemManufacturer', lists: ALL, value: (report) => report.manufacturer },
  { field: 'SmbiosSystemProductName', lists: ALL, value: (report) => report.productName },
  { field: 'SmbiosSystemSerialNumber', lists: ALL, value: (report) => report.serialNumber },
  { field: 'SmbiosUuid', lists: ALL, value: (report) => report.smbiosUuid },
  { field: 'MacAddress', lists: ALL, value: (report) => report.adapters[0]?.mac },
  { field: 'DiskSerialNumber', lists: ALL, value: (report) => report.diskSerial && bare(report.diskSerial) },
  {
    field: 'EkPubHash',
    lists: ALL,
    value: (report) => report.ekPublicModulus && Buffer.from(report.ekPublicModulus).toString('hex'),
  },
  { field: 'ProductKeyID', lists: ALL, value: (report) => report.productKeyId },
  { field: 'TPMVersion', lists: ['validate'], value: (report) => report.tpmVersion },
  { field: 'SmbiosSystemFamily', lists: ['validate', 'faq'], value: (report) => report.family },
  { field: 'SmbiosSkuNumber', lists: ['faq'], value: (report) => report.sku },
  { field: 'OSType', lists: ['board'], value: (report) => report.tool && String(report.tool.osType) },
]

/** A Hyper-V disk has no serial number, but a name (section 1.3). */
const bare = (disk: NonNullable<HardwareReport['diskSerial']>) => diskSerialText(disk).replaceAll('|', '')

/** 802 InvalidZtdHardwareHash: manufacturer and serial number are a must (section 2.2). */
export const IMPORT_NEEDS: readonly string[] = ['SmbiosSystemManufacturer', 'SmbiosSystemSerialNumber']

/** The texts that are searched for placeholders, and how bad one is there. */
export const SMBIOS_TEXTS: readonly {
  field: string
  severity: 'error' | 'warning' | 'note'
  value(report: HardwareReport): string | undefined
}[] = [
  { field: 'SmbiosSystemManufacturer', severity: 'error', value: (report) => report.manufacturer },
  { field: 'SmbiosSystemProductName', severity: 'error', value: (report) => report.productName },
  { field: 'SmbiosSystemSerialNumber', severity: 'error', value: (report) => report.serialNumber },
  { field: 'DiskSerialNumber', severity: 'error', value: (report) => report.diskSerial?.serial },
  { field: 'SmbiosSystemFamily', severity: 'warning', value: (report) => report.family },
  { field: 'SmbiosSkuNumber', severity: 'warning', value: (report) => report.sku },
  { field: 'SmbiosSystemVersion', severity: 'note', value: (report) => report.systemVersion },
  { field: 'SmbiosBoardManufacturer', severity: 'note', value: (report) => report.boardManufacturer },
  { field: 'SmbiosBoardProduct', severity: 'note', value: (report) => report.boardProduct },
  { field: 'SmbiosBoardVersion', severity: 'note', value: (report) => report.boardVersion },
]
