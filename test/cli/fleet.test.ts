import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GOOD_PLAN } from '../fleet/plans.ts'
import { temporaryFolder } from './files.ts'
import { oobe, start } from './program.ts'

/** A folder with a plan. */
function scene(...changes: [from: string | RegExp, to: string][]): string {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'plan.yaml'),
    changes.reduce((text, [from, to]) => text.replace(from, to), GOOD_PLAN),
  )
  return folder
}

interface Result {
  digest: string
  devices: number
  passed: number
  isComplete: boolean
  warnings: string[]
  thresholds: { text: string; holds: boolean }[]
}

const resultIn = (folder: string): Result =>
  JSON.parse(readFileSync(join(folder, 'fleet-result.json'), 'utf8')) as Result
const segmentsIn = (folder: string): string[] => readdirSync(join(folder, 'segments')).sort()

test('a fleet is the same in one process, in two, and in parts that are merged in any order', async () => {
  const folder = scene()
  const one = await oobe(['fleet', 'plan.yaml', '--workers', '1', '--out', 'one'], folder)
  expect(one.code).toBe(0)
  expect(one.stdout).toContain('A class: 12 of 12 devices, 12 passed, 0 failed')
  expect(one.stdout).toContain('✓ failed == 0: 0')
  const two = await oobe(['fleet', 'plan.yaml', '--workers', '2', '--out', 'two', '--json'], folder)
  expect(two.code).toBe(0)
  expect((JSON.parse(two.stdout) as Result).digest).toBe(resultIn(join(folder, 'one')).digest)
  for (const shard of [3, 1]) {
    const part = await oobe(['fleet', 'plan.yaml', '--shard', `${shard}/3`, '--out', `parts/${shard}`], folder)
    expect([part.code, part.stdout.includes('"oobe fleet merge" judges the whole')]).toEqual([0, true])
  }
  const lacking = await oobe(['fleet', 'merge', 'parts', '--out', 'merged'], folder)
  expect([lacking.code, lacking.stdout.includes('incomplete: shard 2 is missing')]).toEqual([5, true])
  await oobe(['fleet', 'plan.yaml', '--shard', '2/3', '--out', 'parts/2'], folder)
  expect((await oobe(['fleet', 'merge', 'parts', '--out', 'merged'], folder)).code).toBe(0)
  expect(resultIn(join(folder, 'merged')).digest).toBe(resultIn(join(folder, 'one')).digest)
})

test('an interrupted fleet writes what is there, and is continued to the same result', async () => {
  const folder = scene(['batch: 3', 'batch: 1'])
  await oobe(['fleet', 'plan.yaml', '--out', 'whole'], folder)
  const { child, ended } = start(['fleet', 'plan.yaml', '--workers', '2', '--out', 'out'], folder)
  await untilSegments(join(folder, 'out'), 4)
  child.kill('SIGINT')
  const stopped = await ended
  expect(stopped.code).toBe(130)
  expect(stopped.stdout).toContain('incomplete: ')
  const before = resultIn(join(folder, 'out'))
  expect([before.isComplete, before.devices > 0, before.devices < 12]).toEqual([false, true, true])
  const refused = await oobe(['fleet', 'plan.yaml', '--out', 'out'], folder)
  expect([refused.code, refused.stderr]).toEqual([
    2,
    'error ERR_FLEET_UNFINISHED: out holds a fleet that was interrupted\n  --resume plays what is left of it; --out names another folder\n',
  ])
  expect((await oobe(['fleet', 'plan.yaml', '--out', 'out', '--resume'], folder)).code).toBe(0)
  expect(resultIn(join(folder, 'out')).digest).toBe(resultIn(join(folder, 'whole')).digest)
})

async function untilSegments(out: string, count: number): Promise<void> {
  const segments = join(out, 'segments')
  while (!existsSync(segments) || readdirSync(segments).length < count)
    await new Promise((done) => setTimeout(done, 20))
}

test('a plan that has changed is not resumed', async () => {
  const folder = scene()
  await oobe(['fleet', 'plan.yaml', '--out', 'out'], folder)
  rmSync(join(folder, 'out', 'segments', segmentsIn(join(folder, 'out'))[1]!))
  writeFileSync(join(folder, 'plan.yaml'), GOOD_PLAN.replace('seed: 7', 'seed: 8'))
  const { code, stderr } = await oobe(['fleet', 'plan.yaml', '--out', 'out', '--resume'], folder)
  expect([code, stderr.split('\n')[0]]).toEqual([
    2,
    'error ERR_FLEET_OTHER: out holds another fleet: the plan, its files or this program have changed',
  ])
})

