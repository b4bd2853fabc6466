import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { call, expectRefused, file, folder } from './call.ts'

const play = (name: string, ...options: string[]) =>
  call('run', name, '--shipped', '--transport', 'direct', '--no-check-settings', ...options)
const journalOf = (run: string): string => join(folder, run, 'journal.ndjson')

beforeEach(async () => {
  await play('wrong-password', '--out', join(folder, 'oobe-results'))
})

describe('two runs that are the same', () => {
  test('one run twice, and the same scenario played again: equal, and exit code 0', async () => {
    const once = await call('compare', 'wrong-password', 'wrong-password')
    expect(once.stdout.trimEnd().split('\n')).toEqual([
      'first:  wrong-password',
      'second: wrong-password',
      'The two are equal, byte by byte.',
    ])
    expect(once.code).toBe(0)
    await play('wrong-password', '--out', join(folder, 'again'))
    const again = await call('compare', 'wrong-password', 'again/wrong-password', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ result: 'equal', parting: null, ways: null, facts: [] })
    expect(again.code).toBe(0)
  })

  test('of another version: a note, the fact, and alike where all steps are', async () => {
    const text = readFileSync(journalOf('oobe-results/wrong-password'), 'utf8')
    file('older/journal.ndjson', text.replace('"product":"', '"product":"0.0.1-'))
    const { code, stdout, stderr } = await call('compare', 'wrong-password', 'older')
    expect(stderr).toMatch(/^note: the first was recorded by oobe-sim \S+, the second by 0\.0\.1-/)
    expect(stdout).toContain('The two are alike')
    expect(stdout).toMatch(/facts that differ:\n {2}product\n {4}first: {2}"[^"]+"\n {4}second: "0\.0\.1-/)
    expect(code).toBe(0)
  })

  test('at other times: different, with the entry from which on', async () => {
    const lines = readFileSync(journalOf('oobe-results/wrong-password'), 'utf8').split('\n')
    const late = lines.map((line, index) =>
      index < 30 ? line : line.replace(/^\{"at":(\d+)/, (_, at: string) => `{"at":${Number(at) + 5_000}`),
    )
    file('late/journal.ndjson', late.join('\n'))
    const { code, stdout } = await call('compare', 'wrong-password', 'late', '--width', '200')
    expect(stdout).toContain('The same steps, at other times.')
    expect(stdout).toContain('times:  entry #30 is at 8.0s in the first, at 13.0s in the second')
    expect(code).toBe(1)
  })
})

