import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { BOARD, CSV, HASH, hashOf, piped } from './hash-scene.ts'

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
      '         other devices have the same value: it does not tell them apart (6 [V])',
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
    [['surface-laptop-se', '--out='], 'ERR_BAD_ARGUMENTS: --out is empty'],
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
