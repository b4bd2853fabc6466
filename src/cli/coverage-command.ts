import { join, resolve } from 'node:path'
import { chartLines } from '../coverage/chart-lines.ts'
import type { Counters } from '../coverage/counters.ts'
import { type CoverageReport, idsOf, reportOf, type Whole } from '../coverage/coverage-report.ts'
import { everything } from '../coverage/detail.ts'
import { coverageHtml } from '../coverage/html.ts'
import { lcovOf } from '../coverage/lcov.ts'
import { UserError } from '../domain/trouble.ts'
import { VERSION } from '../run/version.ts'
import { nearest } from '../scenario/nearest.ts'
import { projectHere, resultsFolder } from '../scenario/project.ts'
import { readTextFile } from '../scenario/read-text-file.ts'
import { coverageGapsSchema } from '../scenario/schema/coverage-gaps.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { readYaml, SIZE_MAX } from '../scenario/yaml-file.ts'
import { hearActions } from './actions.ts'
import { COVERAGE_FILE } from './coverage/collect.ts'
import { countersIn } from './coverage/counter-files.ts'
import { thresholdsIn, troublesAgainst, troublesOf } from './coverage/judge.ts'
import { coverageMarkdown, coverageText } from './coverage/words.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions, refuseWithout } from './options.ts'
import { writeReport } from './output-folder.ts'
import { print, printNote } from './print.ts'

const HELP = `oobe coverage [FILE...]   what runs have covered: states, transitions, texts, faults and more
oobe coverage suggest     a ready scenario for a transition that no run took

  FILE                counters of "oobe run --coverage FILE", or a folder with several: they are added up
                      (default: coverage.json in the folder of the results)
  --threshold LIST    the least percentage, such as states=100,transitions=97 (default: the project's)
  --gaps FILE         what no run comes to, with the reason; it does not count (default: the project's)
  --base FILE         counters before a change: each transition that is new since then has to be covered
  --ratchet           and no percentage may be lower than that of --base
  --format F          text (default), json, markdown, lcov or html
  --json              as --format json
  --all               in the text: also guards, actors, delays, texts, faults and nodes that were not covered
  --out FILE          writes the report into a file
  --merge FILE        writes the sum of the counters

Each guarded branch of a statechart is a transition. In the numbers a gap with a reason is not covered; a threshold leaves it out.

exit: 0, 2 bad usage or a bad file, 4 below a threshold or the base, or a gap with a reason that was covered or is unknown`

interface Told {
  report: CoverageReport
  whole: Whole
  counters: Counters
  isWhole: boolean
}

const FORMATS: Readonly<Record<string, (told: Told) => string>> = {
  text: ({ report, isWhole }) => coverageText(report, isWhole).join('\n'),
  json: ({ report }) => JSON.stringify(report, null, 2),
  markdown: ({ report }) => coverageMarkdown(report),
  lcov: ({ whole, counters }) => lcovOf(whole.charts, counters, chartLines()),
  html: ({ report, whole, counters }) => coverageHtml(report, whole.charts, counters),
}

const ACTIONS = {
  suggest: {
    operands: '[TRANSITION...]',
    summary: 'a ready scenario for a transition that no run took',
    load: async () => ({ run: (await import('./coverage/suggest-command.ts')).suggestCommand }),
  },
}

/** A file of the name "suggest" is `./suggest`. */
export async function coverageCommand(args: string[]): Promise<number> {
  hearActions(ACTIONS)
  if (args[0] === 'suggest') return (await ACTIONS.suggest.load()).run(args.slice(1))
  return report(args)
}

function report(args: string[]): number {
  const types = {
    threshold: { type: 'string', multiple: true },
    gaps: { type: 'string' },
    base: { type: 'string' },
    ratchet: { type: 'boolean' },
    format: { type: 'string' },
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    out: { type: 'string' },
    merge: { type: 'string' },
  } as const
  const { values, positionals } = parseOptions(args, types, 'oobe coverage')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  refuseWithout(values, 'ratchet', 'base')
  const name = formatNameOf(values.format, values.json === true)
  if (values.all && name !== 'text') {
    throw new UserError('ERR_BAD_ARGUMENTS', '--all is for the text: the other formats have everything')
  }
  const format = formatNamed(name)
  const settings = projectHere()?.config.coverage
  const thresholds = values.threshold ? thresholdsIn(values.threshold) : (settings?.thresholds ?? {})
  const gaps = values.gaps ?? settings?.gaps
  const reasons = gaps === undefined ? new Map<string, string>() : reasonsIn(gaps)
  const counters = countersIn(positionals.length > 0 ? positionals : [join(resultsFolder(), COVERAGE_FILE)])
  const base = values.base === undefined ? undefined : countersIn([values.base])
  const whole = everything()
  const found = reportOf(counters, whole, reasons)
  const text = format({ report: found, whole, counters, isWhole: values.all === true }).trimEnd()
  if (values.out === undefined) print(text)
  else writeReport(workingFolder(), values.out, `${text}\n`)
  if (values.merge !== undefined) {
    writeReport(workingFolder(), values.merge, counters.text(VERSION, Object.values(idsOf(whole)).flat()))
  }
  const troubles = [
    ...troublesOf(found, thresholds, gaps ?? ''),
    ...(base ? troublesAgainst(found, base, values.ratchet === true) : []),
  ]
  for (const line of troubles) printNote(line)
  return troubles.length === 0 ? EXIT.pass : EXIT.threshold
}

/** Code `ERR_BAD_ARGUMENTS`. */
function formatNameOf(format: string | undefined, isJson: boolean): string {
  if (!isJson) return format ?? 'text'
  if (format === undefined || format === 'json') return 'json'
  throw new UserError('ERR_BAD_ARGUMENTS', `--json goes without --format ${format}`)
}

function formatNamed(name: string): (told: Told) => string {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
  if (found) return found
  const near = nearest(name, Object.keys(FORMATS))
  throw new UserError('ERR_BAD_ARGUMENTS', `there is no format "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${Object.keys(FORMATS).join(', ')}`,
  ])
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
