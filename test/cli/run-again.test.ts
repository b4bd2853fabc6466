import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JournalFact } from '../../src/domain/journal.ts'
import { Journal } from '../../src/journal/writer.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { changedScenario, filesBelow, journalOf } from './files.ts'

const QUICK = 'not-registered'
const WRONG = changedScenario(QUICK, 'outcome: desktop', 'outcome: signInScreen')

let out: string

beforeEach(() => {
  out = join(folder, 'out')
})
afterEach(() => void vi.restoreAllMocks())

const run = (...args: string[]) => call('run', ...args, '--transport', 'direct', '--out', out)
const linesOf = ({ stdout }: { stdout: string }) => stdout.split('\n').filter((line) => /^[✓✗!-] /.test(line))
const shown = (ended: { stdout: string }) => linesOf(ended).map((line) => line.split('  ')[0])
const lastRun = () => JSON.parse(readFileSync(join(out, 'last-run.json'), 'utf8')) as object

/** Changes what a run writes into its journal. */
function spoil(change: (fact: JournalFact) => JournalFact) {
  const write = Journal.prototype.write
  vi.spyOn(Journal.prototype, 'write').mockImplementation(function (this: Journal, fact: JournalFact) {
    write.call(this, change(fact))
  })
}

describe('--last-failed', { timeout: 60_000 }, () => {
  test('plays what failed in the last run, until it passes', async () => {
    const wrong = file('wrong.yaml', WRONG)
    expect((await run(wrong, QUICK)).code).toBe(1)
    expect(lastRun()).toMatchObject({
      format: 1,
      failed: ['wrong'],
      times: { wrong: expect.any(Number), [QUICK]: expect.any(Number) },
    })
    expect(shown(await run(wrong, QUICK, '--last-failed'))).toEqual(['✗ wrong'])
    file('wrong.yaml', changedScenario(QUICK, 'outcome: desktop', 'outcome: desktop'))
    const ended = await run(wrong, QUICK, '--last-failed')
    expect({ code: ended.code, shown: shown(ended) }).toEqual({ code: 0, shown: ['✓ wrong'] })
    const none = await run(wrong, QUICK, '--last-failed')
    expect(none).toEqual({
      code: 0,
      stderr: '',
      stdout: `no scenario failed in the last run into ${out}: nothing is played\n`,
    })
    // What was not played keeps its time.
    expect(lastRun()).toMatchObject({ failed: [], times: { [QUICK]: expect.any(Number) } })
  })

  test('is refused where there was no run', async () => {
    expectRefused(
      await run(QUICK, '--last-failed'),
      `ERR_LAST_RUN: there is no earlier run in ${out}`,
      '  "oobe run" makes one; --out names another folder',
    )
  })

  test.each([
    '',
    '{"format":1,"failed":["wr',
    '{"format":2,"failed":[],"times":{}}',
    '{"format":1,"failed":[1],"times":{}}',
    '[]',
    'null',
  ])('refuses a file of a last run with %j, which another run replaces', async (text) => {
    mkdirSync(out)
    writeFileSync(join(out, 'last-run.json'), text)
    const message = `${join(out, 'last-run.json')} was not written by this version of oobe-sim, or not to its end`
    for (const option of [['--last-failed'], ['--shard', '1/2']]) {
      expectRefused(await run(QUICK, ...option), `ERR_LAST_RUN: ${message}`, '  Remove it: "oobe run" writes a new one')
    }
    const ended = await run(QUICK)
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: 0,
      stderr: `note: ${message}: it is written anew\n`,
    })
    expect(lastRun()).toMatchObject({ failed: [] })
  })
})

