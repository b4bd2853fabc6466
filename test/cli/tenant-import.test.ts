import { describe, expect, test } from 'vitest'
import { hashOf } from '../mock-service/directory/tenant-of.ts'
import { call, expectRefused, file } from './call.ts'

const INTUNE = 'Device Serial Number,Windows Product ID,Hardware Hash'
const TAGGED = `${INTUNE},Group Tag,Assigned User`
const PARTNER = `${INTUNE},Manufacturer name,Device model`
const SMALL = `title: T
tenantId: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c
domain: t.example
name: Small School
users:
  - { email: dana@t.example, password: x, name: Dana, isGlobalAdministrator: true }
  - { email: carla@t.example, password: x, name: Carla, licensed: false }
partners:
  - { id: f, name: F, kind: reseller, consentedBy: dana@t.example }
  - { id: o, name: O, kind: oem, consentedBy: dana@t.example }
groups:
  - { id: lab, name: Lab, membershipRule: '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Lab"))' }
  - { id: order, name: Order, membershipRule: '(device.devicePhysicalIds -any (_ -eq "[PurchaseOrderId]:PO 7"))' }
deploymentProfiles:
  - { id: lab, name: Lab laptops, mode: userDriven, assignedTo: [lab] }
  - { id: order, name: Order laptops, mode: userDriven, assignedTo: [order] }
`
const DELL = { hash: hashOf('dell-latitude-3140'), serial: 'SIM-3140-000001' }
const ACER = { hash: hashOf('acer-travelmate-b311-31'), serial: 'SIM-B311-000001' }
const row = ({ serial, hash }: { serial: string; hash: string }, rest = '') => `${serial},,${hash}${rest}`

function importing(lines: readonly string[], ...options: string[]) {
  const tenant = file('scenarios/tenants/small.yaml', SMALL)
  const path = file('devices.csv', `${lines.join('\r\n')}\r\n`)
  return call('tenant', 'import', path, '--tenant', tenant, ...options)
}

interface Row {
  line: number
  serialNumber: string
  status: string
  error: string
  code: number | null
  profile: string
  reasons: string[]
  warnings: string[]
}
const rowsOf = async (lines: readonly string[], ...options: string[]): Promise<Row[]> =>
  JSON.parse((await importing(lines, ...options, '--json')).stdout)
const inShort = (rows: readonly Row[]) => rows.map(({ line, status, error, code }) => [line, status, error, code])

describe('each row has its own result', () => {
  const broken = `${ACER.hash.slice(0, 1000)}${'A'.repeat(3000)}`

  test('a hash that does not decode is 802, and the rows around it are registered', async () => {
    const lines = [INTUNE, row(DELL), row({ serial: 'BAD1', hash: broken }), row(ACER)]
    const { code, stdout, stderr } = await importing(lines)
    expect([code, stderr]).toEqual([1, ''])
    expect(
      stdout
        .split('\n')
        .slice(0, 3)
        .map((line) => line.split(/ {2,}/).slice(0, 3)),
    ).toEqual([
      ['line 2', DELL.serial, 'complete'],
      ['line 3', 'BAD1', 'error'],
      ['line 4', expect.any(String), 'complete'],
    ])
    expect(stdout).toContain('InvalidZtdHardwareHash (802)\n')
    expect(stdout).toMatch(/\nline 3, column 7: byte \d+: .* \(ERR_HASH_CHECKSUM\)\n/)
    expect(stdout).toContain('2 registered, 1 refused.')
  })

  test('all are in: exit code 0', async () => {
    const ended = await importing([INTUNE, row(DELL), row(ACER)])
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining('2 registered, 0 refused.')])
  })

  test('what is no base64 is HTTP 400 for the whole request, and it is said so', async () => {
    const lines = [INTUNE, row(DELL), row({ serial: 'BAD1', hash: `${ACER.hash.slice(0, 50)}*` }), row(ACER)]
    expect(inShort(await rowsOf(lines))).toEqual([
      [2, 'complete', '', null],
      [3, 'refused', 'ERR_HASH_BASE64', null],
      [4, 'complete', '', null],
    ])
    const { stdout } = await importing(lines)
    expect(stdout).toContain('the service refuses it for line 3: the button Import seems to do nothing.')
  })

  test('a second header is named as one, with its line', async () => {
    const lines = [INTUNE, row(DELL), INTUNE, row(ACER)]
    const rows = await rowsOf(lines)
    expect(inShort(rows)).toEqual([
      [2, 'complete', '', null],
      [3, 'refused', 'ERR_CSV_SECOND_HEADER', null],
      [4, 'complete', '', null],
    ])
    expect(rows[1]!.reasons).toEqual([
      'line 3, column 1: a second header: this was two files. Remove the line; the rows below it are read (ERR_CSV_SECOND_HEADER)',
    ])
  })

  test('rules of the portal refuse a row, and not the file', async () => {
    const lines = [
      TAGGED,
      row(DELL, ',Lab'),
      row(ACER, ',Lab,nobody'),
      row(ACER, ',Lab,a@elsewhere.example'),
      row(ACER, ',Lab,'),
    ]
    expect(inShort(await rowsOf(lines))).toEqual([
      [2, 'refused', 'ERR_CSV_COLUMN', null],
      [3, 'refused', 'ERR_CSV_USER', null],
      [4, 'refused', 'ERR_REGISTRATION_ROWS', null],
      [5, 'complete', '', null],
    ])
  })

  test('the same hardware twice is ZtdDeviceDuplicated; another device with the same placeholder is taken', async () => {
    const place = (name: string) => ({
      serial: 'Default string',
      hash: hashOf(name, { serialNumber: 'Default string', manufacturer: 'X' }),
    })
    const [one, two] = [place('dell-latitude-3140'), place('acer-travelmate-b311-31')]
    const rows = await rowsOf([INTUNE, row(one), row(two), row(one)])
    expect(inShort(rows)).toEqual([
      [2, 'complete', '', null],
      [3, 'complete', '', null],
      [4, 'error', 'ZtdDeviceDuplicated', null],
    ])
    expect(rows[1]!.warnings).toEqual([
      'line 3, column 1: the serial number "Default string" is a placeholder: it identifies no device',
    ])
  })
})

