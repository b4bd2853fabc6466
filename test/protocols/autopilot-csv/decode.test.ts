import { describe, expect, test } from 'vitest'
import { decodeAutopilotCsv } from '../../../src/protocols/autopilot-csv/decode.ts'
import { encodeAutopilotCsv } from '../../../src/protocols/autopilot-csv/encode.ts'
import type { CsvShape } from '../../../src/protocols/autopilot-csv/shapes.ts'
import type { CsvError } from '../../../src/protocols/autopilot-csv/trouble.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../../src/protocols/hardware-hash/encode.ts'
import { lcg } from '../fuzz.ts'
import { soundReport } from '../hardware-hash/sound-report.ts'

const hashOf = (serialNumber: string) => hardwareHashToBase64(encodeHardwareHash({ ...soundReport(), serialNumber }))
const PKID = soundReport().productKeyId!
const [HASH_1, HASH_2] = [hashOf('SIM-1'), hashOf('SIM-2')]
const HEADER = 'Device Serial Number,Windows Product ID,Hardware Hash'
const FULL_HEADER = `${HEADER},Group Tag,Assigned User`
const PARTNER_HEADER = `${HEADER},Manufacturer name,Device model`

const read = (text: string | Uint8Array, shape: CsvShape = 'intune') =>
  decodeAutopilotCsv(typeof text === 'string' ? Buffer.from(text, 'latin1') : text, { shape })

/** All that is wrong, of the file and of its rows. */
const allErrors = ({ errors: ofFile, rows }: ReturnType<typeof read>) => [
  ...ofFile,
  ...rows.flatMap((row) => row.errors),
]
const good = ({ rows }: ReturnType<typeof read>) => rows.filter((row) => row.errors.length === 0)

/** `line:column code`. */
const placeOf = ({ line, column, code }: CsvError) => `${line}:${column} ${code}`
const errors = (text: string | Uint8Array, shape?: CsvShape) => allErrors(read(text, shape)).map(placeOf)
const warnings = (text: string | Uint8Array, shape?: CsvShape) => {
  const decoded = read(text, shape)
  return [...decoded.warnings, ...decoded.rows.flatMap((row) => row.warnings)].map(placeOf)
}

const empty = {
  productKeyId: '',
  groupTag: '',
  assignedUser: '',
  manufacturer: '',
  model: '',
  errors: [],
  warnings: [],
}