describe('--bail', { timeout: 60_000 }, () => {
  test.each([
    [['--bail'], ['✗ a', '- b', `- ${QUICK}`], '0 passed, 1 failed, 2 not played'],
    [['--bail', '2'], ['✗ a', '✗ b', `- ${QUICK}`], '0 passed, 2 failed, 1 not played'],
    [['--bail=3'], ['✗ a', '✗ b', `✓ ${QUICK}`], '1 passed, 2 failed'],
  ])('%j ends after so many failures', async (args, lines, counts) => {
    const ended = await run(file('a.yaml', WRONG), file('b.yaml', WRONG), QUICK, ...args)
    expect(ended.code).toBe(1)
    expect(shown(ended).slice(0, 3)).toEqual(lines)
    expect(ended.stdout).toContain(counts)
    expect(ended.stdout.includes('stopped after the failures that --bail allows')).toBe(counts.includes('not played'))
  })
})

describe('--repeat', { timeout: 60_000 }, () => {
  test('plays each scenario so often, each into its own folder', async () => {
    const ended = await run(QUICK, '--repeat', '3')
    expect(shown(ended)).toEqual([`✓ ${QUICK}`, `✓ ${QUICK} #2`, `✓ ${QUICK} #3`])
    const journals = filesBelow(out).filter((path) => path.endsWith('journal.ndjson'))
    expect(journals).toEqual(['', 'repeat-2', 'repeat-3'].map((part) => join(QUICK, part, 'journal.ndjson')))
    const [first, ...others] = journals.map((path) => readFileSync(join(out, path), 'utf8'))
    for (const other of others) expect(other).toBe(first)
  })

  test('with a random seed takes another one each time, and says which', async () => {
    const ended = await run(QUICK, '--repeat', '2', '--seed', 'random')
    const [, seed] = /^note: the seed is (\d+): --seed \1 plays the same again\n$/.exec(ended.stderr)!
    const seeds = linesOf(ended).map((line) => /seed (\d+)/.exec(line)![1])
    expect(seeds).toEqual([seed, String(Number(seed) + 1)])
  })
})

describe('--check-determinism', { timeout: 60_000 }, () => {
  test('plays twice, and leaves nothing of a second play that was the same', async () => {
    const ended = await run(QUICK, '--check-determinism')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(filesBelow(out)).toEqual(['last-run.json', join(QUICK, 'journal.ndjson'), join(QUICK, 'vault.json')])
  })

  test('finds the first entry that differs, which is our bug, and keeps both journals', async () => {
    let plays = 0
    spoil((fact) => (fact.kind === 'power' && fact.event === 'on' ? { ...fact, reason: `play ${++plays}` } : fact))
    const ended = await run(QUICK, '--check-determinism')
    expect(ended.code).toBe(70)
    const [first, second] = [join(out, QUICK, 'journal.ndjson'), join(out, QUICK, 'again', 'journal.ndjson')]
    const at = journalOf(out, QUICK).findIndex(({ kind }) => kind === 'power')
    expect(ended.stdout).toContain(
      `! ${QUICK}\n    ERR_NOT_DETERMINISTIC: a bug in oobe-sim: two plays with the same seed differ from entry ${at} on: compare ${first} and ${second}\n`,
    )
    expect(readFileSync(second, 'utf8')).not.toBe(readFileSync(first, 'utf8'))
  })

  test.each([
    ['--service', 'https://localhost:1'],
    ['--speed', '60'],
  ])('is refused with %s', async (...option) => {
    expectRefused(
      await run(QUICK, '--check-determinism', ...option),
      'ERR_BAD_ARGUMENTS: --check-determinism goes with the mock in instant mode: a real service and real time are not the same twice',
    )
  })
})

