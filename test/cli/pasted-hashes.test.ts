import { expect, test } from 'vitest'
import { findHashes } from '../../src/cli/device/find-hashes.ts'
import { call, file } from './call.ts'
import { BOARD, HASH } from './hash-scene.ts'

const SHY = '\u00ad'
const ZERO_WIDTH = '\u200b'
const inputs = (text: string | Buffer) =>
  findHashes(typeof text === 'string' ? Buffer.from(text) : text).map(({ input }) => String(input).replace(/\s/g, ''))
const wrapped = (hash: string, width: number, indent = '') =>
  hash.replace(new RegExp(`(.{${width}})`, 'g'), `$1\r\n${indent}`)
const inLines = (hash: string, prefix: string, width = 72) =>
  hash
    .match(new RegExp(`.{1,${width}}`, 'g'))!
    .map((line) => prefix + line)
    .join('\n')
const SHORT = HASH.replace(/A+$/, '')
const URL_SAFE = HASH.replaceAll('+', '-').replaceAll('/', '_')

test.each<[string, string | Buffer]>([
  [
    'Format-List with a wrapped value',
    `\r\nSerial Number        : SIM-1\r\nHardware Hash        : ${wrapped(HASH, 90, ' '.repeat(23))}\r\nModel : X\r\n`,
  ],
  ['a name with a colon', `HardwareHash: ${HASH}`],
  ['a name with an equals sign', `DeviceHardwareData=${HASH}`],
  ['a quoted mail', `On Monday Dana wrote:\n> Hi, this is it:\n>\n${inLines(HASH, '> ')}\n>\n> Regards\n`],
  ['a mail that was quoted twice', `Hi,\n${inLines(HASH, '>> ')}\n>> Bye\n`],
  ['a mail with soft line breaks', `Hi,\n${inLines(HASH, '', 75).replaceAll('\n', '=\n')}\nBye\n`],
  ['a code fence of Markdown', `# Hash\n\n\`\`\`\n${wrapped(HASH, 80)}\n\`\`\`\n\nIt is new.\n`],
  ['code in a line of Markdown', `The hash is \`${HASH}\`, as exported.`],
  [
    'a table of Markdown',
    `| Serial | Hardware Hash | Tag |\n| --- | :-- | --- |\n| SIM-1 | ${HASH} | Lab |\n\nThanks, all, bye\n`,
  ],
  ['HTML', `<html><body><p>Serial: SIM-1</p><td class="a, b">${HASH}</td></body></html>`],
  ['HTML with breaks', `<p>Hash:<br>${inLines(HASH, '', 64).replaceAll('\n', '<wbr>')}<br/>Bye</p>`],
  ['an attribute of XML', `<p n="HardwareHash" v="${HASH}"/>`],
  ['CDATA', `Report\n<h><![CDATA[${HASH}]]></h>`],
  ['XML below a line of text', `Exported:\n<HardwareHash>\n${wrapped(HASH, 64)}</HardwareHash>\n`],
  ['an INI file', `[device]\r\nserial=SIM-1\r\nhash="${HASH}"\r\n`],
  ['YAML', `device:\n  serial: SIM-1\n  hardwareHash: >-\n${inLines(HASH, '    ')}\n  tag: Lab\n`],
  ['JSON with escaped slashes', `{"serial":"SIM-1","hash":"${HASH.replaceAll('/', '\\/')}"}`],
  ['JSON with escapes that is cut', `..."hash":"${HASH.replaceAll('/', '\\/').replaceAll('+', '\\u002B')}","x`],
  ['JSON with line ends in the value', JSON.stringify({ hash: wrapped(HASH, 76) })],
  ['JSON with a message that holds it', JSON.stringify({ message: `HardwareHash: ${HASH}, exported` })],
  ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ hash: HASH }) })],
  ['a report with other columns', `Name,Model,DeviceHardwareData,OS\nPC1,"X",${HASH},Windows\n`],
  ['a report with semicolons', `sep=;\nName;HardwareHash;OS\n"PC1";"${HASH}";"Windows"\n`],
  ['a report with tabs', `Name\tHardware Hash\tOS\nPC1\t${HASH}\tWindows\n`],
  ['a cell that is wrapped', `Name,Hardware Hash\nPC1,"${wrapped(HASH, 100)}"\n`],
  ['a column that is copied', `Hardware Hash\n${wrapped(HASH, 76)}\n\nRegards\n`],
  ['an address', `https://x.example/?hash=${encodeURIComponent(HASH)}&x=1`],
  ['base64 for addresses', `hash ${URL_SAFE}\n`],
  ['base64 for addresses alone', URL_SAFE],
  ['soft hyphens', inLines(HASH, '', 50).replaceAll('\n', SHY)],
  ['zero-width blanks and a mark in front', `\ufeffHash:\u00a0${inLines(HASH, '', 50).replaceAll('\n', ZERO_WIDTH)}`],
  ['blanks in the hash', HASH.replace(/(.{8})/g, '$1 ')],
  ['a blank line in the middle', `Hash\n\n${HASH.slice(0, 1000)}\n\n${HASH.slice(1000)}\n`],
  ['lines of a terminal', `PS> $d.DeviceHardwareData\r\n${wrapped(HASH, 120)}\r\nPS> `],
  ['UTF-16', Buffer.from(`\ufeffHardwareHash : ${wrapped(HASH, 80, '    ')}\r\n`, 'utf16le')],
])('a hash is found in %s', (_, text) => {
  expect(inputs(text)).toEqual([HASH])
})

