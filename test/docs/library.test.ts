import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MATCHER_KINDS } from '../../src/domain/expectation-matchers.ts'
import { plainEnvironment } from '../cli/program.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-library-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/oobe-sim'))
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const [index, text] of blocks('ts').entries()) writeFileSync(join(folder, `page-${index}.test.ts`), text)
  for (const [index, text] of blocks('js').entries()) writeFileSync(join(folder, `page-${index}.node.js`), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

function node(args: string[], env: Record<string, string> = {}) {
  const { CI: _, ...others } = plainEnvironment()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...others, NO_COLOR: '1', ...env },
  })
  return { status, output: `${stdout}${stderr}` }
}

const vitest = (...args: string[]) => node([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...args])

test('the tests of the page pass, and a snapshot that differs fails until -u takes it over', {
  timeout: 300_000,
}, () => {
  expect(blocks('ts')).toHaveLength(3)
  const first = vitest('--testTimeout', '120000')
  expect(first.output).toMatch(/Tests {2}5 passed/)
  expect(first.status).toBe(0)
  const file = join(folder, '__snapshots__/page-1.test.ts.snap')
  const snapshot = readFileSync(file, 'utf8')
  expect(snapshot).toContain('request MS-MDE2 Discover: POST /enrollmentserver/discovery.svc')
  expect(snapshot).toContain('signIn 80×24')
  expect(snapshot).toMatch(/^ ?\d+: \d+-\d+ bold$/m)
  writeFileSync(file, snapshot.replace('log mdmEnrollSucceeded', 'log mdmEnrollFailed'))
  const changed = vitest('page-1', '--testTimeout', '120000')
  expect(changed.output).toContain('- log mdmEnrollFailed')
  expect(changed.output).toContain('"vitest -u" takes it over')
  const journal = /journal: (\S+)/.exec(changed.output)![1]!
  expect(existsSync(join(folder, journal))).toBe(true)
  expect(changed.status).toBe(1)
  expect(vitest('page-1', '-u', '--testTimeout', '120000').status).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(snapshot)
})

test('the test for node:test passes, and its golden file is updated only when that is asked for', {
  timeout: 120_000,
}, () => {
  const golden = join(folder, 'golden/happy-path.trace')
  expect(node(['--test', 'page-0.node.js'], { CI: '1' }).output).toContain(
    'there is no golden/happy-path.trace, and CI writes none',
  )
  expect(existsSync(golden)).toBe(false)
  const first = node(['--test', 'page-0.node.js'])
  expect(first.output).toMatch(/pass 1/)
  expect(first.status).toBe(0)
  const text = readFileSync(golden, 'utf8')
  writeFileSync(golden, text.replace('log mdmEnrollSucceeded', 'log mdmEnrollFailed'))
  const changed = node(['--test', 'page-0.node.js'])
  expect(changed.output).toContain('- log mdmEnrollFailed')
  expect(changed.output).toContain('+ log mdmEnrollSucceeded')
  expect(changed.status).toBe(1)
  expect(node(['--test', 'page-0.node.js'], { OOBE_UPDATE: '1' }).status).toBe(0)
  expect(readFileSync(golden, 'utf8')).toBe(text)
})

test('the page has each matcher that is no key of expect:, and authoring.md the others', () => {
  for (const name of ['toMeet', 'toMatchTrace', 'toMatchScreen', 'toBeReplayable', 'toHaveTransitionCoverage'])
    expect(page).toContain(`| \`${name}(`)
  const authoring = readFileSync(join(ROOT, 'docs/authoring.md'), 'utf8')
  for (const name of Object.keys(MATCHER_KINDS)) expect(authoring).toContain(`| \`${name}\` |`)
})
