import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { equivalentIn } from '../../src/cli/mutate/equivalent.ts'
import { edgesBy } from '../../src/coverage/edges.ts'
import { mutantName } from '../../src/explore/mutate/mutant-names.ts'
import { planMutants, sampleOf, scoreOf } from '../../src/explore/mutate/mutation.ts'
import { type CoveredCase, type MutantResult, playCovered, playMutant } from '../../src/explore/mutate/play-mutant.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { allMutants, type Mutant } from '../../src/run/mutation/mutants.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** All mutants and all scenarios; without it a sample of both, the same each time. */
const IS_LONG = process.env.OOBE_LONG === '1'

/** Of a hundred mutants that can be noticed, so many are. */
const LEAST = 85

/** The sample: of the scenarios one of so many, and so many mutants. */
const EVERY = 8
const MUTANTS = 50
/** As many scenarios judge one mutant. */
const JUDGES = IS_LONG ? 16 : 8

const COVERAGE = join(import.meta.dirname, '../coverage')
const FURTHER = join(COVERAGE, 'scenarios')

const edgeOf = edgesBy(allCharts())
const name = (mutant: Mutant): string => mutantName(mutant, (machine, edge) => edgeOf(machine, edge)!.way)
const drawn = (mutant: Mutant): number => seededChance(1, 'exploration', name(mutant)).number()

const scenarios = [...namesOf('scenario'), ...readdirSync(FURTHER).map((file) => join(FURTHER, file))]
  .flatMap(loadScenarios)
  .filter((_, index) => IS_LONG || index % EVERY === 0)

test('of the changes of the statecharts that scenarios come to, they notice most', { timeout: 3_600_000 }, async () => {
  // XState warns of much that a changed statechart does.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const cases: CoveredCase[] = []
  for (const { path, id, todo, knownIssue } of scenarios)
    if (todo === undefined && knownIssue === undefined) cases.push(await playCovered({ path, id }))
  const reasons = equivalentIn(join(COVERAGE, 'equivalent-mutants.yaml'))
  const all = allMutants()
  const { jobs } = planMutants(sampleOf(all, all.length, drawn), cases, { most: JUDGES, isGolden: true })
  const killed: MutantResult[] = []
  const survived: MutantResult[] = []
  for (const job of IS_LONG ? jobs : jobs.slice(0, MUTANTS)) {
    const result = await playMutant(job)
    if (result.killedBy !== undefined) killed.push(result)
    else if (!reasons.has(name(job.mutant))) survived.push(result)
  }
  expect(killed.map(({ mutant }) => name(mutant)).filter((one) => reasons.has(one))).toEqual([])
  console.info(`${killed.length} of ${killed.length + survived.length} mutants killed`)
  const left = survived.map(({ mutant }) => name(mutant))
  expect(scoreOf({ killed, survived }), left.join('\n')).toBeGreaterThanOrEqual(LEAST)
  expect(killed.length).toBeGreaterThan(LEAST / 2)
})
