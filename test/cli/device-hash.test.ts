import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../src/protocols/hardware-hash/encode.ts'
import type { HardwareReport } from '../../src/protocols/hardware-hash/report.ts'
import { encodeZip } from '../../src/protocols/zip/encode.ts'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { PROGRAM } from './program.ts'

const hashOf = (change: Partial<HardwareReport> = {}) =>
  hardwareHashToBase64(encodeHardwareHash({ ...soundReport(), ...change }))

const HASH = hashOf()
const OTHER_UUID = 'aaaaaaaa-4455-4677-8899-aabbccddeeff'
const BOARD = hashOf({ smbiosUuid: OTHER_UUID, adapters: [{ medium: 9, mac: '02:53:49:4D:09:09', enumerator: 'PCI' }] })
const CSV = `Device Serial Number,Windows Product ID,Hardware Hash\r\nSIM-1,,${HASH}\r\nSIM-2,,${BOARD}\r\n`
const TOTAL = Buffer.from(HASH, 'base64').readUInt16LE(2)
const TITLE = `3000 bytes, ${TOTAL} of them records, checksum correct`

/** With a pipe as standard input. */
const piped = (input: string | Uint8Array, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'device', ...args], {
    input,
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}

describe('oobe device decode', () => {
  test('prints what a hash says, aligned', async () => {
    const { code, stdout, stderr } = await call('device', 'decode', HASH)
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      `the hash: ${TITLE}`,
      '',
      'record  field                       value',
      '     1  ToolVersion                 8',
    ])
    expect(lines).toContain('     8  MacAddress                  02:53:49:4D:00:01  (Native802_11, PCI)')
    expect(lines).toContain('    23  SmbiosSystemVersion         " "')
    expect(lines.at(-2)).toBe('0 errors, 0 warnings, 2 notes about its values: "oobe device lint" tells them')
  })

  test.each<[string, string, string | Uint8Array, string[]]>([
    ['base64', 'a.txt', `${HASH}\r\n`, ['']],
    ['base64 in lines', 'a.txt', HASH.replace(/(.{76})/g, '$1\n'), ['']],
    ['base64 without its padding', 'a.txt', HASH.replace(/A+$/, ''), ['']],
    ['base64 in UTF-16', 'a.txt', Buffer.from(`\ufeff${HASH}\r\n`, 'utf16le'), ['']],
    ['bytes', 'a.bin', Buffer.from(HASH, 'base64'), ['']],
    ['a CSV', 'a.csv', CSV, [', line 2 (SIM-1)', ', line 3 (SIM-2)']],
    [
      'a CSV of PowerShell 5.1',
      'a.csv',
      Buffer.from(`\ufeff"${CSV.trimEnd().replaceAll(',', '","').replaceAll('\r\n', '"\r\n"')}"\r\n`, 'utf16le'),
      [', line 2 (SIM-1)', ', line 3 (SIM-2)'],
    ],
    ['a CSV with one column', 'a.csv', `Hardware Hash\r\n${HASH}\r\n${BOARD}\r\n`, [', line 2', ', line 3']],
    [
      'XML',
      'a.xml',
      `<?xml version="1.0"?>\r\n<r><HardwareHash>${HASH}</HardwareHash><h:b a="1, 2">\n${BOARD}\n</h:b><c>T</c></r>`,
      [', HardwareHash', ', h:b'],
    ],
    ['a CSV without a header', 'a.csv', `SIM-1;;${HASH}`, [', line 1 (SIM-1)']],
    ['hashes in lines', 'a.txt', `${HASH}\n${BOARD}\n`, [', line 1', ', line 2']],
    [
      'JSON',
      'a.json',
      JSON.stringify({ value: [{ hardwareIdentifier: HASH, id: 'x' }, { deep: { hash: BOARD } }] }),
      [', value.0.hardwareIdentifier', ', value.1.deep.hash'],
    ],
    [
      'JSON in base64',
      'a.txt',
      Buffer.from(JSON.stringify({ CachedHardwareBlob: HASH, CurrentHardwareBlob: BOARD })).toString('base64'),
      [', CachedHardwareBlob', ', CurrentHardwareBlob'],
    ],
    [
      'an archive of logs',
      'a.zip',
      encodeZip([
        { name: 'DeviceHash_X.csv', bytes: Buffer.from(CSV) },
        { name: 'AutopilotDDSZTDFile.json', bytes: Buffer.from('{}') },
      ]),
      [', DeviceHash_X.csv, line 2 (SIM-1)', ', DeviceHash_X.csv, line 3 (SIM-2)'],
    ],
  ])('reads %s', async (_, name, content, places) => {
    const path = file(name, content)
    const { code, stdout, stderr } = await call('device', 'decode', path)
    expect([code, stderr]).toEqual([0, ''])
    const titles = stdout.split('\n').filter((line) => line.includes(' bytes, '))
    expect(titles.map((line) => line.replace(/: .*/, ''))).toEqual(places.map((place) => path + place))
  })

  test('reads a device, and standard input', async () => {
    const { stdout } = await call('device', 'decode', 'surface-laptop-se')
    expect(stdout).toMatch(/^surface-laptop-se: 3000 bytes/)
    expect(piped(HASH, 'decode')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`standard input: ${TITLE}`),
    })
    expect(piped(HASH, 'decode', '-')).toMatchObject({ code: 0, stderr: '' })
    expect(piped('', 'decode')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error ERR_HASH_NONE: standard input is empty\n',
    })
  })

  test('prints an object in a line for each hash', async () => {
    const { code, stdout } = await call('device', 'decode', file('a.csv', CSV), '--json')
    const [first, second, ...rest] = stdout.split('\n').map((line) => (line ? JSON.parse(line) : undefined))
    expect([code, rest]).toEqual([0, [undefined]])
    expect(first).toMatchObject({
      size: 3000,
      totalLength: TOTAL,
      report: {
        tool: { time: '2026-01-02T03:04:05.000Z', utcOffsetQuarters: -28 },
        offlineDeviceId: { id: Buffer.from(soundReport().offlineDeviceId!.id).toString('hex') },
        serialNumber: 'SIM0002',
      },
      findings: [],
    })
    expect(first.checksum.stored).toBe(first.checksum.computed)
    expect(first.report).not.toHaveProperty('layout')
    expect(second.report.smbiosUuid).toBe(OTHER_UUID)
  })

  test('prints the XML of oa3tool', async () => {
    const { code, stdout } = await call('device', 'decode', HASH, '--xml')
    expect(code).toBe(0)
    expect(stdout).toContain('    <p n="SmbiosSystemSerialNumber" v="SIM0002"/>\n')
  })

  test('shows what is whole of a damaged hash, and ends with 1', async () => {
    const { code, stdout, stderr } = await call('device', 'decode', HASH.slice(0, 700))
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain(`525 bytes, ${TOTAL} of them records, checksum missing`)
    expect(stdout).toContain('     1  OsBuild')
    expect(stdout).toContain(
      `error    ERR_HASH_TRUNCATED: byte 525: the input ends, but its length says ${TOTAL + 36} bytes\n`,
    )
    const xml = await call('device', 'decode', HASH.slice(0, 700), '--xml')
    expect([xml.code, xml.stderr]).toEqual([1, expect.stringContaining('note: error    ERR_HASH_TRUNCATED')])
  })

  test('goes on after a row that cannot be read, and ends with 2', async () => {
    const csv = file('a.csv', CSV.replace(HASH, 'aGFyZHdhcmVJZGVudGlmaWVy'))
    const { code, stdout, stderr } = await call('device', 'decode', csv)
    expect([code, stderr]).toEqual([
      2,
      `error ERR_HASH_MAGIC: byte 0: a hardware hash begins with "OA"\n  in ${csv}, line 2 (SIM-1)\n`,
    ])
    expect(stdout).toContain(`${csv}, line 3 (SIM-2): 3000 bytes`)
  })

  test('leaves nothing in a text that a terminal would obey', async () => {
    const hash = hashOf()
    const bytes = Buffer.from(hash, 'base64')
    const at = bytes.indexOf('SimBook SE')
    bytes.write('\u001b[2J\n\u009b1m', at, 'latin1')
    for (const format of [[], ['--json'], ['--xml']]) {
      const { code, stdout, stderr } = await call('device', 'decode', file('a.bin', bytes), ...format)
      expect(code).toBe(1)
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
    const { stdout } = await call('device', 'decode', file('a.bin', bytes))
    expect(stdout).toContain('    17  SmbiosSystemProductName     ␛[2J␊�1mSE')
  })

  test.each<[string, string[], string, string[]]>([
    [
      'no such file',
      ['./a.csv'],
      'ERR_NOT_FOUND: there is no file or device "./a.csv", and no hash begins like this',
      [],
    ],
    [
      'half a name',
      ['surface-laptop'],
      'ERR_NOT_FOUND: there is no file or device "surface-laptop", and no hash begins like this',
      ['  Did you mean "surface-laptop-se"?'],
    ],
    ['two', ['a', 'b'], 'ERR_BAD_ARGUMENTS: one operand at a time', []],
    ['both formats', [HASH, '--json', '--xml'], 'ERR_BAD_ARGUMENTS: --json or --xml, not both', []],
  ])('refuses %s', async (_, args, message, details) => {
    const ended = await call('device', 'decode', ...args)
    if (details.length > 0) expectRefused(ended, message, ...details)
    else expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`error ${message}\n`) })
  })

  test.each<[string, string | Uint8Array, string]>([
    ['a text', 'a letter, and more', 'ERR_HASH_NONE: nothing in it looks like a hardware hash'],
    ['nothing', ' \r\n', 'ERR_HASH_NONE: nothing in it looks like a hardware hash'],
    ['no base64', 'T0FH*', 'ERR_HASH_BASE64: character 4 is not base64'],
    [
      'a novel',
      'A'.repeat(200_000),
      'ERR_HASH_TOO_LARGE: 200000 characters are no hardware hash: it has at most 98304',
    ],
    ['bad JSON', '{"a":', 'ERR_HASH_JSON: the JSON cannot be read'],
    ['many', 'T0FHAAEAHAAA,'.repeat(2001), 'ERR_HASH_MANY: it holds 2001 hashes, and may hold 2000'],
    ['a cut archive', encodeZip([]).slice(0, 4), 'ERR_HASH_BASE64: character 2 is not base64'],
    [
      'half an archive',
      encodeZip([{ name: 'a', bytes: new Uint8Array(9) }]).slice(0, 60),
      'ERR_ZIP_DIRECTORY: byte 60',
    ],
  ])('refuses %s in a file, and names it', async (_, content, message) => {
    const path = file('a.dat', content)
    const { code, stdout, stderr } = await call('device', 'decode', path)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error ${message}`)
    expect(stderr).toContain(`\n  in ${path}\n`)
  })

  test('refuses a folder, an endless file, and two hashes in one XML', async () => {
    expectRefused(await call('device', 'decode', folder), `ERR_NOT_READABLE: ${folder} is a folder`)
    const message = 'ERR_FILE_TOO_LARGE: /dev/zero has more than 8388608 bytes: no file with hardware hashes'
    expectRefused(await call('device', 'decode', '/dev/zero'), message)
    const hint = '  Without --xml, or with --json, all of them are decoded'
    const ended = await call('device', 'decode', file('a.csv', CSV), '--xml')
    expectRefused(ended, 'ERR_BAD_ARGUMENTS: there are 2 hashes, and XML holds one', hint)
  })
})

describe('oobe device lint', () => {
  test('has nothing against a sound hash, and ends with 0', async () => {
    const { code, stdout } = await call('device', 'lint', HASH)
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'the hash: 0 errors, 0 warnings, 2 notes'])
  })

  test('says what is wrong and why, and ends with 1', async () => {
    const { code, stdout } = await call('device', 'lint', hashOf({ serialNumber: 'Default string' }))
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'the hash: 1 error, 0 warnings, 2 notes',
      'error    HASH_PLACEHOLDER: SmbiosSystemSerialNumber is "Default string", which says nothing',
      '         other devices have the same value: they cannot be told apart by it (6 [V])',
    ])
  })

  test('counts damage, and misses nothing in a part that was not there', async () => {
    const { code, stdout } = await call('device', 'lint', HASH.slice(0, 700), '--json')
    expect(code).toBe(1)
    const codes = JSON.parse(stdout).findings.map((finding: { code: string }) => finding.code)
    expect(new Set(codes)).toEqual(
      new Set(['ERR_HASH_TRUNCATED', 'ERR_HASH_RECORD_LENGTH', 'HASH_SIZE', 'HASH_MAC_LOCAL']),
    )
  })

  test('takes a row that cannot be read as an error, and such a hash alone as bad input', async () => {
    const csv = file('a.csv', CSV.replace(HASH, 'aGFyZHdhcmVJZGVudGlmaWVy'))
    const { code, stdout } = await call('device', 'lint', csv)
    expect(code).toBe(1)
    expect(stdout).toContain('line 2 (SIM-1): 1 error, 0 warnings, 0 notes\nerror    ERR_HASH_MAGIC: byte 0')
    const path = file('a.txt', 'aGFyZHdhcmVJZGVudGlmaWVy')
    const message = 'ERR_HASH_MAGIC: byte 0: a hardware hash begins with "OA"'
    expectRefused(await call('device', 'lint', path), message, `  in ${path}`)
  })

  test.each(['surface-laptop-se', 'asus-br1100fka', 'dell-latitude-3120', 'lenovo-300w-gen-3'])(
    'finds no error in %s',
    async (device) => {
      expect(await call('device', 'lint', device)).toMatchObject({ code: 0, stderr: '' })
    },
  )
})

describe('oobe device diff', () => {
  test('ends with 0 for two captures of a device', async () => {
    const later = hashOf({ tool: { ...soundReport().tool!, time: Date.parse('2026-02-02T00:00:00Z') } })
    const { code, stdout } = await call('device', 'diff', HASH, later)
    expect([code, stdout]).toEqual([
      0,
      [
        'before: the hash',
        'after:  the hash',
        '',
        'record  field         before                     after',
        '     1  OsSystemTime  2026-01-02T03:04:05Z       2026-02-02T00:00:00Z',
        '     1  OsLocalTime   2026-01-01T20:04:05-07:00  2026-02-01T17:00:00-07:00',
        '',
        'TIME_ONLY: Nothing but the time differs: two captures of one device. (1.1 [V])',
        'Verdict: the same device.',
        '',
      ].join('\n'),
    ])
  })

  test('calls a board swap so, and ends with 1', async () => {
    const { code, stdout } = await call('device', 'diff', HASH, BOARD)
    expect(code).toBe(1)
    expect(stdout).toContain('\nBOARD_SWAP: The board was replaced: SmbiosUuid, MAC addresses went with it.')
    expect(stdout).toContain('\nVerdict: one device with other parts.\n')
  })

  test('compares the two hashes of a file, and what is piped in with a device', async () => {
    const path = file('a.json', JSON.stringify({ CachedHardwareBlob: HASH, CurrentHardwareBlob: BOARD }))
    const { code, stdout } = await call('device', 'diff', path, '--json')
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      expect.objectContaining({ before: `${path}, CachedHardwareBlob`, verdict: 'changed' }),
    ])
    expect(piped(HASH, 'diff', '-', 'surface-laptop-se')).toMatchObject({ code: 1, stderr: '' })
  })

  test.each<[string, string[], string]>([
    ['one hash', [HASH], 'ERR_BAD_ARGUMENTS: there is one hash, and two are compared'],
    ['three', ['a', 'b', 'c'], 'ERR_BAD_ARGUMENTS: two hashes at a time'],
    ['standard input twice', ['-', '-'], 'ERR_BAD_ARGUMENTS: standard input is one hash, not two'],
    ['a damaged hash', [HASH.slice(0, 700), HASH], 'ERR_HASH_TRUNCATED: byte 525: the input ends'],
  ])('refuses %s', async (_, args, message) => {
    const ended = await call('device', 'diff', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`error ${message}`) })
  })

  test('refuses a file with more than the one that is wanted', async () => {
    const path = file('a.csv', CSV)
    expectRefused(
      await call('device', 'diff', path, HASH),
      `ERR_BAD_ARGUMENTS: "${path}" holds 2 hashes, and one is wanted`,
      `  ${path}, line 2 (SIM-1); ${path}, line 3 (SIM-2)`,
    )
  })
})

test.each(['decode', 'diff', 'lint', 'csv'])('oobe device %s --help tells what it takes', async (action) => {
  const { code, stdout, stderr } = await call('device', action, '--help')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(new RegExp(`^oobe device ${action} `))
  expect(await call('device', action, '--jsan')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ERR_UNKNOWN_OPTION'),
  })
})

describe('oobe device csv', () => {
  const HEADER = 'Device Serial Number,Windows Product ID,Hardware Hash'

  test('writes the file of an administrator, byte for byte the one of --out', async () => {
    const out = join(folder, 'a.csv')
    const args = ['device', 'csv', 'surface-laptop-se', 'asus-br1100fka', '--group-tag', 'M\u00fcnchen']
    const { code, stdout } = await call(...args)
    const lines = stdout.split('\r\n')
    expect([code, lines.length, lines[0]]).toEqual([0, 4, `${HEADER},Group Tag`])
    expect(lines[1]).toMatch(/^SIM-SLSE-000001,,T0[A-Za-z0-9+/]{3998},M.nchen$/)
    expect(await call(...args, '--out', out)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(out).includes(Buffer.from('M\u00fcnchen', 'latin1'))).toBe(true)
    const decoded = await call('device', 'decode', out)
    expect(decoded.stdout).toContain('line 3 (SIM-BR11-000001)')
  })

  test('writes the file of a partner in three ways', async () => {
    const csv = async (...args: string[]) =>
      (await call('device', 'csv', 'surface-laptop-se', '--partner', ...args)).stdout
    const header = `${HEADER},Manufacturer name,Device model\r\n`
    expect(await csv('--by', 'tuple')).toBe(`${header}SIM-SLSE-000001,,,Microsoft Corporation,Surface Laptop SE\r\n`)
    expect(await csv('--by', 'pkid')).toBe(`${header},3300000000001,,,\r\n`)
    expect(await csv()).toMatch(/SIM-SLSE-000001,,T0[A-Za-z0-9+/]{3998},,\r\n$/)
    expect(await csv('--by', 'hash')).toBe(await csv())
  })

  test('captures it as on SE: an archive of logs, whose CSV is what is printed without a file', async () => {
    for (const way of ['diagnostics', 'settings']) {
      const out = join(folder, `${way}.zip`)
      const printed = await call('device', 'csv', 'surface-laptop-se', '--via', way)
      expect([printed.code, printed.stdout.split('\r\n')[0]]).toEqual([0, HEADER])
      expect(printed.stderr).toMatch(/^note: captured by /)
      expect(await call('device', 'csv', 'surface-laptop-se', '--via', way, '--out', out)).toMatchObject({
        code: 0,
        stdout: '',
      })
      const { stdout } = await call('device', 'decode', out)
      expect(stdout).toContain('DeviceHash_DESKTOP-E000001.csv, line 2 (SIM-SLSE-000001)')
    }
  })

  test.each(['powershell', 'configuration-manager'])('refuses --via %s on SE', async (way) => {
    expectRefused(
      await call('device', 'csv', 'surface-laptop-se', '--via', way),
      `ERR_CAPTURE_BARRED: ${way}: Windows 11 SE supports neither PowerShell nor Configuration Manager for capturing hashes (2.4 [D])`,
      '  it allows: diagnostics, settings',
    )
  })

  test.each<[string[], string]>([
    [[], 'ERR_BAD_ARGUMENTS: which device?'],
    [['toaster'], 'ERR_NOT_FOUND: there is no device "toaster"'],
    [
      ['surface-laptop-se', 'surface-laptop-se'],
      'ERR_CSV_REPEATED: devices 1 and 2 have the same serial number SIM-SLSE-000001',
    ],
    [['surface-laptop-se', '--group-tag', 'a,b'], 'ERR_CSV_FIELD: --group-tag: "a,b" holds ","'],
    [['surface-laptop-se', '--group-tag', '\u0416'], 'ERR_CSV_FIELD: --group-tag: "\u0416" is not in ANSI'],
    [['surface-laptop-se', '--assigned-user', 'alice'], 'ERR_CSV_USER: "alice" is no user'],
    [
      ['surface-laptop-se', '--partner', '--group-tag', 'x'],
      'ERR_BAD_ARGUMENTS: --group-tag does not go with --partner',
    ],
    [['surface-laptop-se', '--by', 'tuple'], 'ERR_BAD_ARGUMENTS: --by goes with --partner'],
    [['surface-laptop-se', '--partner', '--by', 'tupel'], 'ERR_BAD_ARGUMENTS: there is no way "tupel"'],
    [['surface-laptop-se', '--via', 'constructor'], 'ERR_BAD_ARGUMENTS: there is no way to capture "constructor"'],
    [['surface-laptop-se', '--via', 'settings', '--partner'], 'ERR_BAD_ARGUMENTS: --partner does not go with --via'],
    [
      ['surface-laptop-se', 'asus-br1100fka', '--via', 'settings'],
      'ERR_BAD_ARGUMENTS: one device at a time with --via',
    ],
    [['surface-laptop-se', '--out='], 'ERR_BAD_ARGUMENTS: --out needs the name of a file'],
  ])('refuses %j', async (args, message) => {
    const ended = await call('device', 'csv', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`error ${message}`) })
  })

  test('refuses a device whose serial number a CSV cannot hold', async () => {
    const yaml = readFileSync(new URL('../../devices/surface-laptop-se.yaml', import.meta.url), 'utf8')
    const path = file('comma.yaml', yaml.replace('serialNumber: SIM-SLSE-000001', "serialNumber: 'SIM,1'"))
    const message = '"SIM,1" holds ",", which ends or breaks a field'
    for (const more of [[], ['--partner', '--by', 'tuple']]) {
      expectRefused(await call('device', 'csv', path, ...more), `ERR_CSV_FIELD: ${message}`)
    }
    expectRefused(await call('device', 'csv', path, '--via', 'settings'), `ERR_CSV_FIELD: settings: ${message}`)
  })

  test('ends with 3 when the file cannot be written', async () => {
    const out = join(file('flat', ''), 'a.csv')
    const ended = await call('device', 'csv', 'surface-laptop-se', '--out', out)
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('ERR_OUTPUT_NOT_WRITABLE') })
  })
})
