import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { call, file, folder } from './call.ts'

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
    [['ours.json', '--gaps', 'none.yaml'], /ERR_NOT_READABLE: none\.yaml cannot be read/],
    [['ours.json', '--gaps', 'twice.yaml'], /ERR_FILE_INVALID: twice\.yaml: "page a" has two reasons/],
    [['ours.json', '--gaps', 'bad.yaml'], /ERR_FILE_INVALID: bad\.yaml:1:8: gaps\.0\.reason is missing/],
  ])('%j', async (args, message) => {
    const ended = await call('coverage', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
