import { captureHash, hashRow } from '../../device/capture/capture-hash.ts'
import { CAPTURE_WAYS, type CaptureWay, whyBarred } from '../../device/capture/ways.ts'
import type { DeviceDefinition } from '../../domain/device.ts'
import { isTelling } from '../../domain/placeholders.ts'
import { UserError } from '../../domain/trouble.ts'
import { decodeAutopilotCsv } from '../../protocols/autopilot-csv/decode.ts'
import { csvFieldTrouble, encodeAutopilotCsv } from '../../protocols/autopilot-csv/encode.ts'
import { formulaCells } from '../../protocols/autopilot-csv/formula-cells.ts'
import { type AutopilotCsvRow, type CsvField, type CsvShape, SHAPES } from '../../protocols/autopilot-csv/shapes.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'
import { nearest } from '../../scenario/nearest.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print, printNote } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { CAPTURED_AT } from './captured-at.ts'
import { refuseExisting, writeWhole } from './write-new-file.ts'

const COMMAND = 'oobe device csv'

const HELP = `${COMMAND} DEVICE...   a file that registers devices with Autopilot

  --group-tag TAG        the group tag of all of them
  --assigned-user USER   the user of all of them, as name@domain
  --partner              the columns of Partner Center
  --by WAY               with --partner: hash (default), tuple or pkid
  --via WAY              capture it as on the device itself: ${Object.keys(CAPTURE_WAYS).join(', ')}
  --out FILE             write it there; with --via, what the way leaves: an archive of logs, or the CSV
  --force                replace a file that is there
  --json                 the rows as objects instead; with --out, the file that was written

Without --out the CSV goes to standard output. Windows 11 SE allows no PowerShell and no Configuration Manager.`

const OPTIONS = {
  'group-tag': { type: 'string' },
  'assigned-user': { type: 'string' },
  partner: { type: 'boolean' },
  by: { type: 'string' },
  via: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const PARTNER_ROWS: Readonly<Record<string, (device: DeviceDefinition) => Partial<AutopilotCsvRow>>> = {
  // Beside a hash the script leaves manufacturer and model empty (device-identity.md section 2.1 [O]).
  hash: (device) => rowOf(device),
  tuple: ({ smbios }) => ({
    serialNumber: smbios.serialNumber,
    manufacturer: smbios.manufacturer,
    model: smbios.productName,
  }),
  pkid: ({ windows }) => ({ productKeyId: windows.productKeyId }),
}

const rowOf = (device: DeviceDefinition) => hashRow(device, { keys: reportedKeys, capturedAt: CAPTURED_AT })

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  checkOptions(values)
  if (values.out !== undefined) refuseExisting(values.out, values.out, values.force ?? false)
  const devices = devicesOf(positionals)
  const made = values.via === undefined ? registration(devices, values) : captured(devices, values.via, values.out)
  if (values.out !== undefined) writeWhole(values.out, made.file)
  else if (!values.json) process.stdout.write(Buffer.from(made.file))
  if (values.json) print(JSON.stringify({ file: values.out ?? null, rows: rowsIn(made, values) }, undefined, 2))
  return EXIT.pass
}

/** A file, and the CSV that it is or holds. */
interface Made {
  file: Uint8Array
  csv: Uint8Array
}

/** What a service would read in it: columns that are empty are left out. */
function rowsIn({ csv }: Made, { partner }: Values): Partial<AutopilotCsvRow>[] {
  const shape = partner ? 'partner' : 'intune'
  const fields = SHAPES[shape].columns.map(({ field }) => field)
  return decodeAutopilotCsv(csv, { shape }).rows.map((row) =>
    Object.fromEntries(fields.flatMap((field) => (row[field] === '' ? [] : [[field, row[field]]]))),
  )
}

type Values = { [Name in keyof typeof OPTIONS]?: string | boolean | undefined }

function checkOptions(values: Values): void {
  const barred = (name: string, other: string) => {
    if (values[name as keyof Values] === undefined) return
    throw new UserError('ERR_BAD_ARGUMENTS', `--${name} does not go with --${other}`, [
      `"${COMMAND} --help" tells more`,
    ])
  }
  if (values.via !== undefined) for (const name of ['group-tag', 'assigned-user', 'partner', 'by']) barred(name, 'via')
  if (values.partner) for (const name of ['group-tag', 'assigned-user']) barred(name, 'partner')
  if (values.by !== undefined && !values.partner) throw new UserError('ERR_BAD_ARGUMENTS', '--by goes with --partner')
  if (values.force && values.out === undefined) throw new UserError('ERR_BAD_ARGUMENTS', '--force goes with --out')
}

function devicesOf(names: string[]): DeviceDefinition[] {
  if (names.length === 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'which device?', [`There are: ${namesOf('device').join(', ')}`])
  }
  return names.map(loadDeviceFile)
}

