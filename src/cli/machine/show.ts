import type { Chart } from '../../charts/chart.ts'
import { chartText } from '../../charts/chart-text.ts'
import { allCharts } from '../../charts/charts.ts'
import { mermaidOf } from '../../charts/mermaid.ts'
import { UserError } from '../../domain/trouble.ts'
import { nearest } from '../../scenario/nearest.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'

const HELP = `oobe machine show NAME   a statechart: its states, what leads from one to the next, and how it can end

  --format F             text (default), mermaid: a state diagram, or json
  --json                 as --format json

In the text, "#4 user.next [hasKey] → connected / conclude" is transition 4, as "taken" of a journal counts it: its event,
its guard, the state that it leads to, and its actions.`

const FORMATS: Record<string, (chart: Chart) => string> = {
  text: chartText,
  mermaid: mermaidOf,
  json: (chart) => JSON.stringify(chart, undefined, 2),
}

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { format: { type: 'string' }, json: { type: 'boolean' } },
    'oobe machine show',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (values.json && values.format !== undefined && values.format !== 'json') {
    throw new UserError('ERR_BAD_ARGUMENTS', `--json goes without --format ${values.format}`)
  }
  const format = formatOf(values.json ? 'json' : (values.format ?? 'text'))
  print(format(oneChart(positionals)))
  return EXIT.pass
}

function formatOf(name: string): (chart: Chart) => string {
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
  if (format) return format
  throw new UserError('ERR_BAD_ARGUMENTS', `there is no format "${name}"`, [hintOf(name, Object.keys(FORMATS))])
}

/** Code `ERR_NOT_FOUND` for a name that no statechart has. */
function oneChart([name, ...more]: string[]): Chart {
  const charts = allCharts()
  const names = charts.map(({ id }) => id)
  if (name === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'which statechart?', [`There are: ${names.join(', ')}`])
  }
  if (more.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `one statechart at a time: ${[name, ...more].join(', ')}`)
  }
  const found = charts.find(({ id }) => id === name)
  if (found) return found
  throw new UserError('ERR_NOT_FOUND', `there is no statechart "${name}"`, [hintOf(name, names)])
}

function hintOf(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  return near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}`
}
