import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { draftOf, schoolOf } from '../../src/import/draft.ts'
import { importedScenario } from '../../src/import/played.ts'
import { readIncident } from '../../src/import/read-incident.ts'
import { FILE_BYTES_MAX } from '../../src/import/unpack.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { ADMIN, AUTOPILOT_LOG, events, eventXml, PROFILE, read, registry, utf8, zip } from './incident-files.ts'

/** One deflated file, whose directory may lie about its size. */
function deflated(name: string, content: Uint8Array, size = content.length): Uint8Array {
  const packed = deflateRawSync(content)
  const checksum = crc32(content)
  const whole = Buffer.from(zip({ [name]: packed }))
  const directory = whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  for (const [at, method, sizes] of [
    [0, 8, 18],
    [directory, 10, 20],
  ] as const) {
    whole.writeUInt16LE(8, at + method)
    whole.writeUInt32LE(checksum, at + sizes - 4)
    whole.writeUInt32LE(packed.length, at + sizes)
    whole.writeUInt32LE(size, at + sizes + 4)
  }
  return new Uint8Array(whole)
}

const remarksOf = (content: Uint8Array) =>
  read('incident.zip', content).files.map(({ name, remarks }) => [name, ...remarks])

describe('archives', () => {
  test('a bomb is named, and costs no memory', () => {
    const before = process.memoryUsage().rss
    const bomb = deflated('dump.reg', Buffer.alloc(FILE_BYTES_MAX + 1, 0x41))
    expect(bomb.length).toBeLessThan(100_000)
    expect(remarksOf(bomb)).toEqual([['incident.zip/dump.reg', 'it has 33 MiB: more than 32 are not read']])
    // One that says that it is small.
    const liar = deflated('dump.reg', Buffer.alloc(FILE_BYTES_MAX, 0x41), 100)
    expect(remarksOf(liar)).toEqual([['incident.zip/dump.reg', expect.stringContaining('cannot be unpacked')]])
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })

  test('many files that are large together are read up to the limit, and the others are named', () => {
    const file = Buffer.alloc(FILE_BYTES_MAX, 0x41)
    const one = deflated('a.txt', file)
    const inputs = Array.from({ length: 9 }, (_, index) => ({ name: `${index}.zip`, bytes: one }))
    const { files } = readIncident(inputs)
    expect(files.map(({ remarks }) => remarks[0])).toEqual([
      ...Array.from({ length: 8 }, () => 'its format is not known'),
      'all files together have more than 256 MiB: this one is not read',
    ])
  })

  test('an archive in an archive is opened once, and no deeper', () => {
    const inner = zip({ 'AutopilotDDSZTDFile.json': PROFILE })
    expect(read('a.zip', zip({ 'b.zip': inner })).incident.profile).toBeDefined()
    expect(remarksOf(zip({ 'b.zip': zip({ 'c.zip': inner }) }))).toEqual([
      ['incident.zip/b.zip/c.zip', 'an archive in an archive in an archive is not opened'],
    ])
  })

  test.each(['../../etc/passwd.json', '/etc/x.json', 'C:\\Windows\\x.json', 'a/../../x.json', '..\\x.json'])(
    'a file called %s is named, and not read',
    (name) => {
      const inside = 'a'.repeat(name.length)
      const archive = Buffer.from(zip({ [inside]: PROFILE, 'dump.reg': registry() }))
      const bytes = Buffer.from(archive.toString('latin1').replaceAll(inside, name), 'latin1')
      const { incident, files } = read('incident.zip', new Uint8Array(bytes))
      expect(files[0]).toMatchObject({ facts: 0, remarks: ['its name leads out of the archive: not read'] })
      expect([incident.profile, incident.isManaged]).toEqual([undefined, true])
    },
  )

  test.each([0.2, 0.5, 0.9, 0.99])('of an archive that was cut at %d of it, the whole files are read', (part) => {
    const files = {
      'a.json': PROFILE,
      'dump.reg': registry(),
      'admin.xml': events(eventXml(ADMIN, 76, ['0x80180018'])),
    }
    const whole = zip(files)
    const { files: reports } = read('incident.zip', whole.subarray(0, Math.floor(whole.length * part)))
    expect(reports[0]!.remarks[0]).toMatch(/^the archive is cut or damaged \(.*\): [0-3] files of it are whole$/)
    const readFiles = reports.slice(1).filter(({ facts }) => facts > 0)
    expect(readFiles).toHaveLength(Number(/: (\d) files/.exec(reports[0]!.remarks[0]!)![1]))
  })

  test('a byte that flipped costs its file alone', () => {
    const whole = Buffer.from(zip({ 'AutopilotDDSZTDFile.json': PROFILE, 'dump.reg': registry() }))
    whole[60]! ^= 1
    const { incident, files } = read('incident.zip', new Uint8Array(whole))
    expect(files[0]).toMatchObject({ facts: 0, remarks: [expect.stringContaining('has another checksum')] })
    expect(incident.isManaged).toBe(true)
  })
})