describe('two runs that part', () => {
  test('by what the service answered: both answers, the fact with its line, and both ends', async () => {
    await play('account-locked', '--out', join(folder, 'oobe-results'))
    const { code, stdout } = await call('compare', 'wrong-password', 'account-locked')
    expect(code).toBe(1)
    expect(stdout).toMatch(/in common: \d+ entries, up to 1:49\n {2}page: {3}\[signIn\/authenticating\]/)
    expect(stdout).toContain('they part by: what a service answered')
    expect(stdout).toMatch(
      / {2}first: {2}entry #(\d+), 1:49: #\d+ ← 200\n[\s\S]*AADSTS50126[\s\S]* {2}second: entry #\1, /,
    )
    expect(stdout).toMatch(/ {2}second: entry #[\s\S]*AADSTS50053[\s\S]*facts that differ/)
    expect(stdout).toMatch(
      /facts that differ:\n {2}tenant\.users\.0\.locked\n {4}first: {2}none\n {4}second: true {2}\(\S*account-locked\.yaml:\d+\)/,
    )
    expect(stdout).toMatch(/^✓ desktop \(standard user/m)
    expect(stdout).toMatch(/^✓ failed on page signIn with 50053/m)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('from 100 columns on they are beside each other, the same step in one row', async () => {
    await play('licence-comes-while-the-page-waits', '--out', join(folder, 'oobe-results'))
    const args = ['compare', 'wrong-password', 'licence-comes-while-the-page-waits'] as const
    const { stdout } = await call(...args, '--width', '120')
    expect(stdout).toContain('they part by: an answer of the person')
    expect(stdout).toContain('email = carla@contoso.example')
    const both = stdout.split('\n').filter((line) => line.includes(' │ '))
    const row = both.find((line) => line.includes('Safe Exam Browser installed'))!
    expect(row.split(' │ ').map((cell) => cell.includes('Safe Exam Browser installed'))).toEqual([true, true])
    const alone = both.find((line) => line.includes('tryAgain'))!
    expect(alone.split(' │ ').map((cell) => cell.trim() !== '')).toEqual([false, true])
    expect((await call(...args, '--width', '99')).stdout).not.toContain(' │ ')
  })

  test('by an event of a fork, which the other run does not have', async () => {
    await call('replay', 'wrong-password', '--until', '5:00', '--then', 'network: down', '--out', join(folder, 'fork'))
    const { code, stdout } = await call('compare', 'wrong-password', 'fork/wrong-password-replay', '--json')
    const { parting, facts, ways, result } = JSON.parse(stdout)
    expect(result).toBe('different')
    expect(parting).toMatchObject({ by: 'event', right: { at: 300_000, kind: 'stimulus', text: 'fork: network down' } })
    expect(facts).toEqual([])
    expect(ways.right.steps[0]).toMatchObject({ at: 300_000, kind: 'stimulus' })
    expect(code).toBe(1)
  })

  test('by a choice, and then show the same', async () => {
    await call('replay', 'wrong-password', '--choose', '0=1', '--out', join(folder, 'fork'))
    const { stdout } = await call('compare', 'wrong-password', 'fork/wrong-password-replay')
    expect(stdout).toContain('they part by: which of two things came first')
    expect(stdout).toContain('On the screen the two are the same from there on.')
  })

  test('where one was killed: a note, and what it has is in common', async () => {
    const text = readFileSync(journalOf('oobe-results/wrong-password'), 'utf8')
    file('torn/journal.ndjson', text.slice(0, text.indexOf('\n{"at":', text.length / 2) + 40))
    const { code, stdout, stderr } = await call('compare', 'torn', 'wrong-password')
    expect(stderr).toContain('ends in the middle of a line: the run was killed')
    expect(stdout).toContain('they part by: one of the two ends here\n  first:  has ended\n  second: entry #')
    expect(stdout).toContain('the journal ends before the run did')
    expect(code).toBe(1)
  })
})

describe('is refused', () => {
  test('in a terminal --plain and --width print lines, and draw nothing', async () => {
    await play('account-locked', '--out', join(folder, 'oobe-results'))
    const asLines = await call('compare', 'wrong-password', 'account-locked', '--width', '80')
    const wasTerminal = [process.stdin.isTTY, process.stdout.isTTY]
    vi.stubEnv('TERM', 'xterm-256color')
    vi.stubEnv('CI', undefined)
    try {
      Object.assign(process.stdin, { isTTY: true })
      Object.assign(process.stdout, { isTTY: true, columns: 80 })
      for (const form of [['--plain'], ['--width', '80']]) {
        const { code, stdout } = await call('compare', 'wrong-password', 'account-locked', ...form)
        expect(stdout).toBe(asLines.stdout)
        expect(stdout).not.toContain('\u001b')
        expect(code).toBe(1)
      }
    } finally {
      vi.unstubAllEnvs()
      Object.assign(process.stdin, { isTTY: wasTerminal[0] })
      Object.assign(process.stdout, { isTTY: wasTerminal[1], columns: undefined })
    }
  })

  test('what is no run, no journal, or of another format', async () => {
    expectRefused(
      await call('compare', 'wrong-password', 'wrong-pasword'),
      'ERR_NOT_FOUND: there is no run "wrong-pasword", here or in oobe-results/',
      '  Did you mean "wrong-password"?',
    )
    writeFileSync(join(folder, 'notes.txt'), 'no journal\n')
    const noJournal = await call('compare', 'wrong-password', 'notes.txt')
    expect(noJournal).toMatchObject({ code: 2, stdout: '' })
    expect(noJournal.stderr).toMatch(/^error ERR_JOURNAL: notes\.txt:1: not JSON/)
    const text = readFileSync(journalOf('oobe-results/wrong-password'), 'utf8')
    file('other/journal.ndjson', text.replace('"format":2', '"format":9'))
    expect((await call('compare', 'other', 'wrong-password')).stderr).toMatch(/^error ERR_JOURNAL_FORMAT: /)
  })

  test('a journal whose entry was edited, at its line', async () => {
    const lines = readFileSync(journalOf('oobe-results/wrong-password'), 'utf8').split('\n')
    lines[57] = '{"at":19050,"seq":57,"kind":"stimulus","by":"script"}'
    file('edited/journal.ndjson', lines.join('\n'))
    const ended = await call('compare', 'wrong-password', 'edited')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^error ERR_JOURNAL: edited\/journal\.ndjson:58: no whole entry: stimulus: /)
  })

  test('one run alone, three, and a width that is none', async () => {
    for (const runs of [['wrong-password'], ['a', 'b', 'c']]) {
      expectRefused(
        await call('compare', ...runs),
        'ERR_BAD_ARGUMENTS: oobe compare takes two runs',
        '  oobe compare RUN1 RUN2',
      )
    }
    for (const width of ['39', '401', 'wide', '1e2']) {
      expectRefused(
        await call('compare', 'wrong-password', 'wrong-password', '--width', width),
        `ERR_BAD_ARGUMENTS: --width takes a number from 40 to 400, not "${width}"`,
      )
    }
  })
})