describe('a file without a mistake', () => {
  test('has a row for each device', () => {
    expect(read(`${HEADER}\r\nSIM-1,,${HASH_1}\r\nSIM-2,${PKID},${HASH_2}\r\n`)).toEqual({
      rows: [
        { ...empty, line: 2, serialNumber: 'SIM-1', hardwareHash: HASH_1 },
        { ...empty, line: 3, serialNumber: 'SIM-2', hardwareHash: HASH_2, productKeyId: PKID },
      ],
      errors: [],
      warnings: [],
    })
  })

  test.each(['\n', '\r', '\r\n', '\r\n\r\n'])('may end its lines with %j, the last one with nothing', (end) => {
    const { rows, errors: found } = read([HEADER, `SIM-1,,${HASH_1}`, `SIM-2,,${HASH_2}`].join(end))
    expect([rows.length, found]).toEqual([2, []])
  })

  test('may have a group tag, and a user in ANSI', () => {
    const text = `${FULL_HEADER}\nSIM-1,,${HASH_1},Sch\u00fcler \x80,j\u00f6rg@school.example\n`
    expect(read(text).rows[0]).toMatchObject({ groupTag: 'Sch\u00fcler €', assignedUser: 'j\u00f6rg@school.example' })
    expect(read(`${HEADER},Group Tag\nSIM-1,,${HASH_1},Lab\n`).rows[0]).toMatchObject({ groupTag: 'Lab' })
  })

  test('is what the encoder writes', () => {
    const rows = [
      { serialNumber: 'SIM-1', hardwareHash: HASH_1, groupTag: 'M\u00fcnchen' },
      { serialNumber: 'SIM-2', hardwareHash: HASH_2, assignedUser: 'a@b.example' },
    ]
    const read1 = read(encodeAutopilotCsv(rows))
    expect(read1.errors).toEqual([])
    expect(read1.rows).toEqual(rows.map((row, index) => ({ ...empty, ...row, line: index + 2 })))
  })

  test('may name a device in three ways when a partner writes it', () => {
    const lines = [`,,${HASH_1},,`, ',3300000000001,,,', 'SIM-3,,,Contoso,SimBook SE', `SIM-2,${PKID},${HASH_2},,`]
    const { rows, errors: found } = read([PARTNER_HEADER, ...lines].join('\r\n'), 'partner')
    expect(found).toEqual([])
    expect(rows).toEqual([
      { ...empty, line: 2, serialNumber: '', hardwareHash: HASH_1 },
      { ...empty, line: 3, serialNumber: '', hardwareHash: '', productKeyId: '3300000000001' },
      { ...empty, line: 4, serialNumber: 'SIM-3', hardwareHash: '', manufacturer: 'Contoso', model: 'SimBook SE' },
      { ...empty, line: 5, serialNumber: 'SIM-2', hardwareHash: HASH_2, productKeyId: PKID },
    ])
  })

  test('may have 500 rows, and not one more', () => {
    const line = (_: unknown, index: number) => `SIM-${index},,${hashOf(`SIM-${index}`)}`
    const lines = [HEADER, ...Array.from({ length: 502 }, line)]
    expect(read(lines.slice(0, 501).join('\n'))).toMatchObject({ rows: { length: 500 }, errors: [] })
    const { rows, errors: found } = read(lines.join('\n'))
    expect([rows.length, found.map(({ line: at, code, text }) => [at, code, text])]).toEqual([
      500,
      [[502, 'ERR_CSV_ROWS', 'a file may have 500 devices, and this is one more']],
    ])
  })
})

const row = (change: { serial?: string; pkid?: string; hash?: string } = {}) =>
  [change.serial ?? 'SIM-1', change.pkid ?? '', change.hash ?? HASH_1].join(',')

