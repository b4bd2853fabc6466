import { parseArgs } from 'node:util'

export const HELP = `npm run bench [-- OPTIONS]    measures the product and prints a Markdown table
npm run bench -- --compare REV [OPTIONS]    measures this tree and a revision in turn, and prints the ratios

  --quick            5 rounds instead of 15, and fewer devices
  --parked N         so many devices that wait at a page (default: 2000)
  --served N         so many devices in the school of one server (default: 10000; with --quick: 2000)
  --compare REV      a commit, branch or tag of this repository
  --rounds N         rounds of the comparison (default: 7; with --quick: 3)
  --at-most RATIO    exit code 4 when a warm device takes more than this, as a ratio to REV: 1.1 is 10 % more
  --history FILE     one more line of JSON at the end of this file, with what was compared
  --help             this text

No number fails without --at-most. Times are those of the processor: other work on the machine disturbs them less.`

const OPTIONS = {
  quick: { type: 'boolean' },
  parked: { type: 'string' },
  served: { type: 'string' },
  compare: { type: 'string' },
  rounds: { type: 'string' },
  'at-most': { type: 'string' },
  history: { type: 'string' },
  help: { type: 'boolean' },
}

const ONLY_COMPARED = ['rounds', 'at-most', 'history']

/** What is asked for; a string says what is wrong with it. */
export function readArguments(args) {
  let values
  try {
    values = parseArgs({ args, options: OPTIONS }).values
  } catch (error) {
    return error.message
  }
  const without = ONLY_COMPARED.find((name) => values[name] !== undefined && values.compare === undefined)
  if (without) return `--${without} is for --compare REV`
  const alone = ['parked', 'served'].find((name) => values[name] !== undefined && values.compare !== undefined)
  if (alone) return `--${alone} is not compared`
  const isQuick = values.quick === true
  const parked = wholeNumber(values.parked ?? '2000')
  const served = wholeNumber(values.served ?? (isQuick ? '2000' : '10000'))
  const rounds = wholeNumber(values.rounds ?? (isQuick ? '3' : '7'))
  const atMost = values['at-most'] === undefined ? undefined : Number(values['at-most'])
  if (parked === undefined) return '--parked: a whole number, 1 or more'
  if (served === undefined || served < 200) return '--served: a whole number, 200 or more'
  if (rounds === undefined) return '--rounds: a whole number, 1 or more'
  if (atMost !== undefined && !(atMost > 0)) return '--at-most: a ratio, such as 1.1'
  return {
    isHelp: values.help === true,
    isQuick,
    parked,
    served,
    compare: values.compare,
    rounds,
    atMost,
    history: values.history,
  }
}

const wholeNumber = (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined)
