import { join } from 'node:path'
import { allCharts } from '../../charts/charts.ts'
import { transitionId } from '../../coverage/count-run.ts'
import { type Edge, edgesOf } from '../../coverage/edges.ts'
import { Search } from '../../coverage/suggest/search.ts'
import { type Suggestion, suggestFor } from '../../coverage/suggest/suggest.ts'
import { UserError } from '../../domain/trouble.ts'
import { nearestOnes } from '../../scenario/nearest.ts'
import { resultsFolder } from '../../scenario/project.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions, wholeNumber } from '../options.ts'
import { writeReport } from '../output-folder.ts'
import { print, printNote, printRaw } from '../print.ts'
import { COVERAGE_FILE } from './collect.ts'
import { countersIn } from './counter-files.ts'

const HELP = `oobe coverage suggest [TRANSITION...]   a ready scenario for a transition that no run took

  TRANSITION      a name as "oobe coverage" prints it, in quotes (default: the first ones that were not covered)
  --from FILE     counters: what is not covered in them (default: coverage.json in the folder of the results)
  --most N        so many transitions at most (default 1)
  --runs N        how many changed runs are played for each (default 150)
  --out DIR       writes files suggested-1.yaml and so on; without it they are printed
  --json          for programs

First the scenarios of this folder and the shipped ones are played. Then those that come near the transition are played again with one more
press, event, fault or fact. A scenario is suggested when it was played, passed and took the transition.

exit: 0, 2 bad usage or a bad file, 4 there is no scenario for one of them: the reason is printed`

export async function suggestCommand(args: string[]): Promise<number> {
  const types = {
    from: { type: 'string' },
    most: { type: 'string' },
    runs: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = parseOptions(args, types, 'oobe coverage suggest')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0 && (values.from ?? values.most) !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--from and --most go without the name of a transition')
  }
  const runs = values.runs === undefined ? 150 : wholeNumber('runs', values.runs, 1, 10_000)
  const most = values.most === undefined ? 1 : wholeNumber('most', values.most, 1, 1_000)
  const charts = allCharts()
  const all = charts.flatMap(edgesOf)
  const edges =
    positionals.length > 0
      ? positionals.map((name) => edgeNamed(name, all))
      : uncovered(values.from ?? join(resultsFolder(), COVERAGE_FILE), all).slice(0, most)
  if (edges.length === 0) {
    print('every transition was covered')
    return EXIT.pass
  }
  const search = new Search(charts, { runs })
  const suggestions: Suggestion[] = []
  for (const edge of edges) {
    const one = await suggestFor(search, edge)
    suggestions.push(one)
    if (!values.json) tell(one, suggestions.length, values.out)
  }
  if (values.json) print(JSON.stringify(suggestions.map(plain), undefined, 2))
  return suggestions.every((one) => 'text' in one) ? EXIT.pass : EXIT.threshold
}

const plain = ({ edge, ...rest }: Suggestion) => ({ transition: edge.way, ...rest })

function tell(one: Suggestion, number: number, out: string | undefined): void {
  if ('reason' in one) {
    printNote(`no scenario for "${one.edge.way}": ${one.reason}`)
    return
  }
  if (out === undefined) {
    if (number > 1) print('---')
    printRaw('out', one.text)
    return
  }
  const file = writeReport(join(workingFolder(), out), `suggested-${number}.yaml`, one.text)
  print(`${file}: ${one.edge.way}`)
}

const uncovered = (file: string, all: readonly Edge[]): Edge[] => {
  const counters = countersIn([file])
  return all.filter(({ way }) => counters.of(transitionId(way)) === 0)
}

/** Code `ERR_NOT_FOUND`. */
function edgeNamed(name: string, all: readonly Edge[]): Edge {
  const way = name.replace(/^transition /, '')
  const found = all.find((edge) => edge.way === way)
  if (found) return found
  const near = nearestOnes(
    way,
    all.map((edge) => edge.way),
    3,
  )
  throw new UserError('ERR_NOT_FOUND', `there is no transition "${name}"`, [
    ...(near.length > 0 ? ['Near it are:', ...near.map((one) => `  ${one}`)] : []),
    '"oobe machine show NAME" lists those of a statechart, with their names in "oobe coverage --json"',
  ])
}
