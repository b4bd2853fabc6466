import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { allCharts } from '../../charts/charts.ts'
import { countRun } from '../../coverage/count-run.ts'
import { Counters } from '../../coverage/counters.ts'
import { idsOf } from '../../coverage/coverage-report.ts'
import { detailOf, everything } from '../../coverage/detail.ts'
import { edgesBy } from '../../coverage/edges.ts'
import type { Reporter } from '../../report/reporter.ts'
import { VERSION } from '../../run/version.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { writeReport } from '../output-folder.ts'
import { print } from '../print.ts'
import type { Shard } from '../run/shard.ts'

/** Of a coverage file in a folder. */
export const COVERAGE_FILE = 'coverage.json'

/** A file by its name, or one in a folder; parts of a run have names of their own. */
function fileIn(given: string, shard: Shard | undefined): string {
  if (given.endsWith('.json')) return given
  return join(given, shard ? `coverage-${shard.index}-of-${shard.count}.json` : COVERAGE_FILE)
}

/** Counts what runs have covered, from their journals, and writes the counters at the end. */
export function coverageReporter(given: string, shard: Shard | undefined, say = print): Reporter {
  const counters = new Counters()
  const edgeOf = edgesBy(allCharts())
  const detail = detailOf()
  const file = fileIn(given, shard)
  return {
    onFinished({ journal, broken }) {
      // Of a run that was refused there may be none; infrastructure that failed leaves no whole one.
      if (journal === undefined || broken?.kind === 'infrastructure') return
      const lines = readFileSync(resolve(workingFolder(), journal), 'utf8').split('\n')
      counters.add(countRun(lines, edgeOf, detail))
    },
    onNotPlayed() {},
    onEnd() {
      writeReport(workingFolder(), file, counters.text(VERSION, Object.values(idsOf(everything())).flat()))
      say(`coverage: ${file}, of ${counters.runs} runs ("oobe coverage ${file}" tells what was covered)`)
    },
  }
}