test.each<[string, string, string[]]>([
  ['nothing', '', ['1:1 ERR_CSV_EMPTY']],
  ['blank lines', '\r\n\r\n', ['1:1 ERR_CSV_EMPTY']],
  ['a header alone', HEADER, ['1:1 ERR_CSV_EMPTY']],
  [
    'a header in another case',
    `${HEADER.toLowerCase()}\n${row()}`,
    ['1:1', '1:22', '1:41'].map((at) => `${at} ERR_CSV_HEADER`),
  ],
  ['a header with a blank', `${HEADER} \n${row()}`, ['1:41 ERR_CSV_HEADER']],
  ['no header', `${row()}\n`, ['1:1 ERR_CSV_HEADER', '1:7 ERR_CSV_HEADER', '1:8 ERR_CSV_HEADER']],
  ['a short header', 'Device Serial Number,Windows Product ID\nSIM-1,', ['1:40 ERR_CSV_HEADER']],
  [
    'columns in another order',
    `Hardware Hash,Windows Product ID,Device Serial Number\n`,
    ['1:1 ERR_CSV_HEADER', '1:34 ERR_CSV_HEADER'],
  ],
  ['semicolons', `${HEADER.replaceAll(',', ';')}\nSIM-1;;${HASH_1}`, ['1:21 ERR_CSV_HEADER']],
  ['one more column', `${FULL_HEADER},Model\n${row()},,,SimBook`, ['1:79 ERR_CSV_COLUMN']],
  ['the columns of a partner', `${PARTNER_HEADER}\n${row()},,`, ['1:55 ERR_CSV_HEADER', '1:73 ERR_CSV_HEADER']],
  [
    'quotation marks',
    `"${HEADER.replaceAll(',', '","')}"\n"SIM-1","","${HASH_1}"\n`,
    ['1:1 ERR_CSV_QUOTE', '2:1 ERR_CSV_QUOTE'],
  ],
  ['a quotation mark in a value', `${HEADER}\n${row({ serial: 'SIM"1' })}`, ['2:4 ERR_CSV_QUOTE']],
  ['a control character', `${HEADER}\n${row({ serial: 'SIM\u001b[2J' })}`, ['2:4 ERR_CSV_CHARACTER']],
  ['a row with too many columns', `${HEADER}\n${row()},Lab`, ['2:4008 ERR_CSV_COLUMN']],
  ['a row with too few', `${HEADER}\nSIM-1,`, ['2:7 ERR_CSV_COLUMN']],
  ['no serial number', `${HEADER}\n${row({ serial: ' ' })}`, ['2:1 ERR_CSV_SERIAL_MISSING']],
  ['no hash', `${HEADER}\n${row({ hash: '' })}`, ['2:8 ERR_CSV_HASH_MISSING']],
  ['a hash without padding', `${HEADER}\n${row({ hash: HASH_1.slice(0, -1) })}`, ['2:4007 ERR_CSV_HASH_PADDING']],
  ['a hash that is not base64', `${HEADER}\n${row({ hash: `T0F-${HASH_1.slice(4)}` })}`, ['2:11 ERR_HASH_BASE64']],
  ['a hash with a blank', `${HEADER}\n${row({ hash: ` ${HASH_1}` })}`, ['2:8 ERR_HASH_BASE64']],
  ['a placeholder', `${HEADER}\n${row({ hash: 'aGFyZHdhcmVJZGVudGlmaWVy' })}`, ['2:8 ERR_HASH_MAGIC']],
  ['a hash that was cut', `${HEADER}\n${row({ hash: HASH_1.slice(0, 400) })}`, ['2:8 ERR_HASH_TRUNCATED']],
  ['a changed hash', `${HEADER}\n${row({ hash: HASH_1.replace('AAoA', 'AAsA') })}`, ['2:8 ERR_HASH_CHECKSUM']],
  ['a user without a domain', `${FULL_HEADER}\n${row()},,alice`, ['2:4010 ERR_CSV_USER']],
  [
    'two mistakes in a row',
    `${HEADER}\n${row({ serial: '', hash: 'T0F' })}`,
    ['2:1 ERR_CSV_SERIAL_MISSING', '2:6 ERR_CSV_HASH_PADDING'],
  ],
  [
    'mistakes in several rows',
    `${HEADER}\n${row({ serial: '' })}\n${row({ serial: 'SIM-2', hash: HASH_2 })}\n${row({ serial: 'SIM-3', hash: '' })}`,
    ['2:1 ERR_CSV_SERIAL_MISSING', '4:8 ERR_CSV_HASH_MISSING'],
  ],
  ['the same device twice', `${HEADER}\n${row()}\n${row({ serial: 'SIM-2', hash: HASH_2 })}\n${row()}`, []],
  [
    'two files in one',
    `${HEADER}\n${row()}\n${HEADER}\n${row({ serial: 'SIM-2', hash: HASH_2 })}`,
    ['3:1 ERR_CSV_SECOND_HEADER'],
  ],
  [
    'two files of PowerShell in one',
    `${HEADER}\n${row()}\n\ufeff"${HEADER.toLowerCase().replaceAll(',', '","')}"\n`,
    ['3:1 ERR_CSV_SECOND_HEADER'],
  ],
])('is refused at its place: %s', (_, text, expected) => {
  expect(errors(text)).toEqual(expected)
})

test('a mistake does not take the other rows with it', () => {
  const text = `${HEADER}\n${row({ hash: 'T0F' })}\n${HEADER}\n${row({ serial: 'SIM-2', hash: HASH_2 })}\nA,B\n${row()}`
  expect(good(read(text)).map(({ line, serialNumber }) => [line, serialNumber])).toEqual([
    [4, 'SIM-2'],
    [6, 'SIM-1'],
  ])
  expect(read(text).rows.map(({ line, errors: [first] }) => [line, first?.refusedBy])).toEqual([
    [2, 'request'],
    [3, 'portal'],
    [4, undefined],
    [5, 'portal'],
    [6, undefined],
  ])
})

