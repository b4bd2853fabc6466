import { describe, expect, test } from 'vitest'
import { hashOf } from '../mock-service/directory/tenant-of.ts'
import { call, expectRefused, file } from './call.ts'

const INTUNE = 'Device Serial Number,Windows Product ID,Hardware Hash'
const PARTNER = `${INTUNE},Manufacturer name,Device model`
const csv = (...lines: string[]) => file('devices.csv', `${lines.join('\r\n')}\r\n`)
const json = async (...args: string[]) => JSON.parse((await call(...args, '--json')).stdout)

const tenantFile = (name: string, lines: string) =>
  file(
    `scenarios/tenants/${name}.yaml`,
    `title: T\ntenantId: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c\ndomain: t.example\nname: Small School\nusers: [{ email: dana@t.example, password: x, name: Dana, isGlobalAdministrator: true }]\n${lines}`,
  )

describe('oobe tenant resolve', () => {
  test('says what a device gets, and why', async () => {
    const { code, stdout } = await call('tenant', 'resolve', 'surface-laptop-se', '--user', 'alice@contoso.example')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^surface-laptop-se in Contoso School: gets "Classroom laptops" \(assignedInSync\)\n/)
    expect(stdout).toContain('"Classroom devices": devicePhysicalIds has "[OrderID]:Classroom"')
    expect(stdout).toContain('not "Library devices": no item of devicePhysicalIds fits')
    expect(stdout).toContain('"ReadAndWriteForWindows 12.0.78" for the user: it is assigned to all users')
  })

  test.each([
    ['lenovo-14w-gen-2', ['--tenant', 'empty'], '807'],
    ['surface-laptop-se', ['--registered-before', '10m'], '815'],
    ['dell-latitude-3120-board-swapped', [], '908'],
  ])('%s %j gets none: %s, and exit code 1', async (device, options, code) => {
    tenantFile('empty', '')
    const ended = await call('tenant', 'resolve', device, ...options, '--json')
    expect([ended.code, JSON.parse(ended.stdout).answer]).toEqual([1, expect.objectContaining({ profile: null, code })])
  })

  test('says of a placeholder that it identifies no device, as the comparison of hashes does', async () => {
    for (const [id, seed] of [
      ['dup-a', '101'],
      ['dup-b', '202'],
    ] as const) {
      const like = ['--like', 'jpik-leap-t304', '--serial', 'Default string', '--seed', seed]
      await call('device', 'new', `./${id}.yaml`, ...like)
    }
    tenantFile('dup', 'devices: [{ device: ./dup-a.yaml }]\n')
    const { answer, parts } = await json('tenant', 'resolve', './dup-b.yaml', '--tenant', 'dup')
    expect([answer.code, parts[0].lines[0]]).toEqual([
      '807',
      '"Default string" is a placeholder: a registered device has the same, and it identifies no device',
    ])
    const { stdout } = await call('device', 'diff', './dup-a.yaml', './dup-b.yaml')
    expect(stdout).toContain('807')
    expect((await json('tenant', 'resolve', './dup-a.yaml', '--tenant', 'dup')).answer.code).toBe('815')
  })

  test('refuses what it cannot look up', async () => {
    expectRefused(
      await call('tenant', 'resolve', 'surface-laptop-se', '--registered-before', 'soon'),
      'ERR_BAD_ARGUMENTS: "soon" is no duration',
      '  a time such as 10m or 2d',
    )
    expect((await call('tenant', 'resolve', 'surface-laptop-se', '--user', 'bob')).stderr).toMatch(
      /^error ERR_NOT_FOUND: there is no user "bob" in Contoso School\n {2}There are: alice@/,
    )
    expect((await call('tenant', 'resolve')).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: which device\?/)
    tenantFile('broken', `groups:\n  - id: g\n    name: G\n    membershipRule: '(device.deviceModel -eq "x"'\n`)
    const { code, stderr } = await call('tenant', 'resolve', 'surface-laptop-se', '--tenant', 'broken')
    expect(code).toBe(2)
    expect(stderr).toMatch(/broken\.yaml:9:21: groups\.0\.membershipRule: column 1: this parenthesis is not closed\n/)
  })
})

