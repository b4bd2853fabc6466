import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

interface Proof {
  file: string
  title: string
  points: number[]
  witnesses: string[]
}

const root = resolve(import.meta.dirname, '../..')
const { flaws, provingTests, conformancePage } = (await import(join(root, 'scripts/docs/conformance.mjs'))) as {
  flaws(proofs: Proof[], left?: Map<number, string>): string[]
  provingTests(folder: string): Proof[]
  conformancePage(proofs: Proof[]): string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-conformance-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const proofs = provingTests(root)
const without = (number: number): Proof[] => proofs.filter(({ points }) => !points.includes(number))

test('every point is proven or left', () => {
  expect(flaws(proofs)).toEqual([])
})

test('titles are read in every quote, with one point or several, and witnesses', () => {
  mkdirSync(join(folder, 'test/deep'), { recursive: true })
  // Written out, they would count as titles of this file.
  const text = (line: string): string => line.replaceAll('<', '[point')
  const lines = [
    "test('a plain one', () => {})",
    "test('it\\'s one < 3]', () => {})",
    "test.each([1])('%s of several <s 4, 5: openssl, foreign server]', () => {})",
    'describe(`a template < 6: fixture]`, () => {})',
    "const text = 'no end < 7] of a title'",
  ]
  writeFileSync(join(folder, 'test/deep/one.test.ts'), text(lines.join('\n')))
  writeFileSync(join(folder, 'test/deep/helper.ts'), text("test('not a test file < 8]', () => {})"))
  const file = 'test/deep/one.test.ts'
  expect(provingTests(folder)).toEqual([
    { file, title: "it's one", points: [3], witnesses: [] },
    { file, title: '%s of several', points: [4, 5], witnesses: ['openssl', 'foreign server'] },
    { file, title: 'a template', points: [6], witnesses: ['fixture'] },
  ])
})

test('a point that no test proves any more fails the build', () => {
  expect(flaws(without(16))).toContainEqual(expect.stringMatching(/^no test proves point 16: The certificate request/))
})

test.each([
  [{ points: [65], witnesses: [] }, /names point 65, which there is not/],
  [{ points: [3], witnesses: ['my neighbour'] }, /has an unknown witness: my neighbour/],
])('a wrong title is reported: %j', (wrong, message) => {
  expect(flaws([...proofs, { file: 'a.test.ts', title: 'one', ...wrong }])).toEqual([expect.stringMatching(message)])
})

test('a point that only we have seen is marked so', () => {
  const own = { file: 'a.test.ts', title: 'one', points: [16], witnesses: [] }
  expect(conformancePage([...without(16), own])).toMatch(/^\*\*16\. .*\*\* `self`$/m)
  expect(conformancePage([...without(16), { ...own, witnesses: ['openssl'] }])).toMatch(/^\*\*16\. .*\*\* `openssl`$/m)
})

test('a point that is called left, and is proven, is a flaw', () => {
  expect(flaws(proofs, new Map([[27, 'later']]))).toContain('point 27 is called left, and is proven')
})
