import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allCharts } from '../src/charts/charts.ts'
import { countRun } from '../src/coverage/count-run.ts'
import { Counters } from '../src/coverage/counters.ts'
import { reportOf } from '../src/coverage/coverage-report.ts'
import { detailOf, everything } from '../src/coverage/detail.ts'
import { edgesBy } from '../src/coverage/edges.ts'
import type { JournalEntry } from '../src/domain/journal.ts'
import { flawOf } from '../src/journal/schema.ts'
import { seenText } from '../src/journal/seen.ts'
import { journalText } from '../src/journal/writer.ts'
import { namesOf } from '../src/scenario/library.ts'
import { runScenario } from '../src/scenario/run-scenario.ts'
import { loadScenarios } from '../src/scenario/scenario.ts'
import { coverageGapsSchema } from '../src/scenario/schema/coverage-gaps.ts'
import { readYaml } from '../src/scenario/yaml-file.ts'

/** `npm run golden` plays each run once, by a call: what is seen is the same over each way. */
const IS_GOLDEN = process.env.OOBE_GOLDEN === '1'

/** What no shipped scenario comes to: for the coverage alone, below test/coverage/scenarios. */
const FURTHER = join(import.meta.dirname, 'coverage/scenarios')

const shipped = namesOf('scenario').flatMap(loadScenarios)
const further = readdirSync(FURTHER)
  .sort()
  .flatMap((name) => loadScenarios(join(FURTHER, name)))
// Of a way that is taken for the coverage alone, no setting has to matter.
const scenarios = [...shipped.map((one) => [one, true] as const), ...further.map((one) => [one, false] as const)]

const counters = new Counters()
const edgeOf = edgesBy(allCharts())
const detail = detailOf()

// Every shipped scenario is a test the moment it exists, over the way that the commands use.
test.each(scenarios.map(([scenario, checkSettings]) => [scenario.id, scenario, checkSettings] as const))(
  '%s does what it expects',
  async (_, scenario, isChecked) => {
    const checkSettings = isChecked && !IS_GOLDEN
    const transport = IS_GOLDEN ? 'direct' : 'msw'
    const result = await runScenario(scenario, { seed: scenario.seed ?? 1, transport, checkSettings })
    counters.add(countRun(journalText(result.journal).split('\n'), edgeOf, detail))
    expect(result.failures).toEqual([])
    expect(result.journal.flatMap((entry) => flawOf(entry) ?? [])).toEqual([])
    // What is seen of it is as it was: "npm run golden" takes over what is meant to be otherwise.
    expect(seenText(result)).toMatchSnapshot()
    // None comes near a limit: a run that does is one without an end.
    const { starts, entries, journalBytes, requests, deviceTimeMs } = scenario.limits
    expect(result.journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length).toBeLessThan(
      starts / 4,
    )
    expect(result.journal.length).toBeLessThan(entries / 50)
    expect(journalText(result.journal).length).toBeLessThan(journalBytes / 50)
    expect(result.journal.filter(({ kind }) => kind === 'request').length).toBeLessThan(requests / 10)
    expect(switchedOn(result.journal, result.durationMs)).toBeLessThan(deviceTimeMs / 20)
  },
)

/** Virtual milliseconds in which the device was not off. */
function switchedOn(journal: readonly JournalEntry[], durationMs: number): number {
  let [total, since] = [0, 0]
  for (const entry of journal) {
    if (entry.kind !== 'power') continue
    if (entry.event === 'on') since = entry.at
    else {
      total += since < 0 ? 0 : entry.at - since
      since = -1
    }
  }
  return total + (since < 0 ? 0 : durationMs - since)
}

/** Of all transitions, those with a reason included. */
const TRANSITIONS_LEAST = 97

// A part of the scenarios, as `-t` plays them, says nothing.
test('together they come everywhere, and what they do not come to has its reason', ({ skip }) => {
  if (counters.runs < scenarios.length) skip()
  const text = readFileSync(join(import.meta.dirname, 'coverage/gaps.yaml'), 'utf8')
  const { gaps } = readYaml('gaps.yaml', text, coverageGapsSchema)
  const reasons = new Map(gaps.flatMap(({ what, reason }) => [what].flat().map((one) => [one, reason] as const)))
  const { metrics, stale } = reportOf(counters, everything(), reasons)
  expect(stale).toEqual([])
  for (const metric of ['states', 'transitions', 'pages', 'events', 'operations'] as const) {
    expect(metrics[metric].missing, metric).toEqual([])
  }
  const { covered, total } = metrics.transitions
  expect((covered / total) * 100).toBeGreaterThanOrEqual(TRANSITIONS_LEAST)
})
