import { describe, expect, test } from 'vitest'
import { encodeZip } from '../../src/protocols/zip/encode.ts'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { BOARD, CSV, HASH, hashOf, OTHER_UUID, piped, TITLE, TOTAL } from './hash-scene.ts'

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
    expect(stdout).toContain(
      `525 bytes, of which 330 are whole records; its length announces ${TOTAL}, checksum missing`,
    )
    expect(stdout).toContain('     1  OsBuild')
    expect(stdout).toContain(
      `error    ERR_HASH_TRUNCATED: byte 525: the input ends, but its length says ${TOTAL + 36} bytes\n`,
    )
    const xml = await call('device', 'decode', HASH.slice(0, 700), '--xml')
    expect([xml.code, xml.stderr]).toEqual([1, expect.stringContaining('note: error    ERR_HASH_TRUNCATED')])
  })

  test('says of a cut hash what is there, and no number that cannot be', async () => {
    const csv = `Device Serial Number,Windows Product ID,Hardware Hash\r\nA,,${HASH.slice(0, 255)}\r\n`
    const { stdout } = await call('device', 'decode', file('a.csv', csv))
    const [, size, readable, total] = /: (\d+) bytes, of which (\d+) are whole records; its length announces (\d+),/
      .exec(stdout)!
      .map(Number)
    expect([size, total]).toEqual([192, TOTAL])
    expect(readable).toBeLessThanOrEqual(192)
    const path = file('b.csv', csv)
    const json = JSON.parse((await call('device', 'decode', path, '--json')).stdout)
    expect(json.readable).toBe(readable)
    expect(json.records.at(-1).offset + json.records.at(-1).length).toBe(readable)
    expect((await call('device', 'lint', path)).stdout).not.toContain(`${TOTAL} of them`)
  })

  test('continues after a row that cannot be read, and ends with 2', async () => {
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
