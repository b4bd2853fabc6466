import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { call, expectRefused, file, folder, GOOD } from './call.ts'

const said = (keys: string, outcome = 'unanswered') =>
  GOOD.replace('device:', `${keys}\ndevice:`).replace('outcome: unanswered', `outcome: ${outcome}`)

const run = (...args: string[]) => call('run', '--transport', 'direct', '--out', join(folder, 'out'), ...args)

describe('--tag', () => {
  beforeEach(() => {
    file('scenarios/one.yaml', said('tags: [esp, slow]'))
    file('scenarios/three.yaml', said('tags: [network]'))
    file('scenarios/two.yaml', said('tags: [esp]'))
    file('scenarios/without.yaml', GOOD)
  })

  test.each<[string[], string[]]>([
    [
      ['--tag', 'esp'],
      ['one', 'two'],
    ],
    [
      ['--tag', 'esp,network'],
      ['one', 'three', 'two'],
    ],
    [
      ['--tag', 'esp', '--tag', 'network'],
      ['one', 'three', 'two'],
    ],
    [
      ['--tag', '!slow'],
      ['three', 'two', 'without'],
    ],
    [['--tag', 'esp,!slow'], ['two']],
    [['--tag', 'esp', '--grep', 'two'], ['two']],
    [['one', 'without', '--tag', 'slow'], ['one']],
  ])('%j', async (args, names) => {
    const { code, stdout } = await call('run', '--list', ...args)
    expect(code).toBe(0)
    expect(stdout.match(/^\S+/gm)).toEqual(names)
  })

  test.each([
    ['slwo', 'no scenario has the tag "slwo"', '  Did you mean "slow"?'],
    ['nothing', 'no scenario has the tag "nothing"', '  There are: esp, network, slow'],
    ['slow,!esp', 'no scenario is left by --tag slow,!esp'],
  ])('refuses %s', async (tags, message, ...details) => {
    expectRefused(await call('run', '--list', '--tag', tags), `ERR_NO_SCENARIO: ${message}`, ...details)
  })
})

describe('todo and knownIssue', { timeout: 60_000 }, () => {
  beforeEach(() => {
    file('scenarios/known.yaml', said('knownIssue: "#412: no proxy"', 'desktop'))
    file('scenarios/later.yaml', said('todo: the driver is missing', 'desktop'))
    file('scenarios/sound.yaml', GOOD)
  })

  test('fail nothing, and are told', async () => {
    const { code, stdout } = await run(
      '--reporter',
      `list,${['junit', 'tap', 'ctrf', 'json', 'markdown', 'blob'].map((name) => `${name}=${folder}/${name}`).join(',')}`,
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^~ known {2}unanswered/m)
    expect(stdout).toContain('    known issue: #412: no proxy\n    expected the outcome desktop, got unanswered')
    expect(stdout).toContain('- later  to do: the driver is missing\n')
    expect(stdout).toContain('\n1 passed, 0 failed, 1 known, 1 not played (')
    const report = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(report('junit')).toContain('tests="3" failures="0" errors="0" skipped="2"')
    expect(report('junit')).toContain('<skipped message="known issue: #412: no proxy"/>')
    expect(report('junit')).toContain('<skipped message="to do: the driver is missing"/>')
    expect(report('tap')).toMatch(/^not ok 1 - known # TODO known issue: \\#412: no proxy$/m)
    expect(report('tap')).toMatch(/^ok 2 - later # SKIP to do: the driver is missing$/m)
    expect(JSON.parse(report('ctrf')).results.summary).toMatchObject({ passed: 1, failed: 0, pending: 1, skipped: 1 })
    expect(JSON.parse(report('json')).counts).toMatchObject({ passed: 1, failed: 0, known: 1, notPlayed: 1 })
    expect(report('markdown')).toMatch(/✅ \*\*1 passed, 0 failed, 1 known, 1 not played\*\*/)
    const merged = await call('merge', join(folder, 'blob'), '--out', join(folder, 'merged'))
    expect(merged.code).toBe(0)
    expect(merged.stdout).toContain('1 passed, 0 failed, 1 known, 1 not played (')
  })

  test('are the same with workers and with --check-determinism', async () => {
    const { code, stdout } = await run('--check-determinism', '--retries', '2', '--workers', '1')
    expect(code).toBe(0)
    expect(stdout).toContain('1 passed, 0 failed, 1 known, 1 not played (')
  })

  test('a known issue that passes is told, and fails the command', async () => {
    file('scenarios/known.yaml', said('knownIssue: "#412: no proxy"'))
    const { code, stdout } = await run()
    expect(code).toBe(1)
    expect(stdout).toContain('this known issue passes now: take knownIssue out of its file. It says: #412: no proxy')
    expect(stdout).toContain('1 passed, 1 failed, 1 not played (')
  })

  test.each<[string, string, RegExp]>([
    ['both', 'todo: a\nknownIssue: b', /ERR_FILE_INVALID: .*:3:1: knownIssue goes without todo/],
    ['no reason', 'knownIssue: true', /:2:13: knownIssue: must be a text/],
    ['an empty reason', 'todo: ""', /:2:7: todo: must not be empty/],
    ['a tag with a comma', 'tags: ["a,b"]', /:2:8: tags\.0: must be a word of letters/],
    ['tags that are no list', 'tags: esp', /:2:7: tags: /],
  ])('refuse %s', async (_, keys, message) => {
    file('scenarios/bad.yaml', said(keys))
    const ended = await call('run', 'bad')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
