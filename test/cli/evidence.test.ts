import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { call, expectRefused, file, folder } from './call.ts'

const RUN = 'oobe-results/not-registered'

beforeEach(async () => {
  await call('run', 'not-registered', '--out', join(folder, 'oobe-results'))
})

test('writes what a device leaves beside the journal, and says which files', async () => {
  const { code, stdout } = await call('evidence', 'not-registered')
  expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^not-registered: \d+ files in .*evidence$/)])
  const out = join(folder, RUN, 'evidence')
  const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { files: { name: string }[] }
  for (const { name } of files) expect(existsSync(join(out, name)), name).toBe(true)
  expect(readdirSync(out)).toContain('eventlogs')
})

test('a folder that is not empty stays as it is, and an earlier evidence is replaced with --force alone', async () => {
  const out = join(folder, 'full')
  mkdirSync(out)
  writeFileSync(join(out, 'letter.txt'), 'mine')
  expectRefused(
    await call('evidence', RUN, '--out', out, '--force'),
    `ERR_OUTPUT_NOT_EMPTY: ${out} is not empty, and holds no evidence of a run`,
    '  Name an empty folder with --out',
  )
  expect(readdirSync(out)).toEqual(['letter.txt'])
  const own = join(folder, 'own')
  expect((await call('evidence', RUN, '--out', own)).code).toBe(0)
  expectRefused(
    await call('evidence', RUN, '--out', own),
    `ERR_OUTPUT_NOT_EMPTY: ${own} holds the evidence of a run`,
    '  Name an empty folder with --out, or replace it with --force',
  )
  expect((await call('evidence', RUN, '--out', own, '--force')).code).toBe(0)
})

test('a file in the place of the folder, and a folder that cannot be written, are trouble of the system', async () => {
  const path = file('a-file', 'x')
  const taken = await call('evidence', RUN, '--out', path)
  expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('ERR_OUTPUT_NOT_WRITABLE')])
  const below = await call('evidence', RUN, '--out', join(path, 'below'))
  expect([below.code, below.stderr]).toEqual([3, expect.stringContaining('ERR_OUTPUT_NOT_WRITABLE')])
  // Root may write everywhere.
  if (process.getuid?.() === 0) return
  const locked = join(folder, 'locked')
  mkdirSync(locked)
  chmodSync(locked, 0o500)
  expect((await call('evidence', RUN, '--out', join(locked, 'out'))).code).toBe(3)
})

test('a journal that was torn is read as far as it goes, and what is no entry is named', async () => {
  const journal = readFileSync(join(folder, RUN, 'journal.ndjson'), 'utf8')
  const torn = await call(
    'evidence',
    file('torn/journal.ndjson', journal.slice(0, -50)),
    '--out',
    join(folder, 'torn-out'),
  )
  expect([torn.code, torn.stderr]).toEqual([0, expect.stringContaining('ends in the middle of a line')])
  const lines = journal.split('\n')
  const at = lines.findIndex((line) => line.includes('"kind":"log"'))
  lines[at] = lines[at]!.replace(/"channel":"[^"]*",/, '')
  const odd = await call('evidence', file('odd/journal.ndjson', lines.join('\n')), '--out', join(folder, 'odd-out'))
  expect(odd.code).toBe(0)
  expect(odd.stderr).toContain(`1 entries cannot be read and are left out. The first: entry ${at} (log): channel`)
})

test.each([
  ['a folder without a journal', () => folder, 'ERR_NOT_FOUND'],
  ['a file that is no journal', () => file('x.txt', 'hello\n'), 'ERR_JOURNAL'],
  ['an empty file', () => file('empty.ndjson', ''), 'ERR_JOURNAL'],
  ['no such run', () => 'nowhere', 'ERR_NOT_FOUND'],
])('refuses %s', async (_, run, code) => {
  const refused = await call('evidence', run(), '--out', join(folder, 'out'))
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(code)])
  expect(existsSync(join(folder, 'out'))).toBe(false)
})

test('oobe diagnose prints the device in the order of the diagnostics script', async () => {
  await call('run', 'win32-app-fails', '--out', join(folder, 'oobe-results'))
  const { stdout } = await call('diagnose', 'win32-app-fails')
  const titles = stdout.split('\n').filter((line) => /^[A-Z][A-Z @.]+$/i.test(line) && line === line.toUpperCase())
  expect(titles).toEqual([
    'AUTOPILOT DIAGNOSTICS',
    'ENROLLMENT STATUS PAGE',
    'DELIVERY OPTIMIZATION STATISTICS',
    'HARDWARE',
    'POLICIES PROCESSED',
    'DEVICE ESP',
    'OBSERVED TIMELINE',
  ])
  expect(stdout).toMatch(/Sidecar app Safe Exam Browser: failed, exit code 1603/)
})
