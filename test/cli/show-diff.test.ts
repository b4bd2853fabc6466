import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { call, expectRefused, file, folder } from './call.ts'

beforeEach(async () => {
  await call('run', 'not-registered', 'wrong-password', '--out', join(folder, 'oobe-results'))
})

describe('oobe show', () => {
  test('tells a finished run: its pages and how it ended', async () => {
    const { code, stdout } = await call('show', 'wrong-password')
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe(
      'wrong-password: device surface-laptop-se, tenant contoso-school, seed 1, 2026-09-07T08:00:00.000Z',
    )
    expect(stdout).toContain('[signIn')
    expect(lines.at(-1)).toMatch(/^✓ desktop/)
    expect(code).toBe(0)
  })

  test('shows the wire, of one operation, with what lets a reader in masked', async () => {
    const { code, stdout } = await call('show', 'wrong-password', '--wire', '--only', 'entra login')
    expect(stdout).toMatch(/→ POST https:\/\/login\.microsoftonline\.test\/organizations\/login\n/)
    expect(stdout).toContain('login = alice@contoso.example')
    expect(stdout).toContain('passwd = •••')
    expect(stdout).not.toContain('correct-horse')
    expect(code).toBe(0)
  })

  test('lists the wire, and takes one exchange by its number', async () => {
    const list = (await call('show', 'wrong-password', '--wire', '--list')).stdout.trimEnd().split('\n')
    expect(list.length).toBeGreaterThan(30)
    expect(list[0]).toMatch(/^ +0 +[\d.:s]+ {2}200 {2}connectivity probe {2}GET http:/)
    const one = (await call('show', 'wrong-password', '--wire', '--list', '--only', '#3')).stdout.trimEnd()
    expect(one.split('\n')).toEqual([list[3]])
  })

  test('writes an HTTP Archive, and no file that exists unless it may', async () => {
    const path = join(folder, 'wire.har')
    const { code, stdout } = await call('show', 'not-registered', '--har', path)
    const { log } = JSON.parse(readFileSync(path, 'utf8')) as { log: { entries: object[] } }
    expect([code, stdout]).toEqual([0, `${path}: ${log.entries.length} exchanges\n`])
    expect(log.entries.length).toBeGreaterThan(5)
    expectRefused(
      await call('show', 'not-registered', '--har', path),
      `ERR_FILE_EXISTS: ${path} exists already`,
      '  --force replaces it',
    )
    expect((await call('show', 'not-registered', '--har', path, '--force')).code).toBe(0)
    const printed = await call('show', 'not-registered', '--har', '-')
    expect(JSON.parse(printed.stdout)).toEqual({ log })
  })

  test('takes a folder and a journal by path, and tells of a torn one', async () => {
    const journal = readFileSync(join(folder, 'oobe-results/not-registered/journal.ndjson'), 'utf8')
    expect((await call('show', 'oobe-results/not-registered')).code).toBe(0)
    const torn = file('torn.ndjson', journal.slice(0, -100))
    const { code, stdout, stderr } = await call('show', torn)
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'The journal ends before the run did.'])
    expect(stderr).toBe(
      `note: ${torn} ends in the middle of a line: the run was killed. What was written before is shown.\n`,
    )
  })

  test('refuses what is no run, with its place', async () => {
    expectRefused(
      await call('show', 'wrong-pasword'),
      'ERR_NOT_FOUND: there is no run "wrong-pasword", here or in oobe-results/',
      '  Did you mean "wrong-password"?',
    )
    const path = file('x.ndjson', '{"at":0,"seq":0,"kind":"run","format":2}\nhello\n')
    const { code, stderr } = await call('show', path)
    expect([code, stderr]).toEqual([2, expect.stringContaining(`error ERR_JOURNAL: ${path}:2: not JSON`)])
    const old = file('old.ndjson', '{"at":0,"seq":0,"kind":"run"}\n')
    expectRefused(
      await call('show', old),
      `ERR_JOURNAL_FORMAT: ${old}:1: this is a journal of an earlier version of oobe-sim; this version reads format 2`,
      '  Play the scenario again: "oobe run" writes a new journal',
    )
    expectRefused(await call('show'), 'ERR_BAD_ARGUMENTS: oobe show takes one run', '  oobe show RUN')
    const none = await call('show', 'wrong-password', '--wire', '--only', 'nonsense')
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error ERR_NOT_FOUND: no exchange of this run has "nonsense"\n {2}There are: connectivity probe, /,
      ),
    ])
    expect((await call('show', '--help')).stdout).toContain('--har FILE')
  })
})

describe('oobe diff', () => {
  test('finds another seed alike, where things happen in the same order', async () => {
    await call('run', 'wrong-password', '--seed', '2', '--out', join(folder, 'other'))
    const { code, stdout } = await call('diff', 'wrong-password', 'other/wrong-password')
    expect(stdout).toMatch(/^\d+ exchanges alike, 0 different, 0 only in the first, 0 only in the second\n$/)
    expect(code).toBe(0)
  })

  test('tells what differs, and what one run has alone', async () => {
    const { code, stdout } = await call('diff', 'not-registered', 'wrong-password')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^#\d+ ↔ #\d+ {2}Autopilot lookup\n/m)
    expect(stdout).toMatch(/^ {2}- response: status 404\n {2}\+ response: status 200\n/m)
    expect(stdout).toMatch(/^only in the second: #\d+ Entra login {2}POST https:/m)
    const json = JSON.parse((await call('diff', 'not-registered', 'wrong-password', '--json')).stdout) as object[]
    expect(json).toContainEqual({ kind: 'only', side: 'right', operation: 'Entra login', id: expect.any(Number) })
  })

  test('says what is not compared, and why', async () => {
    const { code, stdout } = await call('diff', '--volatile')
    expect([code, stdout]).toEqual([0, expect.stringContaining('field  MessageID, RelatesTo')])
  })

  test('refuses one run alone', async () => {
    expectRefused(
      await call('diff', 'wrong-password'),
      'ERR_BAD_ARGUMENTS: oobe diff takes two runs',
      '  oobe diff RUN1 RUN2',
    )
    expect(existsSync(join(folder, 'oobe-results/wrong-password/journal.ndjson'))).toBe(true)
  })
})
