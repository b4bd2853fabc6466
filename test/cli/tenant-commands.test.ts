import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { newDevice } from '../../src/mock-service/oma-dm/managed-device.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { beginning, ORIGIN, START } from './data-folder-scene.ts'

const HEAD = (name: string, guid: string) => `# The ${name}, of which each line stays.
title: T
tenantId: ${guid}9a-4b73-4e58-9c0a-7d1e2f3a4b5c
domain: t.example
name:   ${name}    # with blanks
users:
  - { email: dana@t.example, password: x, name: Dana, isGlobalAdministrator: true }
  - { email: tom@t.example, password: x, name: Tom }
`
const PARTNERS = `partners:
    - id: first
      name: First
      kind: oem   # has asked
    # and the other
    - { id: second, name: Second, kind: reseller, consentedBy: tom@t.example }
`
const OLD = (lines = '') =>
  `${HEAD('Old School', '6f2c1d')}devices:\n  - { device: surface-laptop-se, groupTag: A } # the first\n  - device: dell-latitude-3140\n${lines}`
const NEW = (lines = '') => `${HEAD('New School', '7f2c1d')}${lines}`

const read = (path: string) => readFileSync(path, 'utf8')

describe('oobe tenant consent', () => {
  test('of a Global Administrator is written into the file, and nothing else of it changes', async () => {
    const path = file('school.yaml', NEW(PARTNERS))
    const { code, stdout } = await call('tenant', 'consent', path, 'first', '--by', 'Dana@t.example')
    expect([code, stdout]).toEqual([
      0,
      `Dana (dana@t.example) has consented: "First" may register devices for New School.\n${path} says so from now on.\n`,
    ])
    expect(read(path)).toBe(
      NEW(
        PARTNERS.replace(
          '      kind: oem   # has asked\n',
          '      kind: oem   # has asked\n      consentedBy: dana@t.example\n',
        ),
      ),
    )
    expect(loadTenantFile(path).partners[0]!.consentedBy).toBe('dana@t.example')
    const again = await call('tenant', 'consent', path, 'first', '--by', 'dana@t.example')
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('already: nothing is changed')])
  })

  test('takes the place of one that is not valid', async () => {
    const path = file('school.yaml', NEW(PARTNERS))
    await call('tenant', 'consent', path, 'second', '--by', 'dana@t.example')
    expect(read(path)).toBe(NEW(PARTNERS.replace('consentedBy: tom@', 'consentedBy: dana@')))
  })

  test('opens the way that it is about', async () => {
    const path = file('school.yaml', NEW(PARTNERS))
    const csv = file(
      'd.csv',
      'Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model\r\nSIM-3140-000001,,,Dell Inc.,Latitude 3140\r\n',
    )
    const imported = () => call('tenant', 'import', csv, '--as', 'oem', '--tenant', path)
    expect((await imported()).stderr).toMatch(/^error ERR_CONSENT_MISSING/)
    await call('tenant', 'consent', path, 'first', '--by', 'dana@t.example')
    expect((await imported()).code).toBe(0)
  })

  test('is refused in words, and the file stays as it is', async () => {
    const path = file('school.yaml', NEW(PARTNERS))
    const consent = (partner: string, ...by: string[]) => call('tenant', 'consent', path, partner, ...by)
    expectRefused(
      await consent('first', '--by', 'tom@t.example'),
      'ERR_NOT_GLOBAL_ADMINISTRATOR: Tom (tom@t.example) is not a Global Administrator: the consent is not valid',
      '  Global Administrators: dana@t.example',
    )
    expectRefused(
      await consent('first', '--by', 'eve@t.example'),
      'ERR_NOT_FOUND: there is no user "eve@t.example" in New School',
      '  Global Administrators: dana@t.example',
    )
    expectRefused(
      await consent('frist', '--by', 'dana@t.example'),
      'ERR_NO_PARTNER: no partner "frist" has asked New School',
      '  Did you mean "first"?',
    )
    expect((await consent('first')).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: who consents\?/)
    expect(read(path)).toBe(NEW(PARTNERS))
    expect((await call('tenant', 'consent', 'contoso-school', 'northwind-devices', '--by', 'x')).stderr).toMatch(
      /^error ERR_SHIPPED_FILE: .*\n {2}copy \S+contoso-school\.yaml to scenarios.tenants.contoso-school\.yaml, and try again\n/,
    )
  })

  test('keeps the mode of the file, its byte order mark, its line ends, and a link to it', async () => {
    const text = `\ufeff${NEW(PARTNERS).replaceAll('\n', '\r\n')}`
    const path = file('school.yaml', text)
    chmodSync(path, 0o600)
    const link = join(dirname(path), 'link.yaml')
    symlinkSync(path, link)
    await call('tenant', 'consent', link, 'second', '--by', 'dana@t.example')
    expect(read(path)).toBe(text.replace('consentedBy: tom@', 'consentedBy: dana@'))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(read(link)).toBe(read(path))
  })

  test('of a layout that it cannot keep writes nothing', async () => {
    const text = NEW(PARTNERS).replace('first\n', 'first\n').concat('...\n')
    const path = file('school.yaml', text.replace(/^devices.*/m, ''))
    const pdf = file('invoice.pdf', '%PDF-1.7\n')
    const ended = await call(
      ...['tenant', 'request-surface', path, 'surface-laptop-se', '--proof', pdf, '--company', 'New School'],
    )
    expect(ended.stderr).toMatch(/^error ERR_YAML_LAYOUT: "devices" cannot be changed/)
    expect(read(path)).toBe(text)
  })
})

