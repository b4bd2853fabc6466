import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { call, expectRefused, file, folder, STACK } from './call.ts'
import { PROGRAM } from './program.ts'

describe('oobe device csv --out', () => {
  test('replaces a file only with the option for it, and leaves nothing else behind', async () => {
    const out = file('a.csv', 'mine')
    const args = ['device', 'csv', 'surface-laptop-se', '--out', out]
    expectRefused(await call(...args), `ERR_FILE_EXISTS: ${out} exists already`, '  --force replaces it')
    expectRefused(
      await call(...args, '--via', 'settings'),
      `ERR_FILE_EXISTS: ${out} exists already`,
      '  --force replaces it',
    )
    expect(readFileSync(out, 'utf8')).toBe('mine')
    expect(await call(...args, '--force')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(out, 'utf8')).toMatch(/^Device Serial Number,/)
    expect(readdirSync(folder)).toEqual(['a.csv'])
  })

  test('never puts a file in the place of a device of the system', async () => {
    const args = ['device', 'csv', 'surface-laptop-se', '--out', '/dev/null', '--force']
    expectRefused(await call(...args), 'ERR_FILE_EXISTS: /dev/null exists already, and is no plain file')
  })

  test('is what --force goes with', async () => {
    const ended = await call('device', 'csv', 'surface-laptop-se', '--force')
    expectRefused(ended, 'ERR_BAD_ARGUMENTS: --force goes with --out')
  })
})

describe('oobe device csv --json', () => {
  const told = async (...args: string[]) =>
    JSON.parse((await call('device', 'csv', 'surface-laptop-se', '--json', ...args)).stdout)
  const row = { serialNumber: 'SIM-SLSE-000001', hardwareHash: expect.stringMatching(/^[\w+/]{1000,}=*$/) }

  test('has the rows, and the file that was written', async () => {
    expect(await told('--group-tag', 'Lab')).toEqual({ file: null, rows: [{ ...row, groupTag: 'Lab' }] })
    const out = join(folder, 'logs.zip')
    expect(await told('--via', 'diagnostics', '--out', out)).toEqual({ file: out, rows: [row] })
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK')
  })

  test('has the columns of Partner Center', async () => {
    const { smbios } = loadDeviceFile('surface-laptop-se')
    const { manufacturer, productName: model, serialNumber } = smbios
    expect((await told('--partner', '--by', 'tuple')).rows).toEqual([{ serialNumber, manufacturer, model }])
  })
})

describe('oobe device csv compares rows, not names', () => {
  const yaml = readFileSync(new URL('../../devices/surface-laptop-se.yaml', import.meta.url), 'utf8')

  test.each<[string, string[], string]>([
    ['a copy', [], 'serial number SIM-SLSE-000001'],
    ['a copy for a partner', ['--partner', '--by', 'tuple'], 'serial number SIM-SLSE-000001'],
    ['a copy by its product key', ['--partner', '--by', 'pkid'], 'product key id 3300000000001'],
  ])('%s', async (_, more, what) => {
    writeFileSync(join(folder, 'copy.yaml'), yaml)
    const ended = await call('device', 'csv', 'surface-laptop-se', join(folder, 'copy.yaml'), ...more)
    expectRefused(ended, `ERR_CSV_REPEATED: devices 1 and 2 have the same ${what}`)
  })

  test('only a file of Intune has a limit of rows', async () => {
    const names = Array.from({ length: 501 }, (_, index) => {
      const changed = yaml.replace('SIM-SLSE-000001', `SIM-${index}`)
      return file(`devices/d${index}.yaml`, changed)
    })
    const ended = await call('device', 'csv', ...names, '--partner', '--by', 'tuple')
    expect([ended.code, ended.stdout.split('\r\n').length]).toEqual([0, 503])
    expectRefused(await call('device', 'csv', ...names), 'ERR_CSV_ROWS: a file may have 500 devices')
  }, 60_000)
})

