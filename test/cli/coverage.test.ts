import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import { call, file, folder } from './call.ts'
import { oobe } from './program.ts'

const QUICK = ['not-registered', 'wifi-wrong-key']

const at = (name: string) => join(folder, name)
const run = (...args: string[]) =>
  call('run', '--transport', 'direct', '--no-check-settings', '--out', at('out'), ...args)
const counts = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'))

describe('coverage', { timeout: 120_000 }, () => {
  test('of parts is that of the whole, with workers too', async () => {
    const whole = await run(...QUICK, '--coverage', at('whole.json'))
    expect(whole.code).toBe(0)
    expect(whole.stdout).toContain('whole.json, of 2 runs')
    for (const part of ['1/2', '2/2']) {
      expect(await run(...QUICK, '--shard', part, '--coverage', at('parts'))).toMatchObject({ code: 0 })
    }
    const merged = await call('coverage', at('parts'), '--merge', at('sum.json'), '--format', 'json')
    expect(merged).toMatchObject({ code: 0, stderr: '' })
    expect(counts('sum.json')).toEqual(counts('whole.json'))
    const { metrics, runs } = JSON.parse(merged.stdout)
    expect(runs).toBe(2)
    expect(metrics.states.covered).toBeGreaterThan(50)
    expect(metrics.pages).toMatchObject({ missing: expect.arrayContaining(['page commandPrompt']) })
    expect(metrics.operations.missing).toContain('operation TPM attestation proof')
    await run(...QUICK, '--workers', '2', '--coverage', at('workers.json'))
    expect(counts('workers.json')).toEqual(counts('whole.json'))
  })

  test('is told in figures, in Markdown, and judged by thresholds and gaps', async () => {
    await run(QUICK[0]!, '--coverage', at('out'))
    file('oobe.config.yaml', `folders: { results: out }\n`)
    const told = await call('coverage')
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(told.stdout).toMatch(/^coverage of 1 run\nstates +\d+\/\d+ +\d+\.\d %\n/)
    expect(told.stdout).toMatch(/^network:\n(.*\n)* {2}transition network\.choosing: user\.back → back$/m)
    expect((await call('coverage', '--format', 'markdown')).stdout).toMatch(
      /^## oobe-sim coverage\n[\s\S]*^\| pages \| \d+\/\d+ \|/m,
    )
    const low = await call('coverage', '--threshold', 'states=99,pages=1')
    expect(low.code).toBe(4)
    expect(low.stderr).toMatch(/^note: states: \d+\.\d % is below 99 %\n$/)
    const gaps = [
      { what: ['page desktop'], reason: 'x' },
      { what: 'state gone', reason: 'y' },
      { what: ['page commandPrompt', 'event loss'], reason: 'z' },
    ]
    file('gaps.yaml', `gaps: ${JSON.stringify(gaps)}`)
    file('oobe.config.yaml', 'folders: { results: out }\ncoverage: { gaps: gaps.yaml, thresholds: { states: 99.5 } }')
    const judged = await call('coverage')
    expect(judged.code).toBe(4)
    expect(judged.stderr).toMatch(/states: \d+\.\d % is below 99\.5 %/)
    expect(judged.stderr).toContain('gaps.yaml: "page desktop" was covered: take it out')
    expect(judged.stderr).toContain('gaps.yaml: "state gone" is not there')
    expect(judged.stdout).toMatch(/^pages .* 1 more with a reason$/m)
    expect(judged.stdout).not.toContain('page commandPrompt')
  })
})