describe('oobe tenant request-surface', () => {
  const proof = () => file('invoice.pdf', '%PDF-1.7\n')
  const ask = (path: string, ...args: string[]) => call('tenant', 'request-surface', path, ...args)

  test('registers after some days of device time', async () => {
    const path = file('school.yaml', NEW())
    const { code, stdout } = await ask(
      path,
      ...['surface-laptop-se', '--proof', proof(), '--company', 'new school', '--group-tag', 'Lab 1'],
    )
    expect(code).toBe(0)
    expect(stdout).toContain(
      'Microsoft answers after 3d (assumed), and the import takes 5m:\nsurface-laptop-se: registered.',
    )
    expect(read(path)).toBe(NEW('devices:\n  - { device: surface-laptop-se, groupTag: Lab 1, path: surface }\n'))
  })

  test('stays open until Microsoft answers', async () => {
    const path = file('school.yaml', NEW())
    const args = ['surface-laptop-se', '--proof', proof(), '--company', 'New School']
    expect((await ask(path, ...args, '--leave-open')).code).toBe(0)
    expect(loadTenantFile(path)).toMatchObject({ devices: [], surfaceRequests: [{ device: 'surface-laptop-se' }] })
    expect((await ask(path, ...args)).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: Microsoft was asked for .* already\n/)
    expect((await ask(path, '--answer', ...args)).code).toBe(2)
    expect((await ask(path, '--answer')).code).toBe(0)
    expect(loadTenantFile(path)).toMatchObject({
      devices: [{ device: 'surface-laptop-se', path: 'surface' }],
      surfaceRequests: [],
    })
    expect((await ask(path, '--answer')).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: .* has no open request\n/)
  })

  test.each([
    ['devices: [{ device: surface-laptop-se }]\n', 'ZtdDeviceAlreadyAssigned (806)'],
    ['devicesElsewhere: [surface-laptop-se]\n', 'ZtdDeviceAssignedToOtherTenant (808)'],
  ])('with %j is refused, and the file stays as it is', async (lines, error) => {
    const path = file('school.yaml', NEW(lines))
    const { code, stdout } = await ask(path, 'surface-laptop-se', '--proof', proof(), '--company', 'New School')
    expect([code, stdout]).toEqual([1, expect.stringContaining(`surface-laptop-se: ${error}.`)])
    expect(read(path)).toBe(NEW(lines))
  })

  test.each([
    ['without a proof', [], /^error ERR_SURFACE_PROOF: there is no proof of the purchase/],
    [
      'with a screenshot',
      ['--proof', 'shot.png', '--company', 'New School'],
      /^error ERR_SURFACE_PROOF: \S+ is no PDF\n/,
    ],
    ['without a name', ['--proof', 'invoice.pdf'], /^error ERR_SURFACE_PROOF: whose name/],
    ['with a name that is not the school', ['--proof', 'invoice.pdf', '--company', 'X'], /the proof is for "X", and/],
    [
      'with other serial numbers',
      ['--proof', 'invoice.pdf', '--company', 'New School', '--serials', 'A1, B2'],
      /the proof does not have SIM-SLSE-000001/,
    ],
    ['with a proof that is not there', ['--proof', 'none.pdf'], /^error ERR_NOT_READABLE/],
  ])('%s is refused', async (_, args, says) => {
    const path = file('school.yaml', NEW())
    proof()
    file('shot.png', '\x89PNG')
    const named = args.map((arg) => (/\.(pdf|png)$/.test(arg) ? join(dirname(path), arg) : arg))
    const ended = await ask(path, 'surface-laptop-se', ...named)
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(says)])
    expect(read(path)).toBe(NEW())
  })

  test('takes the serial numbers that the proof has', async () => {
    const path = file('school.yaml', NEW())
    const args = ['--proof', proof(), '--company', 'New School', '--serials', 'A1, SIM-SLSE-000001']
    expect((await ask(path, 'surface-laptop-se', ...args)).code).toBe(0)
  })

  test('is told as JSON, open and answered', async () => {
    const path = file('school.yaml', NEW())
    const args = ['surface-laptop-se', '--proof', proof(), '--company', 'New School']
    const open = JSON.parse((await ask(path, ...args, '--leave-open', '--json')).stdout)
    expect(open).toMatchObject({ changed: true, devices: [{ device: 'surface-laptop-se', open: true }] })
    const answered = JSON.parse((await ask(path, '--answer', '--json')).stdout)
    expect(answered.devices).toEqual([{ device: 'surface-laptop-se', registered: true, profile: null }])
    const elsewhere = file('other.yaml', NEW('devicesElsewhere: [surface-laptop-se]\n'))
    const refused = await ask(elsewhere, ...args, '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      changed: false,
      devices: [{ registered: false, error: 'ZtdDeviceAssignedToOtherTenant', code: 808 }],
    })
  })

  test('is not for devices of other makers', async () => {
    expectRefused(
      await ask(file('school.yaml', NEW()), 'dell-latitude-3140', '--proof', proof(), '--company', 'New School'),
      'ERR_NOT_SURFACE: "dell-latitude-3140" is no Surface device: Dell Inc. Latitude 3140',
      '  another maker, a reseller or an administrator registers it',
    )
  })
})