describe('oobe device csv with a placeholder for a serial number', () => {
  const placed = (id: string, like: string) =>
    call('device', 'new', `./${id}.yaml`, '--like', like, '--serial', 'Default string', '--seed', '7')

  test('writes a row for each device, and says that the number identifies none', async () => {
    await placed('dup-a', 'jpik-leap-t304')
    await placed('dup-b', 'jpik-leap-t304')
    const { code, stdout, stderr } = await call('device', 'csv', './dup-a.yaml', './dup-b.yaml')
    expect([code, stdout.split('\r\n').length]).toEqual([0, 4])
    const note = (line: number) =>
      `note: line ${line}: the serial number "Default string" is a placeholder, which other devices have too: a service knows the device by its hardware alone\n`
    expect(stderr.replace(/note: deriving .*\n/g, '')).toBe(note(2) + note(3))
    const tuple = await call('device', 'csv', './dup-a.yaml', '--partner', '--by', 'tuple')
    expect(tuple.stderr).toContain('without a hardware hash a service answers ZtdDeviceNotFound')
  })

  test('refuses the same device twice all the same', async () => {
    await placed('dup-a', 'jpik-leap-t304')
    const ended = await call('device', 'csv', './dup-a.yaml', './dup-a.yaml')
    expectRefused(ended, 'ERR_CSV_REPEATED: devices 1 and 2 have the same hardware hash')
  })
})

describe('oobe device csv with a cell that a spreadsheet would run', () => {
  const yaml = readFileSync(new URL('../../devices/surface-laptop-se.yaml', import.meta.url), 'utf8')
  const deviceWith = (serial: string) => file('formula.yaml', yaml.replace('SIM-SLSE-000001', `'${serial}'`))
  const noteOf = (line: number, value: string, column: string) =>
    `note: line ${line}: "${value}" (${column}) begins as a formula does. It is written as it is; a spreadsheet that opens the file may run it\n`

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|calc!A1'])('%s is kept, and its line is named', async (serial) => {
    const { code, stdout, stderr } = await call('device', 'csv', 'dell-latitude-3120', deviceWith(serial))
    expect({ code, stderr }).toEqual({ code: 0, stderr: noteOf(3, serial, 'Device Serial Number') })
    expect(stdout.split('\r\n')[2]!.split(',')[0]).toBe(serial)
  })

  test('may be a group tag, or be in a file for partners or in a captured one', async () => {
    const tagged = await call('device', 'csv', 'surface-laptop-se', '--group-tag==1')
    expect(tagged).toMatchObject({ code: 0, stderr: noteOf(2, '=1', 'Group Tag') })
    const partner = await call('device', 'csv', deviceWith('@1'), '--partner', '--by', 'tuple')
    expect(partner).toMatchObject({ code: 0, stderr: noteOf(2, '@1', 'Device Serial Number') })
    const captured = await call('device', 'csv', deviceWith('=1'), '--via', 'settings')
    expect(captured.stderr).toContain(noteOf(2, '=1', 'Device Serial Number'))
  })

  test('is none where such a sign is further inside', async () => {
    expect((await call('device', 'csv', deviceWith('A=1+1@x'))).stderr).toBe('')
  })
})

test.each([['list'], ['hash', 'surface-laptop-se'], ['csv', 'surface-laptop-se']])(
  'a full disk behind standard output is said so: %s',
  (...args) => {
    const full = openSync('/dev/full', 'w')
    try {
      const ended = spawnSync(process.execPath, [PROGRAM, 'device', ...args], { stdio: ['ignore', full, 'pipe'] })
      expect(ended.status).toBe(3)
      expect(String(ended.stderr)).toMatch(
        /^(note: .*\n)*error ERR_OUTPUT_NOT_WRITABLE: standard output cannot be written: ENOSPC/,
      )
      expect(String(ended.stderr)).not.toMatch(STACK)
    } finally {
      closeSync(full)
    }
  },
)