function registration(devices: DeviceDefinition[], values: Values): Made {
  if (values.partner) {
    const way = String(values.by ?? 'hash')
    const row = Object.hasOwn(PARTNER_ROWS, way) ? PARTNER_ROWS[way] : undefined
    if (row === undefined) throw unknown('way', way, Object.keys(PARTNER_ROWS))
    return encode(devices.map(row), 'partner')
  }
  const groupTag = fieldOf('group-tag', values['group-tag'])
  const assignedUser = fieldOf('assigned-user', values['assigned-user'])
  if (assignedUser !== '' && !/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(assignedUser)) {
    throw new UserError('ERR_CSV_USER', `"${assignedUser}" is no user`, ['Write it as name@school.example'])
  }
  return encode(
    devices.map((device) => ({ ...rowOf(device), groupTag, assignedUser })),
    'intune',
  )
}

function fieldOf(option: string, value: string | boolean | undefined): string {
  const text = String(value ?? '')
  const trouble = csvFieldTrouble(text)
  if (trouble !== undefined) throw new UserError('ERR_CSV_FIELD', `--${option}: ${trouble}`)
  return text
}

/** A device may have a comma in its serial number, and the file has no quotation marks to hold it. */
function encode(rows: Partial<AutopilotCsvRow>[], shape: CsvShape): Made {
  const { rowsMax } = SHAPES[shape]
  if (rows.length > rowsMax) throw new UserError('ERR_CSV_ROWS', `a file may have ${rowsMax} devices`)
  refuseRepeated(rows)
  notePlaceholders(rows)
  const troubles = rows.flatMap((row) => Object.values(row).flatMap((value) => csvFieldTrouble(value) ?? []))
  if (troubles[0] !== undefined) throw new UserError('ERR_CSV_FIELD', troubles[0])
  noteFormulas(rows, shape)
  const csv = encodeAutopilotCsv(rows, shape)
  return { file: csv, csv }
}

/** The file is Microsoft's format, which has no way to protect a cell: its data stays as it is. */
function noteFormulas(rows: readonly Partial<AutopilotCsvRow>[], shape: CsvShape): void {
  for (const { line, column, value } of formulaCells(rows, shape)) {
    printNote(
      `line ${line}: "${value}" (${column}) begins as a formula does. It is written as it is; a spreadsheet that opens the file may run it`,
    )
  }
}

/** What tells devices apart: one named twice, by id and by path, or a copy of its file. */
const UNIQUE: [CsvField, string][] = [
  ['serialNumber', 'serial number'],
  ['hardwareHash', 'hardware hash'],
  ['productKeyId', 'product key id'],
]

function refuseRepeated(rows: readonly Partial<AutopilotCsvRow>[]): void {
  for (const [field, what] of UNIQUE) {
    const seen = new Map<string, number>()
    for (const [index, row] of rows.entries()) {
      const value = row[field]
      // Many devices have the same placeholder, and a service takes their rows.
      if (!value || (field === 'serialNumber' && !isTelling(value))) continue
      const first = seen.get(value)
      if (first === undefined) {
        seen.set(value, index)
        continue
      }
      const named = field === 'hardwareHash' ? '' : ` ${value}`
      const message = `devices ${first + 1} and ${index + 1} have the same ${what}${named}`
      throw new UserError('ERR_CSV_REPEATED', message)
    }
  }
}

/** A service registers by the hardware then, and a tuple with such a number finds no device. */
function notePlaceholders(rows: readonly Partial<AutopilotCsvRow>[]): void {
  for (const [index, { serialNumber = '', hardwareHash = '' }] of rows.entries()) {
    if (serialNumber === '' || isTelling(serialNumber)) continue
    const what =
      hardwareHash === ''
        ? 'without a hardware hash a service answers ZtdDeviceNotFound'
        : 'a service knows the device by its hardware alone'
    printNote(
      `line ${index + 2}: the serial number "${serialNumber}" is a placeholder, which other devices have too: ${what}`,
    )
  }
}

function captured(devices: DeviceDefinition[], way: string, out: string | undefined): Made {
  if (!Object.hasOwn(CAPTURE_WAYS, way)) throw unknown('way to capture', way, Object.keys(CAPTURE_WAYS))
  const [device, ...more] = devices
  if (more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', 'one device at a time with --via')
  const context = { keys: reportedKeys, capturedAt: CAPTURED_AT, computerName: computerName(device!) }
  const result = captureHash(device!, way as CaptureWay, context)
  if (!result.ok) {
    const { code, text } = result.trouble
    const allowed = Object.keys(CAPTURE_WAYS).filter(
      (other) => whyBarred(device!.windows.edition, other as CaptureWay) === undefined,
    )
    const hints = code === 'ERR_CAPTURE_BARRED' ? [`it allows: ${allowed.join(', ')}`] : []
    throw new UserError(code, `${way}: ${text}`, hints)
  }
  noteFormulas([{ serialNumber: device!.smbios.serialNumber }], 'intune')
  const { title, place } = CAPTURE_WAYS[way as CaptureWay]
  printNote(`captured by ${title}; it lands in: ${place}`)
  const { csv, file } = result.value
  return { file: out === undefined ? csv.bytes : file.bytes, csv: csv.bytes }
}

/** As Windows names a device, but the same each time. */
const computerName = ({ smbios }: DeviceDefinition): string =>
  `DESKTOP-${smbios.serialNumber
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(-7)
    .padStart(7, '0')}`

function unknown(what: string, word: string, all: string[]): UserError {
  const near = nearest(word, all)
  return new UserError('ERR_BAD_ARGUMENTS', `there is no ${what} "${word}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${all.join(', ')}`,
  ])
}
