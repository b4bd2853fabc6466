import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { call, expectRefused, file, folder } from './call.ts'

beforeEach(async () => {
  await call('run', 'not-registered', '--out', join(folder, 'oobe-results'))
})

test('writes a recording and a picture that moves', async () => {
  const cast = join(folder, 'boot.cast')
  const svg = join(folder, 'boot.svg')
  const { code, stdout } = await call('film', 'not-registered', '--cast', cast, '--svg', svg)
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^.*boot\.cast: \d+ frames, \d+ kB\n.*boot\.svg: \d+ frames, \d+ kB\n?$/),
  ])
  expect(JSON.parse(readFileSync(cast, 'utf8').split('\n')[0]!)).toMatchObject({ version: 2 })
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*@keyframes film/)
  const before = readFileSync(svg)
  expectRefused(
    await call('film', 'not-registered', '--svg', svg),
    `ERR_FILE_EXISTS: ${svg} exists already`,
    '  --force replaces it',
  )
  await call('film', 'not-registered', '--svg', svg, '--force')
  expect(readFileSync(svg)).toEqual(before)
})

test('one page to standard output', async () => {
  const { code, stdout } = await call('film', 'not-registered', '--svg', '-', '--page', 'region', '--still')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^<svg .*region/)])
  expect(stdout).not.toContain('@keyframes')
})

test.each<[string[], string]>([
  [[], 'oobe film takes one run'],
  [['not-registered'], 'oobe film needs --cast FILE or --svg FILE'],
  [
    ['not-registered', '--svg', 'x.svg', '--size', '10x10'],
    '--size is COLUMNSxROWS, from 80x24 to 400x400, not "10x10"',
  ],
  [['not-registered', '--svg', 'x.svg', '--speed', 'fast'], '--speed is a number from 1 to 100000, not "fast"'],
  [['not-registered', '--svg', 'x.svg', '--speed', '2', '--still'], '--speed has no effect with --still'],
  [['not-registered', '--cast', 'x.cast', '--still'], '--still goes with --svg'],
  [['not-registered', '--cast', '-', '--svg', '-'], 'two films cannot both go to standard output'],
  [['not-registered', '--svg', 'x.svg', '--page', 'regoin'], 'there is no page "regoin"'],
  [['not-registered', '--svg', 'x.svg', '--page', 'hello'], 'not-registered never showed the page hello'],
  [['nowhere', '--svg', 'x.svg'], 'there is no run "nowhere"'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await call('film', ...args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  expect(existsSync(join(folder, 'x.svg'))).toBe(false)
})

test('a run of one entry has nothing to show', async () => {
  const [first] = readFileSync(join(folder, 'oobe-results/not-registered/journal.ndjson'), 'utf8').split('\n')
  writeFileSync(file('short.ndjson', ''), `${first}\n`)
  const { code, stderr } = await call('film', join(folder, 'short.ndjson'), '--svg', '-')
  expect([code, stderr]).toEqual([2, expect.stringContaining('never had anything on its screen')])
})