describe('oobe tenant import', () => {
  test('registers row by row, and tells each error in plain words beside the words of the portal', async () => {
    tenantFile('elsewhere', 'devicesElsewhere: [dell-latitude-3140]\n')
    const path = csv(INTUNE, `A,,${hashOf('acer-travelmate-b311-31')}`, `B,,${hashOf('dell-latitude-3140')}`)
    const { code, stdout } = await call('tenant', 'import', path, '--tenant', 'elsewhere')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^line 2 +SIM-\S+ +complete +no profile will be assigned\n/)
    expect(stdout).toMatch(/line 3 +B +error +ZtdDeviceAssignedToOtherTenant \(808\)\n/)
    expect(stdout).toContain('the other tenant has to remove the device first.\n  The portal says: "Internal error".\n')
    expect(stdout).toMatch(/1 registered, 1 refused\. The import took 5m of device time/)
  })

  test('lets a reseller with consent name a device by its words, and an OEM without consent do nothing', async () => {
    const path = csv(PARTNER, 'SIM-3140-000001,,,Dell Inc.,Latitude 3140')
    tenantFile('partnered', 'partners: [{ id: f, name: F, kind: reseller, consentedBy: dana@t.example }]\n')
    expect(await json('tenant', 'import', path, '--as', 'reseller', '--tenant', 'partnered')).toEqual([
      expect.objectContaining({ line: 2, serialNumber: 'SIM-3140-000001', status: 'complete' }),
    ])
    expectRefused(
      await call('tenant', 'import', path, '--as', 'oem'),
      'ERR_CONSENT_MISSING: Northwind Devices may not register devices here: no Global Administrator has accepted its request',
      '  northwind-devices (Northwind Devices): no consent',
    )
    expect((await call('tenant', 'import', path, '--as', 'reseller', '--partner', 'nobody')).stderr).toMatch(
      /^error ERR_NO_PARTNER: the tenant has no reseller "nobody"\n/,
    )
  })

  test('asks Microsoft for Surface devices alone', async () => {
    const surface = csv(PARTNER, 'SIM-SLSE-000001,,,Microsoft Corporation,Surface Laptop SE')
    expect(await json('tenant', 'import', surface, '--as', 'surface')).toEqual([
      expect.objectContaining({ error: 'ZtdDeviceAlreadyAssigned', code: 806 }),
    ])
    const dell = csv(PARTNER, 'SIM-3140-000001,,,Dell Inc.,Latitude 3140')
    const { code, stdout } = await call('tenant', 'import', dell, '--as', 'surface')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^line 2 {2}SIM-3140-000001 {2}refused {2}ERR_REGISTRATION_ROWS\n\nline 2: Microsoft registers Surface devices alone/,
    )
  })

  test('refuses a file that cannot be read at all', async () => {
    expect((await call('tenant', 'import', csv(INTUNE))).stderr).toMatch(/^error ERR_CSV_EMPTY/)
    expect((await call('tenant', 'import', csv('Serial,Hash', 'A,x'))).stderr).toMatch(
      /^error ERR_CSV_HEADER: \S+devices\.csv:1:1: .*\n.*\n {2}\S+devices\.csv:1:8: /,
    )
    expect((await call('tenant', 'import', 'nowhere.csv')).stderr).toMatch(/^error ERR_NOT_READABLE/)
    const path = csv(INTUNE, 'A,,x')
    expect((await call('tenant', 'import', path, '--as', 'magic')).stderr).toMatch(/"magic" is no way of registering/)
  })
})

describe('oobe tenant profiles', () => {
  test('says what each hides, and gives it as the configuration file', async () => {
    const { stdout } = await call('tenant', 'profiles')
    expect(stdout).toMatch(/Classroom laptops\n {2}mode +user-driven\n/)
    expect(stdout).toContain('286: 2 standard user, 4 no privacy settings page')
    expect(
      (await json('tenant', 'profiles')).map((profile: Record<string, unknown>) => profile.CloudAssignedOobeConfig),
    ).toEqual([286, 1406])
  })
})
