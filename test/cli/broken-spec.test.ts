import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { call, folder } from './call.ts'
import { HAPPY_PATH } from './files.ts'

vi.mock('../../src/scenario/spec-of.ts', async (load) => {
  const real = await load<typeof import('../../src/scenario/spec-of.ts')>()
  const specOf = (scenario: Scenario, seed: number) => {
    if (scenario.id === HAPPY_PATH) throw new RangeError('a date that no check has seen')
    return real.specOf(scenario, seed)
  }
  return { ...real, specOf }
})

test('a bug before a run begins loses nothing: the others are played and reported', { timeout: 60_000 }, async () => {
  const out = join(folder, 'out')
  const args = [HAPPY_PATH, 'not-registered', '--transport', 'direct', '--reporter', 'list,junit', '--out', out]
  const { code, stdout, stderr } = await call('run', ...args)
  expect(code).toBe(70)
  expect(stdout).toContain(
    `! ${HAPPY_PATH}\n    ERR_BUG: a bug in oobe-sim: a date that no check has seen\n✓ not-registered`,
  )
  expect(stderr).toMatch(/^This is a bug in oobe-sim.*\nRangeError: a date that no check has seen\n/s)
  expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain('tests="2" failures="0" errors="1"')
})
