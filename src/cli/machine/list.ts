import { actorsOf, type Chart, pagesOf, statesFrom, waitingIn } from '../../charts/chart.ts'
import { allCharts } from '../../charts/charts.ts'
import { UserError } from '../../domain/trouble.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'

const HELP = `oobe machine list   the statecharts of the first boot, in the order in which they are run

  --json            the same as JSON: an array of objects`

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe machine list')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `oobe machine list takes no name: ${positionals.join(', ')}`, [
      `Did you mean "oobe machine show ${positionals[0]}"?`,
    ])
  }
  const entries = allCharts().map(entryOf)
  if (values.json) {
    print(JSON.stringify(entries, undefined, 2))
    return EXIT.pass
  }
  const rows = entries.map(({ id, states, pages, endsIn }) => [id, String(states), pages.join(', '), endsIn.join(', ')])
  for (const line of columns([['MACHINE', 'STATES', 'SHOWS', 'ENDS IN'], ...rows])) print(line)
  return EXIT.pass
}

const entryOf = (chart: Chart) => ({
  id: chart.id,
  states: statesFrom(chart).length - 1,
  pages: pagesOf(chart),
  waitsIn: waitingIn(chart),
  runs: actorsOf(chart),
  endsIn: chart.endsIn,
})