describe('--retries', { timeout: 60_000 }, () => {
  test('plays a failure again, as often as it takes, each into its own folder', async () => {
    const ended = await run(file('wrong.yaml', WRONG), '--retries', '2')
    expect({ code: ended.code, shown: shown(ended)[0] }).toEqual({ code: 1, shown: '✗ wrong' })
    const journals = filesBelow(out).filter((path) => path.endsWith('journal.ndjson'))
    expect(journals).toEqual(['', 'retry-1', 'retry-2'].map((part) => join('wrong', part, 'journal.ndjson')))
  })

  test('tells a scenario that passes then as a bug of ours, in instant mode', async () => {
    let plays = 0
    spoil((fact) =>
      fact.kind === 'verdict' && ++plays === 1 ? { ...fact, passed: false, failures: ['by chance'] } : fact,
    )
    const ended = await run(QUICK, '--retries', '3')
    expect(ended.code).toBe(70)
    expect(ended.stdout).toContain(
      `! ${QUICK}\n    ERR_FLAKY: a bug in oobe-sim: play 1 failed and play 2 passed, with the same seed in instant mode. Play 1: by chance; its journal: ${join(out, QUICK, 'journal.ndjson')}\n`,
    )
  })

  test('counts it as flaky where time is real', async () => {
    let plays = 0
    spoil((fact) =>
      fact.kind === 'verdict' && ++plays === 1 ? { ...fact, passed: false, failures: ['by chance'] } : fact,
    )
    const ended = await run(QUICK, '--retries', '3', '--speed', '1e7')
    expect(ended.code).toBe(0)
    expect(linesOf(ended)[0]).toMatch(/^✓ not-registered .* {2}flaky: passed in play 2$/)
    expect(ended.stdout).toContain('1 passed, 0 failed, 1 flaky')
  })
})

describe('the end of a list', { timeout: 60_000 }, () => {
  test('sums up what failed, with its journal and the line that plays it again', async () => {
    const wrong = file('wrong.yaml', WRONG)
    const ended = await run(wrong, QUICK)
    const head = ended.stdout.split('\n\n')
    expect(head[1]).toBe(
      [
        `failed: wrong  wrong.yaml`,
        '    expected the outcome signInScreen, got desktop (local administrator, not managed, no Autopilot profile); no Autopilot profile: 807 ZtdDeviceIsNotRegistered',
        '    why: the device got no Autopilot profile: 807 ZtdDeviceIsNotRegistered; the tenant has not registered lenovo-300w-gen-3, at 2:26',
        '    why: behind it: the tenant has not registered lenovo-300w-gen-3 (wrong.yaml:7)',
        `    why: next: oobe explain 807, or oobe show ${join(out, 'wrong')} --wire --only "#8", or oobe diagnose ${join(out, 'wrong')}`,
        '    page:    [desktop] Desktop',
        `    journal: ${join(out, 'wrong', 'journal.ndjson')}`,
        `    again:   oobe replay ${join(out, 'wrong')}`,
      ].join('\n'),
    )
    expect(head[2]).toMatch(/^1 passed, 1 failed \(/)
    const [, again] = /again: {3}oobe (.*)/.exec(ended.stdout)!
    const replayed = await call(...again!.split(' '), '--out', out)
    expect(replayed.stdout).toContain('the recorded run, byte by byte')
  })

  test('reads a scenario that is to fail as passed', async () => {
    const ended = await run('multifactor-denied')
    expect(ended.stdout).toMatch(
      /^✓ multifactor-denied {2}as expected: failed on page signIn with 500121: .*\n\n1 passed, 0 failed /,
    )
  })
})

test.each([
  [['--workers', '0'], '--workers: "0" is no number of processes', '  a whole number from 1 to 256'],
  [['--workers', '1.5'], '--workers: "1.5" is no number of processes', '  a whole number from 1 to 256'],
  [['--bail', '0'], '--bail: "0" is no number of failures', '  a whole number from 1 to 1000000'],
  [['--retries', 'x'], '--retries: "x" is no number of plays', '  a whole number from 0 to 1000000'],
  [['--repeat', '0'], '--repeat: "0" is no number of plays', '  a whole number from 1 to 1000000'],
  [['--shard', '3/2'], '"3/2" is no shard', '  1/3 is the first of three'],
])('oobe run %j is refused', async (args, message, ...details) => {
  expectRefused(await run(QUICK, ...args), `ERR_BAD_ARGUMENTS: ${message}`, ...details)
})
