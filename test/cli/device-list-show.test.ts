import { describe, expect, test } from 'vitest'
import { loadDeviceFile, namesOf } from '../../src/scenario/library.ts'
import { call, expectRefused, file } from './call.ts'

const linesOf = (text: string) => text.trimEnd().split('\n')

describe('oobe device list', () => {
  test('has a line for each device, in columns', async () => {
    const { code, stdout, stderr } = await call('device', 'list')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^note: Microsoft ended the support of Windows 11 SE on 13 October 2026/)
    const [head, ...lines] = linesOf(stdout)
    expect(lines.map((line) => line.split(' ')[0])).toEqual(namesOf('device'))
    for (const name of ['TITLE', 'WINDOWS 11', 'UPDATES UNTIL', 'TPM', 'NETWORK']) {
      const column = head!.indexOf(name)
      expect(lines.filter((line) => line[column - 1] !== ' ' || line[column] === ' ')).toEqual([])
    }
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^surface-laptop-se +Microsoft Surface Laptop SE +SE 24H2 +2026-10-13 +2\.0 firmware INTC +Wi-Fi, Ethernet dongle$/,
      ),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^contoso-desktop-no-tpm .* none +Ethernet$/))
    expect(lines).toContainEqual(expect.stringMatching(/^contoso-classbook-lte .* Wi-Fi, cellular$/))
  })

  test('is JSON for programs', async () => {
    const { stdout } = await call('device', 'list', '--json')
    const devices = JSON.parse(stdout)
    expect(devices.map(({ id }: { id: string }) => id)).toEqual(namesOf('device'))
    expect(devices).toContainEqual({
      id: 'dell-latitude-3120-board-swapped',
      title: 'Dell Latitude 3120 with another board',
      boardSwapOf: 'dell-latitude-3120',
      edition: 'SE',
      version: '24H2',
      build: '10.0.26100.4652',
      servicedUntil: '2026-10-13',
      manufacturer: 'Dell Inc.',
      productName: 'Latitude 3120',
      serialNumber: 'SIM-3120-000001',
      processor: 'Intel(R) Pentium(R) Silver N6000 @ 1.10GHz',
      tpm: { version: '2.0', kind: 'firmware', vendor: 'INTC' },
      adapters: [
        { kind: 'wifi', removable: false },
        { kind: 'bluetooth', removable: false },
      ],
    })
    expect(devices).toContainEqual(expect.objectContaining({ id: 'contoso-desktop-no-tpm', tpm: null }))
  })

  test('shows the others when one of the working folder is broken', async () => {
    file('devices/broken.yaml', 'title: [')
    const { code, stdout } = await call('device', 'list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^surface-laptop-se /m)
    expect(linesOf(stdout).at(-1)).toMatch(/^broken: devices\/broken\.yaml:1:\d+: /)
    const { stdout: json } = await call('device', 'list', '--json')
    expect(JSON.parse(json)).toContainEqual({
      id: 'broken',
      error: { code: 'ERR_YAML_SYNTAX', message: expect.stringMatching(/^devices\/broken\.yaml:1:\d+: /) },
    })
  })

  test('refuses a device', async () => {
    expectRefused(
      await call('device', 'list', 'surface-laptop-se'),
      'ERR_BAD_ARGUMENTS: oobe device list takes no device: surface-laptop-se',
      '  Did you mean "oobe device show surface-laptop-se"?',
    )
  })
})

describe('oobe device show', () => {
  test('has a line for each fact, with its value, its tag and its source', async () => {
    const { code, stdout, stderr } = await call('device', 'show', 'surface-laptop-se')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = linesOf(stdout)
    expect(lines[0]).toMatch(/^FACT +VALUE +IS +SOURCE$/)
    expect(lines).toContainEqual(
      expect.stringMatching(/^smbios\.productName +Surface Laptop SE +sourced +linuxhw\/DMI \(2 dumps\)$/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^smbios\.board\.version +"" +madeUp +not in the dumps$/))
    expect(lines).toContainEqual(expect.stringMatching(/^adapters\.2\.removable +true +madeUp +synthetic$/))
    expect(stdout).not.toContain(' ?')
    expect(lines.slice(-4)).toEqual([
      expect.stringMatching(/^deviceId +[0-9A-F]{32}$/),
      expect.stringMatching(/^hardwareDeviceId +[0-9A-F]{64}$/),
      expect.stringMatching(/^tpmFirmware +403\.0\.0\.0$/),
      expect.stringMatching(/^endorsementKeyHash +[0-9a-f]{64}$/),
    ])
  })

  test.each(['contoso-desktop-no-tpm', 'contoso-laptop-tpm-1-2'])('of %s has no endorsement key', async (id) => {
    const { stdout } = await call('device', 'show', id)
    expect(stdout).toMatch(/^endorsementKeyHash +none$/m)
  })

  test('is JSON for programs, and has every fact', async () => {
    const { stdout } = await call('device', 'show', 'hyper-v-vm', '--json')
    const { id, identity, facts } = JSON.parse(stdout)
    expect([id, identity.tpmFirmware]).toEqual(['hyper-v-vm', '8213.275.21.18466'])
    const device = loadDeviceFile('hyper-v-vm')
    expect(facts.length).toBeGreaterThan(50)
    expect(facts).toContainEqual({
      path: 'disk.product',
      value: device.disk.product,
      tag: 'sourced',
      source: device.provenance['disk.product']!.source,
    })
    expect(facts.filter(({ tag }: { tag?: string }) => tag === undefined)).toEqual([])
  })

  test.each([[[]], [['a', 'b']], [['toaster']], [['--jsn', 'hyper-v-vm']]])('refuses %j', async (operands) => {
    const ended = await call('device', 'show', ...operands)
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error ERR_/) })
  })

  test('refuses a file made to hurt at once, and says where', { timeout: 10_000 }, async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', 'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]', 'c: [*b,*b,*b,*b,*b,*b,*b,*b]']
    const files: [string, RegExp][] = [
      ['title: A\ntitle: B\n', /^error ERR_YAML_SYNTAX: \S+:2:1: Map keys must be unique/],
      [bomb.join('\n'), /^error ERR_YAML_SYNTAX: \S+:2:8: aliases are not supported: \*a\n/],
      [`title: ${'x'.repeat(5_000_000)}`, /^error ERR_YAML_TOO_LARGE: /],
      [`title:\n  ${'- '.repeat(41)}x`, /^error ERR_YAML_SYNTAX: \S+:2:81: nested more than 40 deep\n$/],
      [`${'? '.repeat(41)}x`, /^error ERR_YAML_SYNTAX: \S+:1:81: nested more than 40 deep\n$/],
      ['title: \u0000', /^error ERR_/],
    ]
    for (const [text, message] of files) {
      const ended = await call('device', 'show', file('hostile.yaml', text))
      expect(ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
    }
  })
})