describe('what is not used, or not meant, is a warning', () => {
  const warningsOf = async (lines: readonly string[], ...options: string[]) =>
    (await rowsOf(lines, ...options)).flatMap(({ warnings }) => warnings)

  test('a user that is none, or has no licence', async () => {
    expect(await warningsOf([TAGGED, row(DELL, ',,ghost@t.example'), row(ACER, ',,carla@t.example')])).toEqual([
      'line 2: there is no user "ghost@t.example": the device is locked to the name until it is unassigned',
      'line 3: the user "carla@t.example" has no licence for Intune: the enrolment ends with 0x80180018',
    ])
  })

  test('values that the hash says otherwise', async () => {
    const other = `SIM-9,3300000000099,${DELL.hash}`
    expect(await warningsOf([INTUNE, other])).toEqual([
      `line 2, column 1: the serial number is "SIM-9", and the hardware hash says "${DELL.serial}": the service uses the hash`,
      'line 2, column 7: the product ID is "3300000000099", and the hardware hash says "3300000000009": the service uses the hash',
    ])
    const partner = [PARTNER, `,,${DELL.hash},Contoso,`]
    expect(await warningsOf(partner, '--as', 'reseller')).toEqual([
      expect.stringContaining('the manufacturer is "Contoso", and the hardware hash says "Dell Inc."'),
    ])
  })

  test('a hash for a way that takes none', async () => {
    const rows = await rowsOf([PARTNER, `${DELL.serial},,${ACER.hash},Dell Inc.,Latitude 3140`], '--as', 'oem')
    expect(rows.map(({ status, serialNumber }) => [status, serialNumber])).toEqual([['complete', DELL.serial]])
    expect(rows[0]!.warnings).toContain('line 2: the hardware hash is not used')
  })
})

describe('the group tag of a batch', () => {
  const tuple = [PARTNER, `${DELL.serial},,,Dell Inc.,Latitude 3140`]

  test.each(['reseller', 'oem'])('of a %s gives a device its profile', async (way) => {
    expect((await rowsOf(tuple, '--as', way)).map(({ profile }) => profile)).toEqual([''])
    expect((await rowsOf(tuple, '--as', way, '--group-tag', 'Lab'))[0]!.profile).toBe('Lab laptops')
    expect((await rowsOf(tuple, '--as', way, '--purchase-order', 'PO 7'))[0]!.profile).toBe('Order laptops')
  })

  test('wins over a tag in the file, and it is said so', async () => {
    const lines = [TAGGED, row(DELL, ',Library,dana@t.example')]
    const [only] = await rowsOf(lines, '--as', 'reseller', '--group-tag', 'Lab')
    expect([only!.profile, only!.warnings]).toEqual([
      'Lab laptops',
      [
        'line 2: the group tag "Library" of the row is not used: that of the batch is, "Lab"',
        'line 2: the user "dana@t.example" is not used',
      ],
    ])
    expect((await rowsOf(lines, '--as', 'reseller'))[0]!.warnings[0]).toBe(
      'line 2: the group tag "Library" of the row is not used',
    )
  })

  test('is for partners alone', async () => {
    expectRefused(
      await importing(tuple, '--group-tag', 'Lab'),
      'ERR_BAD_ARGUMENTS: --group-tag goes with --as reseller or --as oem',
      '  an administrator gives it in the column "Group Tag"',
    )
  })
})