test('a hash without its zeros ends where its own length says', () => {
  expect(inputs(`Hash: ${wrapped(SHORT, 64)}\nRegards\nInternationalisation-Team\n`)).toEqual([SHORT])
})

test('several are found, each with the line where it begins', () => {
  const text = `HardwareHash : ${wrapped(HASH, 80, '   ')}\n\nHardwareHash : ${wrapped(BOARD, 80, '   ')}\n`
  const found = findHashes(Buffer.from(text))
  expect(found.map(({ place }) => place)).toEqual(['line 1', 'line 53'])
  expect(found.map(({ input }) => input)).toEqual([HASH, BOARD])
  expect(inputs(`${wrapped(HASH, 64)}\n${wrapped(BOARD, 64)}\n`)).toEqual([HASH, BOARD])
  expect(inputs(`${HASH.slice(0, 400)}\n${BOARD}\n`)).toEqual([HASH.slice(0, 400), BOARD])
})

test('a hash is found in an argument that holds more than it', async () => {
  const { code, stdout } = await call('device', 'decode', `HardwareHash : ${wrapped(HASH, 90, '   ')}`)
  expect([code, stdout.slice(0, 20)]).toEqual([0, 'the text, line 1: 30'])
})

test('what is no base64 in the middle of a hash is named with its place, as ever', async () => {
  const path = file('a.txt', `HardwareHash : ${HASH.slice(0, 100)}!${HASH.slice(100)}\n`)
  const { code, stdout } = await call('device', 'decode', path)
  expect(code).toBe(1)
  expect(stdout).toContain('ERR_HASH_BASE64: character 100 is not base64')
})

test.each(['a letter, and more', 'The T0F is not here', 'T0E', 'Hardware Hash\n\nT0', '{"a":"T0"}'])(
  'nothing is found in %j, and it is said what was looked for',
  async (text) => {
    const { code, stderr } = await call('device', 'decode', file('a.txt', text))
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^error (ERR_HASH_NONE: .*begins with T0E, T0F, T0G or T0H|ERR_HASH_(BASE64|MAGIC|TRUNCATED))/,
    )
  },
)

test.each<[string, string]>([
  ['beginnings', 'T0EAAAEAHAAA '],
  ['beginnings in lines', 'T0Fzzzzzzzzzzzz\n'],
  ['line ends', '\n'],
  ['lines of base64', 'T0F/////////\nAAAAAAAAAAAAAAAAAAAA\n'],
  ['quotation marks', '> > > '],
  ['escapes', '\\u002f%2F&#x2f;'],
  ['open elements', '<a '],
  ['separators', ',;|\t'],
  ['headers', 'Hardware Hash,'],
  ['dashes', '-T0E'],
])('a text of %s takes no more than its length', (_, unit) => {
  const timeOf = (size: number) => {
    const text = Buffer.from(unit.repeat(Math.ceil(size / unit.length)))
    const before = performance.now()
    try {
      findHashes(text)
    } catch {}
    return performance.now() - before
  }
  timeOf(100_000)
  expect(timeOf(2_000_000)).toBeLessThan(4000)
})