test('messages say what is right, what the service answers, and where the other line is', () => {
  const decoded = read(`device serial number,Windows Product ID,Hardware Hash\n${row()}\n${row({ hash: 'T0' })}`)
  expect(allErrors(decoded)).toEqual([
    {
      line: 1,
      column: 1,
      code: 'ERR_CSV_HEADER',
      text: 'column 1 is "device serial number", not "Device Serial Number"',
      hint: 'Names are case-sensitive',
    },
    {
      line: 3,
      column: 10,
      code: 'ERR_CSV_HASH_PADDING',
      text: 'the hash has 2 characters, which is no multiple of four: its padding is missing',
      hint: 'The import answers HTTP 400: cannot convert the literal to Edm.Binary',
      refusedBy: 'request',
    },
  ])
  expect(decoded.rows[1]!.warnings).toEqual([
    {
      line: 3,
      column: 1,
      code: 'CSV_DUPLICATE_SERIAL',
      text: 'the serial number is in line 2 too, with another hardware hash',
      otherLine: 2,
    },
  ])
})

describe('a partner', () => {
  test.each<[string, string, string[]]>([
    ['half a tuple', 'SIM-1,,,Contoso,', ['2:1 ERR_CSV_ROW_INCOMPLETE']],
    ['nothing', ',,,,', ['2:1 ERR_CSV_ROW_INCOMPLETE']],
    ['a bad product id', ',x,,,', ['2:2 ERR_CSV_PRODUCT_ID']],
    ['a bad hash', ',,T0FHAA==,,', ['2:3 ERR_HASH_TRUNCATED']],
  ])('may not give %s', (_, line, expected) => {
    expect(errors(`${PARTNER_HEADER}\n${line}`, 'partner')).toEqual(expected)
  })

  test('must have his own columns', () => {
    expect(errors(`${HEADER}\n${row()}`, 'partner')).toEqual(['1:54 ERR_CSV_HEADER'])
  })
})

test.each<[string, string, string[]]>([
  ['a bad product id', `${HEADER}\n${row({ pkid: '33-1' })}`, ['2:7 CSV_PRODUCT_ID', '2:7 CSV_OTHER_THAN_HASH']],
  [
    'another product id than that of the hash',
    `${HEADER}\n${row({ pkid: '3300000000009' })}`,
    ['2:7 CSV_OTHER_THAN_HASH'],
  ],
  ['another serial number', `${HEADER}\n${row({ serial: 'SIM-9' })}`, ['2:1 CSV_OTHER_THAN_HASH']],
  ['a tag with a blank', `${HEADER},Group Tag\n${row()},Lab `, ['2:4009 CSV_TAG_BLANK']],
  [
    'two devices with the same placeholder',
    `${HEADER}\n${row({ serial: 'Default string', hash: hashOf('Default string') })}\n${row({ serial: 'Default string', hash: HASH_1 })}`,
    ['2:1 CSV_PLACEHOLDER', '3:1 CSV_OTHER_THAN_HASH', '3:1 CSV_PLACEHOLDER'],
  ],
  ['the mark that copy writes', `${HEADER}\n${row()}\r\n\u001a`, ['3:1 CSV_END_MARK']],
])('is taken with a warning: %s', (_, text, expected) => {
  expect([errors(text), warnings(text)]).toEqual([[], expected])
})

test('a partner may send the file of a portal: its tags are not used', () => {
  const text = `${FULL_HEADER}\n${row()},Lab,\n`
  expect([errors(text, 'partner'), warnings(text, 'partner')]).toEqual([[], ['1:1 CSV_TAG_COLUMN']])
  expect(read(text, 'partner').rows[0]).toMatchObject({ groupTag: 'Lab', hardwareHash: HASH_1 })
})

