import { expect, test } from 'vitest'
import { findHashes } from '../../src/cli/device/find-hashes.ts'
import { encodeHardwareHash } from '../../src/protocols/hardware-hash/encode.ts'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { call, file } from './call.ts'

const HASH = 'T0EAAAAAAAAA'
const placesOf = (text: string) => findHashes(Buffer.from(text)).map(({ place }) => place)

test('the place of a hash is short, whatever it is called', () => {
  const many = placesOf(JSON.stringify({ ['k'.repeat(900_000)]: Array(2000).fill(HASH) }))
  expect([many.length, many[0], many[1999]]).toEqual([2000, `${'k'.repeat(40)}….0`, `${'k'.repeat(40)}….1999`])
  const depth = 5000
  const [deep] = placesOf(`${'{"name":'.repeat(depth)}"${HASH}"${'}'.repeat(depth)}`)
  expect([deep!.length, deep!.slice(-10)]).toEqual([81, '.name.name'])
  const lines = placesOf(`${'d'.repeat(900_000)},${`${HASH},`.repeat(2000)}`)
  expect([lines.length, lines[0]]).toEqual([2000, `line 1 (${'d'.repeat(40)}…)`])
})

test('the order of hashes in JSON is that of the file', () => {
  const text = JSON.stringify({ a: [HASH, { b: HASH }, null, 1, 'no'], c: HASH, d: { e: [[HASH]] } })
  expect(placesOf(text)).toEqual(['a.0', 'a.1.b', 'c', 'd.e.0.0'])
})

test('of very many findings the first are told, and how many more there are', async () => {
  const adapters = Array.from({ length: 300 }, () => ({ medium: 9, mac: '00:00:00:00:00:00', enumerator: '' }))
  const report = { ...soundReport(), adapters, layout: { tail: new Uint8Array() } }
  const path = file('a.bin', encodeHardwareHash(report))
  const { code, stdout } = await call('device', 'lint', path)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^[^\n]*: 300 errors, 299 warnings, 1 note\n/)
  expect(stdout).toMatch(/\nand 500 more\n$/)
  const json = JSON.parse((await call('device', 'lint', path, '--json')).stdout)
  expect([json.findings.length, json.moreFindings]).toEqual([100, 500])
})

test('a name in a file forges no line', async () => {
  const path = file('a.json', JSON.stringify({ 'x\nthe hash: 0 errors\u202e': [HASH, HASH] }))
  for (const action of ['lint', 'decode']) {
    const { stdout, stderr } = await call('device', action, path)
    expect(stdout + stderr).not.toContain('\nthe hash')
    expect(stdout + stderr).not.toContain('\u202e')
    expect(stdout + stderr).toContain('x␊the hash: 0 errors�.0')
  }
})