describe('oobe tenant move', () => {
  const schools = (old = OLD(), young = NEW()) => ({ from: file('old/a.yaml', old), to: file('new/b.yaml', young) })
  const move = ({ from, to }: { from: string; to: string }, device: string, ...args: string[]) =>
    call('tenant', 'move', device, '--from', from, '--to', to, ...args)

  test('takes the device out of one file and puts it into the other', async () => {
    const both = schools(
      OLD('groups:\n  - { id: g, name: G, members: [tom@t.example, Surface-Laptop-SE] }\n'),
      NEW('devicesElsewhere: [dell-latitude-3120, surface-laptop-se]\n'),
    )
    const { code, stdout } = await move(both, 'surface-laptop-se', '--group-tag', 'B')
    expect(code).toBe(0)
    expect(stdout.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. '])
    expect(stdout).toContain('surface-laptop-se: registered. It gets no deployment profile.\n')
    const left = OLD('groups:\n  - { id: g, name: G, members: [tom@t.example] }\n')
    expect(read(both.from)).toBe(
      `${left.replace('  - { device: surface-laptop-se, groupTag: A } # the first\n', '')}devicesElsewhere:\n  - surface-laptop-se\n`,
    )
    expect(read(both.to)).toBe(
      NEW('devicesElsewhere: [dell-latitude-3120]\ndevices:\n  - { device: surface-laptop-se, groupTag: B }\n'),
    )
  })

  test('is refused with 808 while the first school still has the device', async () => {
    const both = schools()
    const { code, stdout } = await move(both, 'surface-laptop-se', '--without-deregistering')
    expect(code).toBe(1)
    expect(stdout).toContain('2. Old School keeps its registration.\n')
    expect(stdout).toContain('surface-laptop-se: ZtdDeviceAssignedToOtherTenant (808).')
    expect([read(both.from), read(both.to)]).toEqual([OLD(), NEW()])
  })

  test('is told as JSON, done and refused', async () => {
    const both = schools()
    const told = async (...args: string[]) =>
      JSON.parse((await move(both, 'surface-laptop-se', '--json', ...args)).stdout)
    expect(await told('--without-deregistering')).toMatchObject({ changed: false, registered: false, code: 808 })
    expect(await told()).toEqual({
      ...{ from: both.from, to: both.to, isEnrolled: null, changed: true },
      ...{ device: 'surface-laptop-se', registered: true, profile: null },
    })
  })

  test('is refused with 806 where the second school has it, too', async () => {
    const both = schools(OLD(), NEW('devices: [{ device: surface-laptop-se }]\n'))
    const { code, stdout } = await move(both, 'surface-laptop-se')
    expect([code, stdout]).toEqual([1, expect.stringContaining('ZtdDeviceAlreadyAssigned (806)')])
    expect(read(both.from)).toBe(OLD())
  })

  test('changes neither file when the second cannot be written', async () => {
    const both = schools()
    // Where the unfinished file would lie.
    mkdirSync(join(dirname(both.to), `.b.yaml.${process.pid}`, 'full'), { recursive: true })
    const ended = await move(both, 'surface-laptop-se')
    expect([ended.code, ended.stderr]).toEqual([3, expect.stringMatching(/^error ERR_OUTPUT_NOT_WRITABLE/)])
    expect([read(both.from), read(both.to)]).toEqual([OLD(), NEW()])
  })

  test('refuses what cannot begin', async () => {
    const both = schools()
    expectRefused(
      await move(both, 'surface-laptop-es'),
      `ERR_NOT_FOUND: Old School has not registered "surface-laptop-es": ${both.from}`,
      '  Did you mean "surface-laptop-se"?',
    )
    const same = { from: both.from, to: file('new/same.yaml', NEW().replace('7f2c1d', '6f2c1d')) }
    expect((await move(same, 'surface-laptop-se')).stderr).toMatch(/are the same tenant: 6f2c1d9a-/)
    expect((await move({ from: both.from, to: both.from }, 'surface-laptop-se')).stderr).toMatch(/are the same file\n/)
    expect((await call('tenant', 'move', 'surface-laptop-se', '--from', both.from)).stderr).toMatch(
      /^error ERR_BAD_ARG/,
    )
    expect((await move(both, 'surface-laptop-se', '--data', folder)).stderr).toMatch(/keeps no school\n/)
  })

  test('is refused while the device is enrolled in what "oobe serve --data" keeps', async () => {
    const both = schools()
    const data = kept(loadTenantFile(both.from))
    expect((await move(both, 'dell-latitude-3140', '--data', data)).stdout).toMatch(/^1\. The device is not enrolled/)
    const { code, stdout, stderr } = await move(both, 'surface-laptop-se', '--data', data)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe(
      `error ERR_DEVICE_ENROLLED: "surface-laptop-se" is enrolled in Intune of Old School: it cannot be deregistered\n  first, at the server of ${both.from}: DELETE /v1.0/deviceManagement/managedDevices/the-managed-one\n`,
    )
    expect(loadTenantFile(both.from).devices.map(({ device }) => device)).toEqual(['surface-laptop-se'])
    const other = kept(loadTenantFile(both.to), 'other')
    expect((await move(both, 'surface-laptop-se', '--data', other)).stderr).toMatch(
      /keeps another school: New School\n/,
    )
  })

  /** A folder of a served school in which the first device has enrolled. */
  function kept(definition: ReturnType<typeof loadTenantFile>, name = 'state'): string {
    const path = join(folder, name)
    const data = new DataFolder(path)
    const known = { ...beginning, definition }
    data.begin(known)
    const served = serveTenant({ beginning: known, state: undefined, requests: [] }, data, () => START)
    const { tenant } = served
    const [registered] = [...tenant.directory.now.devices.values()]
    const enrolled = { entDmId: 'the-managed-one', deviceId: 'd', deviceName: 'n', upn: '', registered, contentUrl: '' }
    const body = new TextEncoder().encode('grant_type=none')
    data.record({ at: START, request: { method: 'POST', url: `${ORIGIN}/x`, headers: {}, body }, peer: {} })
    tenant.state.management.managed.set('thumbprint', newDevice(enrolled, START))
    served.stop()
    data.close()
    return path
  }
})
