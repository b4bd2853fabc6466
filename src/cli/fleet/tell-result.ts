import { join } from 'node:path'
import { htmlOf } from '../../fleet/html.ts'
import { causeLines, counted, countsText, missingLines, phaseRows } from '../../fleet/lines.ts'
import type { MergedFleet } from '../../fleet/merge.ts'
import { type FleetResult, resultOf } from '../../fleet/result.ts'
import { parseThreshold } from '../../fleet/threshold.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { writeReport } from '../output-folder.ts'
import { print, printNote } from '../print.ts'

/** Judges a fleet, writes its reports and says what came of it. @returns the exit code */
export function tellResult(merged: MergedFleet, out: string, isJson: boolean): number {
  const result = resultOf(merged)
  writeReport(out, 'fleet-result.json', `${JSON.stringify(result, undefined, 2)}\n`)
  const report = writeReport(out, 'fleet-report.html', htmlOf(result))
  if (isJson) print(JSON.stringify(result))
  else for (const line of resultLines(result)) print(line)
  for (const line of result.warnings) printNote(line)
  if (!isJson) print(`report: ${join(report)}`)
  if (merged.totals.bug !== undefined) printNote(`this is a bug in oobe-sim; please report it: ${merged.totals.bug}`)
  return codeOf(result)
}

function resultLines(result: FleetResult): string[] {
  const { title, count, devices, failed, thresholds, repeated, statuses, unanswered, requests } = result
  return [
    `${title}: ${devices} of ${counted(count, 'device')}, ${devices - failed} passed, ${failed} failed`,
    '',
    ...columns(phaseRows(result)),
    '',
    `${requests} requests; answers: ${countsText(statuses)}`,
    ...(Object.keys(unanswered).length > 0 ? [`without an answer: ${countsText(unanswered)}`] : []),
    ...causeLines(result).map((line) => `✗ ${line}`),
    ...thresholds.map(({ text, holds, said }) => `${holds ? '✓' : '✗'} ${text}: ${said}`),
    ...missingLines(result).map((line) => `incomplete: ${line}`),
    ...(repeated.devices > 0
      ? [`${counted(repeated.devices, 'device was', 'devices were')} played more than once, and counted once`]
      : []),
    ...(result.part ? [`part ${result.part.index} of ${result.part.count}: "oobe fleet merge" judges the whole`] : []),
    `digest: ${result.digest}`,
  ]
}

/** What says most about the whole. A device that failed is judged by the thresholds, where one is about that. */
function codeOf({ broken, isComplete, thresholds, failed, part }: FleetResult): number {
  if (broken.bug > 0) return EXIT.bug
  if (!isComplete) return EXIT.incomplete
  if (broken.infrastructure > 0) return EXIT.infrastructure
  // What its devices came to is judged where the parts are together.
  if (part) return EXIT.pass
  if (thresholds.some(({ holds }) => !holds)) return EXIT.threshold
  const isJudged = thresholds.some(({ text }) => parseThreshold(text).measure.kind === 'failed')
  return failed > 0 && !isJudged ? EXIT.scenarioFailed : EXIT.pass
}