describe('what is not ANSI is named, and read all the same', () => {
  const text = `${HEADER}\r\n${row()}\r\n`
  const bigEndian = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  const ENCODING = '1:1 CSV_ENCODING'
  test.each<[string, Uint8Array, string]>([
    ['UTF-16 (little-endian)', Buffer.from(`\ufeff${text}`, 'utf16le'), ENCODING],
    ['UTF-16 (little-endian) without a byte order mark', Buffer.from(text, 'utf16le'), ENCODING],
    ['UTF-16 (big-endian)', bigEndian, ENCODING],
    ['UTF-16 (big-endian) without a byte order mark', bigEndian.subarray(2), ENCODING],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), ENCODING],
  ])('%s', (name, bytes, place) => {
    const { rows, errors: found, warnings: told } = read(bytes)
    expect(found).toEqual([])
    expect(told.map(({ line, column, code, text: what }) => [`${line}:${column} ${code}`, what])).toEqual([
      [place, `the file is ${name}, not ANSI`],
    ])
    expect(rows.map(({ serialNumber }) => serialNumber)).toEqual(['SIM-1'])
  })

  test('UTF-8 without a mark, by its first character', () => {
    const bytes = Buffer.from(`${FULL_HEADER}\r\n${row()},M\u00fcnchen,`)
    expect([errors(bytes), warnings(bytes)]).toEqual([[], ['2:4010 CSV_ENCODING']])
    expect(read(bytes).warnings[0]!.text).toBe('byte 4088 begins a character of UTF-8, and the file must be ANSI')
  })

  test('a byte that no character has', () => {
    expect(warnings(`${FULL_HEADER}\r\n${row()},M\u0081nchen,`)).toContain('2:4010 CSV_ENCODING')
  })
})

describe('a large file', () => {
  const timed = (text: string, shape?: CsvShape) => {
    const bytes = Buffer.from(text, 'latin1')
    const startedAt = performance.now()
    const decoded = read(bytes, shape)
    // A second or two; what grows with the square of the size would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    return decoded
  }

  test('of five megabytes is refused unread', () => {
    const { rows, errors: found } = timed(`${HEADER}\n${'x'.repeat(5_000_000)}`)
    expect(rows).toEqual([])
    expect(found).toEqual([
      {
        line: 1,
        column: 1,
        code: 'ERR_CSV_TOO_LARGE',
        text: 'the file has more than 4194304 bytes',
      },
    ])
  })

  test.each(['\n', ',', '"', 'A', '\r', ' ', ';', '\u00e4', '\u0000', 'A,\n', ',,\n', '\ud83d'])(
    'of nothing but %j ends soon, for a portal and for a partner',
    (filler) => {
      timed(filler.repeat(Math.floor(4_194_304 / filler.length)))
      timed(`${HEADER}\n${filler.repeat(Math.floor(4_194_000 / filler.length))}`)
      timed(`${PARTNER_HEADER}\n${filler.repeat(Math.floor(4_194_000 / filler.length))}`, 'partner')
    },
  )
})

test('a partner may send thousands of rows, and no more than a thousand that are refused', () => {
  const lines = Array.from({ length: 3000 }, (_, index) => `SIM-${index},,,Contoso,SimBook SE`)
  expect(read([PARTNER_HEADER, ...lines].join('\n'), 'partner')).toMatchObject({ rows: { length: 3000 }, errors: [] })
  const { errors: found } = read([PARTNER_HEADER, ...lines.map(() => 'A')].join('\n'), 'partner')
  expect(found.map(({ line, code, text }) => [line, code, text])).toEqual([
    [1002, 'ERR_CSV_ROWS', 'more than 1000 rows are refused: the rest was not read'],
  ])
})

test('any bytes are rows and errors, and never an exception', () => {
  const below = lcg(5)
  const whole = Buffer.from(
    `${FULL_HEADER}\r\n${row()},Lab,a@b.example\r\n${row({ serial: 'SIM-2', hash: HASH_2 })},,\r\n`,
  )
  for (let round = 0; round < 1000; round++) {
    const bytes = Buffer.from(whole)
    for (let count = 1 + below(4); count > 0; count--) bytes[below(bytes.length)] = below(256)
    const decoded = read(bytes.subarray(0, below(2) === 0 ? below(bytes.length) : bytes.length))
    const found = allErrors(decoded)
    expect(decoded.rows.length === 2 || found.length > 0).toBe(true)
    for (const { line, column, code } of found) {
      expect([line > 0, column > 0, /^ERR_(CSV|HASH)_/.test(code)]).toEqual([true, true, true])
    }
  }
})
