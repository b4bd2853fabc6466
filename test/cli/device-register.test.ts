import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { withRegisteredDevice } from '../../src/scenario/tenant-devices.ts'
import { call, expectRefused, file, folder } from './call.ts'

const HEAD = `# Our school.
title: T   # short
tenantId: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c
domain: t.example
name: Small School

users: [{email: dana@t.example,   password: x, name: Dana}]
`
const DEVICES = `devices:
    # The first room.
    - device:   surface-laptop-se
      groupTag: Classroom   # since 2024
    - { device: dell-latitude-3140 }   # the spare one

# Groups.
groups: []
`
const ENTRY = { device: 'mine', groupTag: 'Room 7' }
const IN_FLOW = '{ device: mine, groupTag: Room 7 }'

describe('a device is put into the text of a tenant, and all else stays', () => {
  test.each<[string, string, string]>([
    ['no devices', HEAD, `${HEAD}devices:\n  - ${IN_FLOW}\n`],
    ['no end of the last line', HEAD.trimEnd(), `${HEAD}devices:\n  - ${IN_FLOW}\n`],
    [
      'devices below each other',
      HEAD + DEVICES,
      HEAD + DEVICES.replace('the spare one\n', `the spare one\n    - ${IN_FLOW}\n`),
    ],
    [
      'a group of lines at the end',
      `${HEAD}devices:\n- device: a\n  groupTag: b # c`,
      `${HEAD}devices:\n- device: a\n  groupTag: b # c\n- ${IN_FLOW}\n`,
    ],
    [
      'devices in a line',
      `${HEAD}devices: [{device: a}, {device: b}] # two\n`,
      `${HEAD}devices: [{device: a}, {device: b}, ${IN_FLOW}] # two\n`,
    ],
    [
      'devices in a list with a comma at its end',
      `${HEAD}devices: [\n  { device: a },  # one\n]\nname2: x\n`,
      `${HEAD}devices: [\n  { device: a }, ${IN_FLOW},  # one\n]\nname2: x\n`,
    ],
    [
      'an empty list',
      `${HEAD}devices: [] # none yet\ngroups: []\n`,
      `${HEAD}devices: # none yet\n  - ${IN_FLOW}\ngroups: []\n`,
    ],
    ['nothing', `${HEAD}devices:\ngroups: []\n`, `${HEAD}devices:\n  - ${IN_FLOW}\ngroups: []\n`],
    ['nothing at the end', `${HEAD}devices:`, `${HEAD}devices:\n  - ${IN_FLOW}\n`],
    [
      'lines of Windows',
      (HEAD + DEVICES).replaceAll('\n', '\r\n'),
      (HEAD + DEVICES.replace('the spare one\n', `the spare one\n    - ${IN_FLOW}\n`)).replaceAll('\n', '\r\n'),
    ],
  ])('%s', (_, before, after) => {
    expect(withRegisteredDevice('t.yaml', before, ENTRY)).toBe(after)
  })

  test('a value that YAML would read otherwise is in quotes', () => {
    const edited = withRegisteredDevice('t.yaml', HEAD, { device: './a, b.yaml', groupTag: '007' })
    expect(edited.slice(HEAD.length)).toBe("devices:\n  - { device: './a, b.yaml', groupTag: '007' }\n")
  })

  test.each([`{ title: T, name: "x" }\n`, `${HEAD}...\n`, `- a\n`, `${HEAD}devices: none\n`])(
    'a file without a place for it is refused, with the line to write: %j',
    (text) => {
      expect(() => withRegisteredDevice('t.yaml', text, ENTRY)).toThrow(
        expect.objectContaining({
          code: 'ERR_NOT_EDITABLE',
          details: ['Write it by hand, below "devices:":', `  - ${IN_FLOW}`],
        }),
      )
    },
  )
})

