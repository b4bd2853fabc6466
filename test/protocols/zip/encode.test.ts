import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeZip } from '../../../src/protocols/zip/encode.ts'
import { temporaryFolder } from '../../cli/files.ts'

const FILES = [
  { name: 'hello.txt', bytes: Buffer.from('hello') },
  { name: 'folder/empty', bytes: new Uint8Array() },
  { name: 'all bytes.bin', bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
]

test('an archive has the bytes that the format states', () => {
  const hex = Buffer.from(encodeZip([{ name: 'a', bytes: Buffer.from('hello') }])).toString('hex')
  const facts = '14000000000000002100 86a61036 05000000 05000000 0100 0000'
  const local = `504b0304${facts}61${Buffer.from('hello').toString('hex')}`
  const central = `504b01021400${facts}${'00'.repeat(14)}61`
  expect(hex).toBe(`${local}${central}504b0506000000000100010 02f0000002400000000 00`.replaceAll(' ', ''))
})

const hasPython = spawnSync('python3', ['--version']).status === 0
const hasUnzip = spawnSync('unzip', ['-v']).status === 0

test.skipIf(!hasPython)('Python reads it', () => {
  const path = join(temporaryFolder(), 'a.zip')
  writeFileSync(path, encodeZip(FILES))
  const code = [
    'import json, sys, zipfile',
    'z = zipfile.ZipFile(sys.argv[1])',
    'assert z.testzip() is None',
    'print(json.dumps([[i.filename, z.read(i).hex(), list(i.date_time)] for i in z.infolist()]))',
  ].join('\n')
  const read = JSON.parse(execFileSync('python3', ['-c', code, path], { encoding: 'utf8' }))
  const date = [1980, 1, 1, 0, 0, 0]
  expect(read).toEqual(FILES.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex'), date]))
})

test.skipIf(!hasUnzip)('unzip takes it apart', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.zip'), encodeZip(FILES))
  execFileSync('unzip', ['-q', 'a.zip'], { cwd: folder })
  for (const { name, bytes } of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.from(bytes))
})

test.each(['', '../a', 'a/../b', '/a', 'a\\b', 'C:a', '\u00fc', 'a\n', '.', 'a'.repeat(256)])(
  'no file is called %j',
  (name) => {
    expect(() => encodeZip([{ name, bytes: new Uint8Array() }])).toThrow('is no name for a file in an archive')
  },
)

test('no two files have one name', () => {
  expect(() => encodeZip([FILES[0]!, FILES[0]!])).toThrow('"hello.txt" is in the archive already')
})