test('thresholds decide: 4 when one does not hold, also where devices failed', async () => {
  const folder = scene(['[alice, ben]', '[carla]'], ['count: 12', 'count: 2'], ['[failed == 0]', '[failed < 10%]'])
  const { code, stdout } = await oobe(['fleet', 'plan.yaml', '--out', 'out'], folder)
  expect(code).toBe(4)
  expect(stdout).toContain('✗ failed < 10%: 100.00%')
  expect(stdout).toContain('the user has no licence for device management (0x80180018)')
  const without = scene(['[alice, ben]', '[carla]'], ['count: 12', 'count: 1'], [/thresholds.*\n/, ''])
  expect((await oobe(['fleet', 'plan.yaml', '--out', 'out'], without)).code).toBe(1)
})

test('devices that are to start at a rate do, and one that is late is named', async () => {
  const folder = scene(
    ['closed: { atOnce: 2 }', 'burst: { size: 12, every: 1s }'],
    ['[failed == 0]', '[max(lag) < 1ms]'],
  )
  const { code, stdout } = await oobe(['fleet', 'plan.yaml', '--workers', '1', '--out', 'out', '--json'], folder)
  expect(code).toBe(4)
  const result = JSON.parse(stdout) as Result & { times: { lag: { max: number; count: number } } }
  expect(result.times.lag.count).toBe(12)
  expect(result.times.lag.max).toBeGreaterThan(1)
})

test('a plan that is larger than the machine is refused with the figure, and nothing is begun', async () => {
  const folder = scene(['count: 12', 'count: 9000000'], ['atOnce: 2', 'atOnce: 9000000'])
  const { code, stderr } = await oobe(['fleet', 'plan.yaml', '--out', 'out'], folder)
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^error ERR_FLEET_TOO_LARGE: plan.yaml: 9000000 devices at once need 90\d{5} MB of memory, and there are \d+ MB free\n/,
  )
  expect(existsSync(join(folder, 'out'))).toBe(false)
})

test('the page of the report has no text of others but as text', async () => {
  const folder = scene(['title: A class', 'title: "</title><script>alert(1)</script>"'], ['count: 12', 'count: 1'])
  await oobe(['fleet', 'plan.yaml', '--out', 'out'], folder)
  const html = readFileSync(join(folder, 'out', 'fleet-report.html'), 'utf8')
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain("default-src 'none'")
})

test('files with the devices of a plan: each at most 500, all hashes different', async () => {
  const folder = scene(['count: 12', 'count: 501'])
  const { code } = await oobe(['fleet', 'plan.yaml', '--hashes', 'csv'], folder)
  expect([code, readdirSync(join(folder, 'csv')).sort()]).toEqual([0, ['devices-0001.csv', 'devices-0002.csv']])
  const rows = readdirSync(join(folder, 'csv')).flatMap((name) =>
    readFileSync(join(folder, 'csv', name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1),
  )
  expect([rows.length, new Set(rows.map((row) => row.split(',')[2])).size]).toEqual([501, 501])
})

test.each([
  [['fleet'], 'ERR_BAD_ARGUMENTS: which plan?'],
  [['fleet', 'a.yaml', 'b.yaml'], 'ERR_BAD_ARGUMENTS: oobe fleet takes one plan'],
  [['fleet', 'merge'], 'ERR_BAD_ARGUMENTS: which folders?'],
  [['fleet', 'merge', 'nowhere'], 'ERR_NOT_FOUND: there is no folder nowhere'],
  [['fleet', 'merge', 'x', '--workers', '2'], 'ERR_BAD_ARGUMENTS: --workers does not go with "oobe fleet merge"'],
  [['fleet', 'plan.yaml', '--shard', '4/3'], 'ERR_BAD_ARGUMENTS: "4/3" is no shard'],
  [['fleet', 'plan.yaml', '--resume', '--out', 'empty'], 'ERR_NOT_FOUND: empty holds no fleet to resume'],
  [['fleet', 'nowhere.yaml'], 'ERR_NOT_READABLE: nowhere.yaml cannot be read'],
])('refuses %j', async (args, message) => {
  const { code, stderr } = await oobe(args, scene())
  expect([code, stderr.slice(0, `error ${message}`.length)]).toEqual([2, `error ${message}`])
})
