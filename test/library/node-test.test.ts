import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MATCHER_KINDS } from '../../src/domain/expectation-matchers.ts'
import * as assertions from '../../src/library/node-test.ts'
import { runScenario, type ScenarioRun } from '../../src/library/run-scenario.ts'
import { messageOf } from './message-of.ts'

const { not, soft, toEnd, toHaveBoots, toHaveTransitionCoverage, toMatchTrace, toMeet, toReach } = assertions

let run: ScenarioRun
let folder: string
beforeAll(async () => {
  run = await runScenario('surface-wifi-happy-path', { transport: 'direct' })
  folder = mkdtempSync(join(tmpdir(), 'oobe-golden-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('each matcher of Vitest is a function of the same name', () => {
  for (const name of Object.keys(MATCHER_KINDS)) {
    expect(assertions).toHaveProperty(name)
    expect(not).toHaveProperty(name)
  }
})

test('an assertion throws an AssertionError with the story of the run and its journal', () => {
  toEnd(run, 'desktop')
  not.toEnd(run, 'failed')
  const message = messageOf(() => toReach(run, 'privacy'))
  expect(message).toMatch(/^expected the run to reach privacy; it never did; nearest: /)
  const journal = /^journal: (.+)$/m.exec(message)![1]!
  expect(readFileSync(journal, 'utf8').split('\n')[0]).toContain('"scenario":"surface-wifi-happy-path"')
  expect(message).toContain('oobe replay ')
  expect(() => toReach(run, 'privacy')).toThrow(expect.objectContaining({ code: 'ERR_ASSERTION', operator: 'toReach' }))
  expect(messageOf(() => not.toHaveBoots(run, 3))).toMatch(/^did not expect 3 starts, got 3\n/)
  expect(messageOf(() => toMeet(run, { not: { boots: 3 } }))).toMatch(/^did not expect 3 starts, got 3\n/)
})

test('a forgotten await is one clear message', () => {
  const promise = Promise.resolve(run) as never
  expect(messageOf(() => toEnd(promise, 'desktop'))).toBe(
    'toEnd got a promise: write "await" before firstBoot(…) or runScenario(…)',
  )
  expect(messageOf(() => toEnd({} as never, 'desktop'))).toMatch(/^toEnd got no run: /)
})

test('a soft group makes all assertions, and tells all misses', () => {
  const message = messageOf(() =>
    soft(() => {
      toHaveBoots(run, 9)
      toEnd(run, 'desktop')
      toReach(run, 'privacy')
    }),
  )
  expect(message).toMatch(/^2 expectations were missed\n\n1\. expected 9 starts, got 3\n/)
  expect(message).toContain('\n2. expected the run to reach privacy')
  expect(messageOf(() => toHaveBoots(run, 9))).toMatch(/^expected 9 starts, got 3\n/)
})

test('a golden trace is written, compared, and told line by line', () => {
  const file = join(folder, 'below/happy.trace')
  const { CI } = process.env
  process.env.CI = ''
  try {
    toMatchTrace(run, file)
    expect(existsSync(file)).toBe(true)
    toMatchTrace(run, file)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('state network: askingForKey → connecting (user.connect)\n')
    expect(text).toMatch(/<name#1>|<guid#1>/)
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  } finally {
    if (CI === undefined) delete process.env.CI
    else process.env.CI = CI
  }
})

test('what is no percentage, and no metric, is refused', () => {
  expect(messageOf(() => toHaveTransitionCoverage(run, {}))).toMatch(/needs one of states, /)
  expect(messageOf(() => toHaveTransitionCoverage(run, { states: 101 }))).toMatch(/from 0 to 100$/)
  expect(messageOf(() => toHaveTransitionCoverage(run, { edges: 5 } as never))).toMatch(/knows no "edges"/)
  toHaveTransitionCoverage([run, run], { transitions: 5, pages: 20 })
  expect(messageOf(() => toHaveTransitionCoverage(run, { transitions: 99 }))).toMatch(
    /^expected at least 99 % of the transitions; the run covers \d+\.\d % \(\d+\/\d+\)\n\nnot covered:\n {2}transition /,
  )
})
