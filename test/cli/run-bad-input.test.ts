import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { call, file, folder } from './call.ts'
import { changedScenario } from './files.ts'
import { PROGRAM, plainEnvironment } from './program.ts'

const QUICK = 'not-registered'

afterEach(() => void vi.unstubAllEnvs())

const run = (...args: string[]) => call('run', QUICK, '--transport', 'direct', ...args)

describe('a report that has no place', { timeout: 60_000 }, () => {
  test('because a folder is there, is refused before anything is played', async () => {
    mkdirSync(join(folder, 'reports'))
    expect(await run('--reporter', 'list,junit=reports', '--out', join(folder, 'out'))).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'error ERR_OUTPUT_NOT_WRITABLE: reports cannot be written: it is a folder. Name a file: --reporter junit=reports/junit.xml\n',
    })
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })

  test('because a file is in its way, takes none of the others along', async () => {
    file('taken', '')
    const out = join(folder, 'out')
    const ended = await run('--reporter', `junit=${join(folder, 'taken/junit.xml')},ctrf,list`, '--out', out)
    expect(ended.code).toBe(3)
    expect(ended.stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: .*taken.* cannot be written: /)
    expect(ended.stdout).toContain('1 passed, 0 failed')
    expect(existsSync(join(out, 'ctrf.json'))).toBe(true)
    expect(existsSync(join(out, 'last-run.json'))).toBe(true)
  })

  test('because nothing is after the =, is refused', async () => {
    expect(await run('--reporter', 'junit=')).toMatchObject({
      code: 2,
      stderr: 'error ERR_BAD_ARGUMENTS: --reporter junit= names no file\n',
    })
  })
})

test.each([
  [['--headed'], /^error ERR_BAD_ARGUMENTS: --headed needs a terminal/],
  [['--headed', '--workers', '2'], /^error ERR_BAD_ARGUMENTS: --headed shows one run after the other/],
])('%j is refused', async (args, message) => {
  expect(await run(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
})

test('an output folder that is a file is refused, with workers too', { timeout: 60_000 }, async () => {
  const taken = file('taken', '')
  const ended = spawnSync(
    process.execPath,
    [PROGRAM, 'run', QUICK, 'wifi-wrong-key', '--workers', '2', '--out', taken],
    {
      encoding: 'utf8',
      env: plainEnvironment(),
    },
  )
  expect(ended.status).toBe(3)
  expect(ended.stdout).toBe('')
  expect(ended.stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: .*taken cannot be written: it is no folder/)
})

test.each([
  ['standard output', '>&-'],
  ['both streams', '>&- 2>&-'],
])('with %s closed the journals are written all the same', { timeout: 60_000 }, (_, closing) => {
  const out = join(folder, 'out')
  const command = `"${process.execPath}" "${PROGRAM}" run ${QUICK} wifi-wrong-key --workers 2 --out "${out}" ${closing}`
  const { status } = spawnSync('bash', ['-c', command], { env: plainEnvironment() })
  expect(status).toBe(0)
  for (const name of [QUICK, 'wifi-wrong-key']) {
    expect(readFileSync(join(out, name, 'journal.ndjson'), 'utf8')).toMatch(/"kind":"verdict","passed":true.*\n$/)
  }
})

test('a half-written journal of an earlier run is replaced', { timeout: 60_000 }, async () => {
  const out = join(folder, 'out')
  mkdirSync(join(out, QUICK), { recursive: true })
  writeFileSync(join(out, QUICK, 'journal.ndjson'), '{"at":0,"seq":0,"kind":"run","for')
  expect((await run('--out', out)).code).toBe(0)
  expect((await call('show', join(out, QUICK))).code).toBe(0)
})

describe('on GitHub', { timeout: 60_000 }, () => {
  test('annotations are printed, and the summary of the job is added to', async () => {
    const summary = file('summary.md', 'before\n')
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    vi.stubEnv('GITHUB_STEP_SUMMARY', summary)
    file('wrong.yaml', changedScenario(QUICK, 'outcome: desktop', 'outcome: signInScreen'))
    const ended = await call(
      'run',
      './wrong.yaml',
      '--transport',
      'direct',
      '--reporter',
      'list,github',
      '--out',
      join(folder, 'out'),
    )
    expect(ended.code).toBe(1)
    expect(ended.stdout).toMatch(
      /^::error file=wrong\.yaml,title=wrong::expected the outcome signInScreen, got desktop /m,
    )
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## oobe-sim scenarios\n\n❌ \*\*0 passed, 1 failed\*\*/)
  })
})

describe('colours', { timeout: 60_000 }, () => {
  test('are where FORCE_COLOR asks for them, and not in a file', async () => {
    vi.stubEnv('FORCE_COLOR', '1')
    const list = join(folder, 'list.txt')
    const ended = await run('--reporter', `list,dot=${list}`, '--out', join(folder, 'out'))
    expect(ended.stdout).toContain('\u001b[32m✓ \u001b[39mnot-registered')
    expect(readFileSync(list, 'utf8')).toMatch(/^·\n\n1 passed/)
  })
})