describe('files', () => {
  test('the registry of another product is read, and said to be that', () => {
    const text =
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\ACME\\Paint]\r\n"Colour"="blue"\r\n"Size"=dword:00000010\r\n'
    expect(read('acme.reg', text).files[0]).toMatchObject({
      facts: 0,
      remarks: ['none of its 2 values is of a first boot: it is the registry of something else'],
    })
  })

  test('events of another program are counted', () => {
    const { files } = read('application.xml', events(eventXml('Application', 1000, ['acme.exe'])))
    expect(files[0]!.remarks).toEqual(['1 of 1 events are of channels that a first boot does not need'])
  })

  test.each([
    ['an empty file', '', 'it is empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'), 'a picture'],
    ['a program', Buffer.from('MZ\x90\0\x03', 'latin1'), 'a program: nothing is executed, and nothing is read from it'],
    ['an event log', Buffer.from('ElfFile\0\0', 'latin1'), 'an event log (.evtx): save it as XML'],
    ['a cabinet', Buffer.from('MSCF\0\0', 'latin1'), 'a cabinet: unpack it'],
    ['bytes', Buffer.from([1, 0, 2, 0, 0, 0, 3, 4, 5, 0, 7, 7, 7, 0, 0, 9]), 'it is no text'],
    ['a letter', 'Dear administrator,\n', 'its format is not known'],
    [
      'a journal of ours',
      '{"at":0,"seq":0,"kind":"run","format":2}\n',
      'a journal of oobe-sim, which no device leaves',
    ],
  ])('%s is named, and says why it is not read', (_, content, why) => {
    const { files } = read('file', typeof content === 'string' ? utf8(content) : new Uint8Array(content))
    expect(files).toEqual([{ name: 'file', facts: 0, remarks: [expect.stringContaining(why)] }])
  })

  test('XML that would fetch or expand something is only text', () => {
    const evil = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${eventXml(ADMIN, 76, ['&e;'])}`
    const { incident, files } = read('evil.xml', evil.replace('<!DOCTYPE', '<Events><!DOCTYPE'))
    expect([incident.events, files[0]!.facts]).toEqual([[], 0])
  })

  test('a text in Windows-1252 keeps its numbers', () => {
    const bytes = new Uint8Array(Buffer.from(events(eventXml(ADMIN, 76, ['0x80180018'], 'Gerät über März')), 'latin1'))
    expect(read('admin.xml', bytes).incident.events).toEqual([
      expect.objectContaining({ id: 76, values: ['0x80180018', 'Gerät über März'] }),
    ])
  })

  test.each([
    [
      'registry',
      `Windows Registry Editor Version 5.00\r\n[${'HKEY\\'.repeat(50_000)}]\r\n"a"="${'\\'.repeat(200_000)}`,
    ],
    ['events', `<Events>${'<Event '.repeat(200_000)}`],
    ['event of one megabyte', events(eventXml(ADMIN, 76, ['x'.repeat(1_000_000)]))],
    ['extension log', '<![LOG['.repeat(200_000)],
    ['SyncML', '<SyncML '.repeat(200_000)],
    ['JSON', `{"log":${'['.repeat(200_000)}`],
    ['profile', `{"CloudAssignedTenantId":"${'x'.repeat(2_000_000)}`],
    ['dsregcmd', `AzureAdJoined : YES\n${' '.repeat(500_000)}Device Name${' '.repeat(500_000)}`],
    ['msiexec', `=== Verbose logging msiexec.exe\n${'ProductCode = {'.repeat(100_000)}`],
  ])('hostile text that looks like %s ends at once', { timeout: 30_000 }, (_, text) => {
    const startedAt = performance.now()
    expect(read('hostile', text).files).toHaveLength(1)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

describe('what is written', () => {
  const REAL = [
    'realschule',
    'schueler@',
    'PC-KLASSE-07',
    '5CD1234XYZ',
    '1f2c1d9a',
    'Realschule Klassen',
    'SEB.realschule',
  ]
  const INCIDENT = [
    { name: 'AutopilotDDSZTDFile.json', bytes: utf8(PROFILE) },
    {
      name: 'dump.reg',
      bytes: utf8(
        registry(
          '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName]',
          '"ComputerName"="PC-KLASSE-07"',
          '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Browser]',
          '"Homepages"="<https://intranet.realschule.example>"',
          '"AllowPopups"=dword:00000001',
          '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement\\S-0-0-00-0000000000-0000000000-000000000-000\\MSI\\{3B8A5C1E-0F42-4D6B-8E97-A1C2D3E4F501}]',
          '"Name"="Prüfungs-Browser für realschule.example\\r\\n# rm -rf"',
          '"Status"=dword:0000003c',
          '"LastError"=dword:80070643',
          '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Provisioning\\AutopilotSettings]',
          String.raw`"DeviceSetupCategory.Status"="{\"DeviceSetup.AppsSubcategory\":{\"subcategoryState\":\"failed\",\"subcategoryStatusText\":\"Apps (0x80070643)\"},\"categoryState\":\"failed\"}"`,
        ),
      ),
    },
    {
      name: 'MDMDiagReport.xml',
      bytes: utf8(
        '<MDMEnterpriseDiagnosticsReport><DeviceManagementAccount><SerialNumber>5CD1234XYZ</SerialNumber><Manufacturer>HP</Manufacturer><Model>HP Fortis 11 G9</Model></DeviceManagementAccount></MDMEnterpriseDiagnosticsReport>',
      ),
    },
  ]

  test('no identity of the incident, and the end that its files show', { timeout: 60_000 }, async () => {
    const { incident } = readIncident(INCIDENT)
    const { text, failures, outcome } = await importedScenario(incident, 'imported.yaml', ['Imported.'])
    for (const name of REAL) expect(text.toLowerCase()).not.toContain(name.toLowerCase())
    expect(failures).toEqual([])
    expect(outcome).toMatchObject({ kind: 'failed', page: 'enrollmentStatusFailure', code: '0x80070643' })
    expect(text).toContain('# guessed: no file says how the device was connected\nnetwork: school-wifi\n')
    expect(text).toContain('exitCode: 1603')
  })

  test('the same files give the same scenario', () => {
    const draft = () => {
      const { incident } = readIncident(INCIDENT)
      return draftOf(incident, loadTenantFile(schoolOf(incident)))
    }
    expect(draft()).toEqual(draft())
    const reversed = readIncident(INCIDENT.toReversed()).incident
    expect(draftOf(reversed, loadTenantFile(schoolOf(reversed)))).toEqual(draft())
  })

  test('a session that says only that the status page failed comes to that end', { timeout: 60_000 }, async () => {
    const line = (kind: string, at: string, payload: object) =>
      JSON.stringify({ SessionSignalOrdinal: 1, Kind: kind, OccurredAtUtc: at, Payload: payload })
    const text = [
      line('EspPhaseChanged', '2026-09-07T09:01:00Z', { phase: 'AccountSetup' }),
      line('EspTerminalFailure', '2026-09-07T09:12:00Z', { reason: 'esp_terminal_failure_account_setup' }),
    ].join('\n')
    const { failures, draft } = await importedScenario(read('session.jsonl', text).incident, 'imported.yaml', [], false)
    expect(failures).toEqual([])
    expect(draft.end).toMatchObject({ kind: 'failed', page: 'enrollmentStatusFailure' })
  })

  test('without a profile and with an answer of the look-up the device is one that no school has registered', () => {
    const { incident } = read('autopilot.xml', events(eventXml(AUTOPILOT_LOG, 807, ['ZtdDeviceIsNotRegistered'])))
    expect(draftOf(incident, loadTenantFile('contoso-school')).scenario.tenant).toEqual({
      use: 'contoso-school',
      with: { devices: [] },
    })
  })
})