describe('of a change', () => {
  const counters = (counts: Record<string, number>) =>
    JSON.stringify({ oobeCoverage: 1, product: '0.1.0', runs: 1, counts })

  test('is judged against its base: what is new, and with --ratchet what fell', async () => {
    file('now.json', counters({ 'page region': 1 }))
    expect(await call('coverage', 'now.json', '--merge', 'old.json')).toMatchObject({ code: 0 })
    const old = counts('old.json')
    // What the base did not have was not in its counters either.
    const { 'transition network.choosing: user.back → back': gone, ...others } = old.counts as Record<string, number>
    expect(gone).toBe(0)
    file('base.json', counters({ ...others, 'page keyboard': 1 }))
    const judged = await call('coverage', 'now.json', '--base', 'base.json')
    expect(judged.code).toBe(4)
    expect(judged.stderr).toBe('note: transition network.choosing: user.back → back is new, and was not covered\n')
    const fallen = await call('coverage', 'now.json', '--base', 'base.json', '--ratchet')
    const [one, two] = [1, 2].map((covered) => ((covered / PAGE_IDS.length) * 100).toFixed(2))
    expect(fallen.stderr).toContain(`note: pages: ${one} % is below the base, ${two} %\n`)
    file('taken.json', counters({ 'transition network.choosing: user.back → back': 1 }))
    expect(await call('coverage', 'taken.json', '--base', 'base.json')).toMatchObject({ code: 0, stderr: '' })
  })

  test('is written as HTML into a file, and as JSON by --json', async () => {
    file('now.json', counters({ 'page region': 1 }))
    expect(await call('coverage', 'now.json', '--format', 'html', '--out', at('sub/c.html'))).toMatchObject({
      code: 0,
      stdout: '',
    })
    expect(readFileSync(at('sub/c.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<h2>network<\/h2>/)
    expect(JSON.parse((await call('coverage', 'now.json', '--json')).stdout).metrics.pages.covered).toBe(1)
    const [short, long] = [await call('coverage', 'now.json'), await call('coverage', 'now.json', '--all')]
    expect(short.stdout).toMatch(/more are not covered: of guards, .*--all lists them/)
    expect(short.stdout).not.toContain('text network.title')
    expect(long.stdout).toContain('text network.title')
  })

  test('as LCOV is for the built program, which has the lines beside it', async () => {
    file('now.json', counters({}))
    const lcov = await oobe(['coverage', at('now.json'), '--format', 'lcov'])
    expect(lcov).toMatchObject({ code: 0, stderr: '' })
    expect(lcov.stdout).toMatch(/^TN:oobe-sim\nSF:machines\/attestation\/attestation-tries\.ts\nBRDA:\d+,0,0,-\n/)
    expect(lcov.stdout.match(/^BRDA:/gm)!.length).toBeGreaterThan(700)
  })
})

describe('refuses', () => {
  beforeEach(() => {
    file('ours.json', '{"oobeCoverage":1,"product":"0.1.0","runs":0,"counts":{}}')
    file('twice.yaml', 'gaps: [{ what: page a, reason: x }, { what: [page a], reason: y }]')
    file('bad.yaml', 'gaps: [{ what: page a }]')
    file('half.json', '{"oobeCoverage":1')
    mkdirSync(at('empty'))
  })

  test.each<[string[], RegExp]>([
    [[], /ERR_NOT_FOUND: there is no coverage at oobe-results\/coverage\.json/],
    [['nothing.json'], /ERR_NOT_FOUND: there is no coverage at nothing\.json/],
    [['empty'], /ERR_NOT_FOUND: there is no coverage in the folder empty/],
    [['half.json'], /ERR_COVERAGE: half\.json: not JSON/],
    [['ours.json', '--threshold', 'state=3'], /ERR_BAD_ARGUMENTS: --threshold: "state=3" is no threshold/],
    [['ours.json', '--threshold', 'states=101'], /"states=101" is no threshold/],
    [['ours.json', '--format', 'jsno'], /there is no format "jsno"\n {2}Did you mean "json"\?/],
    [['ours.json', '--json', '--format', 'html'], /--json goes without --format html/],
    [['ours.json', '--json', '--all'], /--all is for the text/],
    [['ours.json', '--ratchet'], /--ratchet goes with --base/],
    [['ours.json', '--base', 'half.json'], /ERR_COVERAGE: half\.json: not JSON/],
    [['ours.json', '--gaps', 'none.yaml'], /ERR_NOT_READABLE: none\.yaml cannot be read/],
    [['ours.json', '--gaps', 'twice.yaml'], /ERR_FILE_INVALID: twice\.yaml: "page a" has two reasons/],
    [['ours.json', '--gaps', 'bad.yaml'], /ERR_FILE_INVALID: bad\.yaml:1:8: gaps\.0\.reason is missing/],
  ])('%j', async (args, message) => {
    const ended = await call('coverage', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
