/** What the CSV files of device registration say of one device; a column that a file does not have is an empty text. */
export interface AutopilotCsvRow {
  serialNumber: string
  /** PKID; Get-WindowsAutopilotInfo leaves it empty on purpose. */
  productKeyId: string
  /** Base64. */
  hardwareHash: string
  groupTag: string
  assignedUser: string
  manufacturer: string
  model: string
}

export type CsvField = keyof AutopilotCsvRow

/** `intune` is what an administrator uploads, `partner` what an OEM or a reseller does. */
export type CsvShape = 'intune' | 'partner'

interface Column {
  header: string
  field: CsvField
}

interface ShapeRules {
  /** In their order; header names are case-sensitive (device-identity.md section 2.1 [D], [O]). */
  columns: readonly Column[]
  /** Columns that a file must have; the others may be left off from the end. */
  needed: number
  /** Rows that a file may have: 500 in Intune [D]; for Partner Center no source was found [?], so the size alone limits. */
  rowsMax: number
}

const DEVICE_COLUMNS: readonly Column[] = [
  { header: 'Device Serial Number', field: 'serialNumber' },
  { header: 'Windows Product ID', field: 'productKeyId' },
  { header: 'Hardware Hash', field: 'hardwareHash' },
]

export const SHAPES: Readonly<Record<CsvShape, ShapeRules>> = {
  intune: {
    columns: [
      ...DEVICE_COLUMNS,
      { header: 'Group Tag', field: 'groupTag' },
      { header: 'Assigned User', field: 'assignedUser' },
    ],
    needed: 3,
    rowsMax: 500,
  },
  partner: {
    columns: [
      ...DEVICE_COLUMNS,
      { header: 'Manufacturer name', field: 'manufacturer' },
      { header: 'Device model', field: 'model' },
    ],
    needed: 5,
    rowsMax: Number.POSITIVE_INFINITY,
  },
}

/** 500 rows of 4000 characters are 2 MB; what is larger than this is refused before it is read. */
export const CSV_BYTES_MAX = 4 * 1024 * 1024