describe('oobe device new --register', () => {
  const path = () => file('school.yaml', HEAD + DEVICES)
  const register = (...more: string[]) =>
    call('device', 'new', 'mine', '--seed', '7', '--register', './school.yaml', ...more)

  test('writes both files, and says what to do next', async () => {
    const tenant = path()
    chmodSync(tenant, 0o600)
    const { code, stdout, stderr } = await register('--group-tag', 'Room 7')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').slice(1)).toEqual([
      './school.yaml: mine is registered, group tag Room 7',
      'oobe tenant resolve mine --tenant ./school.yaml   what it gets there, and why',
      'oobe boot mine --tenant ./school.yaml   with the network of surface-wifi-happy-path and the person alice@contoso.example, which this school does not have: at a terminal sign in as dana@t.example',
      'In a scenario of your own: "device: mine", "tenant: ./school.yaml", a network: and a person: with signIn:',
      '',
    ])
    expect(readFileSync(tenant, 'utf8')).toBe(HEAD + DEVICES.replace('one\n', `one\n    - ${IN_FLOW}\n`))
    expect(statSync(tenant).mode & 0o777).toBe(0o600)
    expect(loadTenantFile(tenant).devices.map(({ device }) => device)).toEqual([
      'surface-laptop-se',
      'dell-latitude-3140',
      'mine',
    ])
    const resolved = await call('tenant', 'resolve', 'mine', '--tenant', './school.yaml', '--json')
    expect(JSON.parse(resolved.stdout).parts[0].lines[1]).toContain('group tag Room 7')
  })

  test('refuses a device that the school has, and leaves both files as they are', async () => {
    const tenant = path()
    await register()
    const [before, device] = [readFileSync(tenant, 'utf8'), readFileSync(join(folder, 'devices/mine.yaml'), 'utf8')]
    expectRefused(
      await register('--force', '--serial', 'OTHER'),
      'ERR_ALREADY_REGISTERED: ./school.yaml has the device "mine" already. Nothing is written',
      '  its group tag is none; without --register the file of the device alone is written',
    )
    const byPath = await call('device', 'new', './devices/mine.yaml', '--force', '--register', './school.yaml')
    expect(byPath.stderr).toMatch(/^error ERR_ALREADY_REGISTERED/)
    expect([readFileSync(tenant, 'utf8'), readFileSync(join(folder, 'devices/mine.yaml'), 'utf8')]).toEqual([
      before,
      device,
    ])
  })

  test('refuses a school that is not there, is shipped, or is broken, and writes nothing', async () => {
    expect((await register()).stderr).toMatch(/^error ERR_NOT_FOUND/)
    const shipped = await call('device', 'new', 'mine', '--register', 'contoso-school')
    expect(shipped.stderr).toMatch(
      /^error ERR_TENANT_SHIPPED: "contoso-school" is a school that is shipped.*\n {2}Copy it into the working folder/,
    )
    file('school.yaml', 'title: [')
    expect((await register()).stderr).toMatch(/^error ERR_YAML_SYNTAX/)
    expectRefused(
      await call('device', 'new', 'mine', '--group-tag', 'x'),
      'ERR_BAD_ARGUMENTS: --group-tag goes with --register',
    )
    expect(existsSync(join(folder, 'devices'))).toBe(false)
  })

  test('a copy of a shipped school in the working folder is one of your own', async () => {
    file('scenarios/tenants/contoso-school.yaml', HEAD)
    expect((await call('device', 'new', 'mine', '--register', 'contoso-school')).code).toBe(0)
    expect(readdirSync(join(folder, 'scenarios/tenants'))).toEqual(['contoso-school.yaml'])
    expect(loadTenantFile('contoso-school').devices.map(({ device }) => device)).toEqual(['mine'])
  })

  test.skipIf(process.getuid?.() === 0)(
    'refuses a school whose file cannot be written, and writes no device',
    async () => {
      chmodSync(path(), 0o400)
      const { code, stderr } = await register()
      expect(code).toBe(3)
      expect(stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: .*Nothing is written/)
      expect(existsSync(join(folder, 'devices'))).toBe(false)
    },
  )

  test('takes the device back when the school cannot be written after all', async () => {
    const tenant = path()
    file('devices/mine.yaml', 'title: mine\n')
    mkdirSync(join(folder, `.school.yaml.${process.pid}`))
    const ended = await register('--force')
    expect([ended.code, ended.stdout]).toEqual([3, ''])
    expect(ended.stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: \S+school\.yaml cannot be written: /)
    expect(readFileSync(join(folder, 'devices/mine.yaml'), 'utf8')).toBe('title: mine\n')
    expect(readFileSync(tenant, 'utf8')).toBe(HEAD + DEVICES)
    await call('device', 'new', 'yours', '--register', './school.yaml')
    expect(readdirSync(join(folder, 'devices'))).toEqual(['mine.yaml'])
  })
})
