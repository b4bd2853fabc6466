import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { call, expectRefused, file, GOOD } from './call.ts'

const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const bigEndian = (text: string) => utf16(text).swap16()

const UTF8 = '  Save it as UTF-8, and try again'
const LATIN1 = '  The file may be Latin-1 or Windows-1252. Save it as UTF-8, and try again'
const DAMAGED = '  The file may be damaged, or no text at all. Save it as UTF-8, and try again'

const shipped = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const KINDS: [string, string, (path: string) => string[]][] = [
  ['a scenario', GOOD, (path) => ['run', path]],
  ['a device', shipped('devices/surface-laptop-se.yaml'), (path) => ['device', 'show', path]],
  ['a tenant', shipped('scenarios/tenants/contoso-school.yaml'), (path) => ['tenant', 'show', path]],
  ['a target profile', 'title: x\n', (path) => ['doctor', '--service', path]],
]

describe.each(KINDS)('%s', (_, text, command) => {
  test.each<[string, Uint8Array, string, string]>([
    ['UTF-16 with a mark', utf16(`\ufeff${text}`), '1:1: the file is UTF-16 (little-endian), from byte 0 on', UTF8],
    ['UTF-16 without one', utf16(text), '1:1: the file is UTF-16 (little-endian), from byte 0 on', UTF8],
    [
      'big-endian UTF-16 with a mark',
      bigEndian(`\ufeff${text}`),
      '1:1: the file is UTF-16 (big-endian), from byte 0 on',
      UTF8,
    ],
    ['big-endian UTF-16 without one', bigEndian(text), '1:1: the file is UTF-16 (big-endian), from byte 0 on', UTF8],
    ['Latin-1', Buffer.from(`# x\n# Schüler\n${text}`, 'latin1'), '2:6: byte 9 is 0xfc, which is not UTF-8', LATIN1],
    [
      'a cut character',
      Buffer.concat([Buffer.from(`# ü\n${text}# `), Buffer.from([0xe2, 0x82])]),
      `${text.split('\n').length + 1}:3: byte ${5 + Buffer.byteLength(text) + 2} is 0xe2, which is not UTF-8`,
      LATIN1,
    ],
    ['a NUL', Buffer.from(`# a\u0000b\n${text}`), '1:4: byte 3 is NUL, which no text has', DAMAGED],
  ])('in %s is refused, with the place and what to do', async (_name, bytes, message, hint) => {
    const path = file('bad.yaml', bytes)
    expectRefused(await call(...command(path)), `ERR_FILE_ENCODING: ${path}:${message}`, hint)
  })
})

describe('a file in UTF-8', () => {
  test('may begin with a byte order mark', async () => {
    expect(await call('run', file('good.yaml', `\ufeff${GOOD}`), '--transport', 'direct')).toMatchObject({
      code: 0,
      stderr: '',
    })
    const { stderr } = await call('run', file('bad.yaml', `\ufefftitel: x\n${GOOD}`))
    expect(stderr).toContain('bad.yaml:1:1: titel: unknown key "titel". Did you mean "title"?\n')
  })

  test('may hold the sign that decoders write for what they cannot read', async () => {
    const ended = await call(
      'run',
      file('good.yaml', GOOD.replace('A good file', 'A \ufffd file')),
      '--transport',
      'direct',
    )
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const path = file('bad.yaml', Buffer.concat([Buffer.from('# \ufffd '), Buffer.from([0xff])]))
    expect((await call('run', path)).stderr).toContain(`${path}:1:5: byte 6 is 0xff`)
  })
})

describe('a CSV file', () => {
  const csv = 'Device Serial Number,Windows Product ID,Hardware Hash\r\nSIM-1,,T0EB\r\n'

  test('in UTF-16 is read with a warning: Windows PowerShell 5.1 writes such files, and no report says they are refused', async () => {
    const path = file('a.csv', utf16(`\ufeff${csv}`))
    const { code, stdout, stderr } = await call('tenant', 'import', path)
    expect([code, stderr]).toEqual([
      1,
      `note: ${path}:1:1: the file is UTF-16 (little-endian), not ANSI. Save it as ANSI, in Notepad for example; Excel and PowerShell 5.1 write other encodings\n`,
    ])
    expect(stdout).toMatch(/^line 2 {2}SIM-1 {2}error {2}InvalidZtdHardwareHash \(802\)\n/)
  })

  test('with a NUL has a row that is refused, with the place', async () => {
    const path = file('bad.csv', Buffer.from(csv.replace('SIM-1', 'S\u0000M-1')))
    const { code, stdout } = await call('tenant', 'import', path)
    expect(code).toBe(1)
    expect(stdout).toContain('line 2, column 2: there is a control character, 0x00 (ERR_CSV_CHARACTER)')
  })

  test('that never ends is read as far as it may be long', async () => {
    const ended = await call('tenant', 'import', '/dev/zero')
    expectRefused(ended, 'ERR_CSV_TOO_LARGE: /dev/zero:1:1: the file has more than 4194304 bytes')
  })
})
