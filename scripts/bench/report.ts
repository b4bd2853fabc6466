import { readFileSync } from 'node:fs'
import { specIn } from '../../src/journal/story.ts'
import { filmOf } from '../../src/report/film/film.ts'
import { finishedOf } from '../../src/report/finished.ts'
import { htmlReport, type ReportedRun } from '../../src/report/html/report.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** One run as a film, in both forms, and many runs as one page. Arguments: how many runs, and the files of the viewer. */
const [count, script, charts] = [Number(process.argv[2]), readFileSync(process.argv[3]!, 'utf8'), process.argv[4]!]
const FILMS = 21

const runs: ReportedRun[] = []
const scenarios = ['surface-wifi-happy-path', 'app-fails-try-again', 'not-registered', 'server-never-finishes'].flatMap(
  loadScenarios,
)
for (let run = 0; run < count; run++) {
  const scenario = scenarios[run % scenarios.length]!
  const { journal } = await runScenario(scenario, { seed: run, transport: 'direct' })
  const about = { id: `${scenario.id}-${run}`, file: scenario.file, title: scenario.title }
  runs.push({ finished: finishedOf(about, { realMs: 0, journal }), entries: journal })
}

const [{ entries }] = runs as [ReportedRun, ...ReportedRun[]]
const times: number[] = []
for (let film = 0; film < FILMS; film++) {
  const startedAt = performance.now()
  const made = filmOf(entries, specIn(entries)!, { size: { columns: 80, rows: 24 } })!
  made.cast()
  made.animated({ speed: 60, leastMs: 700, mostMs: 2_500 })
  times.push(performance.now() - startedAt)
}
const parts = { script, charts: JSON.parse(readFileSync(charts, 'utf8')).charts }
const startedAt = performance.now()
const html = htmlReport(runs, parts, '0.0.0')
const htmlMs = performance.now() - startedAt
console.log(
  JSON.stringify({
    film: { first: times[0]!, median: times.toSorted((a, b) => a - b)[FILMS >> 1]! },
    html: { runs: count, ms: htmlMs, mb: html.length / 2 ** 20 },
  }),
)
