import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { allCharts } from '../charts/charts.ts'
import { METRICS, type Metric } from '../coverage/count-run.ts'
import { Counters, readCoverage } from '../coverage/counters.ts'
import { type CoverageReport, reportOf } from '../coverage/coverage-report.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import { PAGE_IDS } from '../domain/pages.ts'
import { UserError } from '../domain/trouble.ts'
import { EVENT_KINDS } from '../events/event-kinds.ts'
import { VERSION } from '../run/version.ts'
import { nearest } from '../scenario/nearest.ts'
import { projectHere, resultsFolder } from '../scenario/project.ts'
import { readTextFile } from '../scenario/read-text-file.ts'
import { isFolder } from '../scenario/scenario-files.ts'
import { coverageGapsSchema } from '../scenario/schema/coverage-gaps.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { readYaml, SIZE_MAX } from '../scenario/yaml-file.ts'
import { COVERAGE_FILE } from './coverage/collect.ts'
import { coverageMarkdown, coverageText } from './coverage/words.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions } from './options.ts'
import { writeReport } from './output-folder.ts'
import { print, printNote } from './print.ts'

const HELP = `oobe coverage [FILE...]   what runs have covered: states, transitions, pages, events, operations

  FILE                counters of "oobe run --coverage FILE", or a folder with several: they are added up
                      (default: coverage.json in the folder of the results)
  --threshold LIST    the least percentage, such as states=100,transitions=97 (default: the project's)
  --gaps FILE         what no run comes to, with the reason; it does not count (default: the project's)
  --format F          text (default), json or markdown
  --merge FILE        writes the sum of the counters

Each guarded branch of a statechart is a transition. In the numbers a gap with a reason is not covered; a threshold leaves it out.

exit: 0, 2 bad usage or a bad file, 4 below a threshold, or a gap with a reason that was covered or is unknown`

const FORMATS: Readonly<Record<string, (report: CoverageReport) => string>> = {
  text: (report) => coverageText(report).join('\n'),
  json: (report) => JSON.stringify(report, null, 2),
  markdown: coverageMarkdown,
}

export function coverageCommand(args: string[]): number {
  const types = {
    threshold: { type: 'string', multiple: true },
    gaps: { type: 'string' },
    format: { type: 'string' },
    merge: { type: 'string' },
  } as const
  const { values, positionals } = parseOptions(args, types, 'oobe coverage')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const format = formatNamed(values.format ?? 'text')
  const settings = projectHere()?.config.coverage
  const thresholds = values.threshold ? thresholdsIn(values.threshold) : (settings?.thresholds ?? {})
  const gaps = values.gaps ?? settings?.gaps
  const reasons = gaps === undefined ? new Map<string, string>() : reasonsIn(gaps)
  const counters = countersIn(positionals)
  const report = reportOf(counters, whole(), reasons)
  print(format(report).trimEnd())
  if (values.merge !== undefined) writeReport(workingFolder(), values.merge, counters.text(VERSION))
  return judge(report, thresholds, gaps ?? '')
}

/** All that can be covered. Operations are those at which a fault can bite. */
const whole = () => ({
  charts: allCharts(),
  pages: PAGE_IDS,
  events: EVENT_KINDS,
  operations: [
    ...new Set(FAULTS.flatMap(({ bites }) => ('requests' in bites ? bites.requests : [])).map(operationFamily)),
  ].sort(),
})

const operationFamily = (operation: string): string => operation.replace(/ session.*/, '')

function formatNamed(name: string): (report: CoverageReport) => string {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
  if (found) return found
  const near = nearest(name, Object.keys(FORMATS))
  throw new UserError('ERR_BAD_ARGUMENTS', `there is no format "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${Object.keys(FORMATS).join(', ')}`,
  ])
}

type Thresholds = Partial<Record<Metric, number | undefined>>

/** Code `ERR_BAD_ARGUMENTS`. */
function thresholdsIn(options: readonly string[]): Thresholds {
  const parts = options.flatMap((option) => option.split(','))
  return Object.fromEntries(
    parts.map((part): [string, number] => {
      const [metric = '', value = ''] = part.split('=')
      const percent = Number(value)
      const isMetric = (METRICS as readonly string[]).includes(metric)
      if (isMetric && /^\d+(\.\d+)?$/.test(value) && percent <= 100) return [metric, percent]
      throw new UserError('ERR_BAD_ARGUMENTS', `--threshold: "${part}" is no threshold`, [
        `One of ${METRICS.join(', ')}, and a percentage: transitions=97`,
      ])
    }),
  )
}

/** Codes as `readTextFile` and `readYaml`; `ERR_FILE_INVALID` for what has two reasons. */
function reasonsIn(file: string): Map<string, string> {
  const text = readTextFile(resolve(workingFolder(), file), file, SIZE_MAX)
  const reasons = new Map<string, string>()
  for (const { what, reason } of readYaml(file, text, coverageGapsSchema).gaps) {
    for (const one of [what].flat()) {
      if (reasons.has(one)) throw new UserError('ERR_FILE_INVALID', `${file}: "${one}" has two reasons`)
      reasons.set(one, reason)
    }
  }
  return reasons
}

/** Codes `ERR_NOT_FOUND`, `ERR_COVERAGE`. */
function countersIn(operands: readonly string[]): Counters {
  const given = operands.length > 0 ? operands : [join(resultsFolder(), COVERAGE_FILE)]
  const counters = new Counters()
  for (const file of new Set(given.flatMap(filesOf))) {
    const { counts, runs, product } = readCoverage(readFileSync(resolve(workingFolder(), file), 'utf8'), file)
    if (product !== VERSION) printNote(`${file} was written by oobe-sim ${product}, and this is ${VERSION}`)
    counters.add(counts, runs)
  }
  return counters
}

function filesOf(operand: string): string[] {
  const path = resolve(workingFolder(), operand)
  if (!existsSync(path)) {
    throw new UserError('ERR_NOT_FOUND', `there is no coverage at ${operand}`, [
      `"oobe run --coverage ${operand}" makes it`,
    ])
  }
  if (!isFolder(path)) return [operand]
  const names = readdirSync(path).filter((name) => /^coverage.*\.json$/.test(name))
  if (names.length > 0) return names.sort().map((name) => join(operand, name))
  throw new UserError('ERR_NOT_FOUND', `there is no coverage in the folder ${operand}`)
}

/** What is below its threshold, and gaps that are none. */
function judge({ metrics, stale }: CoverageReport, thresholds: Thresholds, gaps: string): number {
  const low = METRICS.flatMap((metric) => {
    const least = thresholds[metric]
    const { percent } = metrics[metric]
    return least !== undefined && percent < least ? [`${metric}: ${percent.toFixed(1)} % is below ${least} %`] : []
  })
  const wrong = stale.map(({ what, why }) =>
    why === 'covered'
      ? `${gaps}: "${what}" was covered: take it out`
      : `${gaps}: "${what}" is not there: it was renamed, or taken away`,
  )
  for (const line of [...low, ...wrong]) printNote(line)
  return low.length + wrong.length === 0 ? EXIT.pass : EXIT.threshold
}
