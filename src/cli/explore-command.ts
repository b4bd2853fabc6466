import { basename } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import type { OrderResult } from '../explore/order.ts'
import { exploreRaces, type Races } from '../explore/races.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { type PinnedAnswer, pinnedOrder } from '../scenario/pinned-order.ts'
import { loadScenarios } from '../scenario/scenario.ts'
import { refuseExisting, writeWhole } from './device/write-new-file.ts'
import { EXIT } from './exit-codes.ts'
import { orderPlayers } from './explore/order-players.ts'
import { parseOptions, parseSeed, parseWorkers, wholeNumber } from './options.ts'
import { print, printRaw } from './print.ts'
import { stopOnSignals } from './stopping.ts'

const HELP = `oobe explore --races SCENARIO   a scenario in other orders than its own: does one break what it expects?

  SCENARIO          a name from scenarios/, or a path; of a matrix its first case
  --runs N          orders at most (default: 1000)
  --depth N         so many answers differ from the usual order, at most, before orders are drawn (default: 2)
  --seed N          the same seed gives the same orders (default: that of the scenario, or 1)
  --workers N       processes that play side by side (default: as many as there are cores)
  --out FILE        the smallest order that breaks as a scenario: its choices are pinned; - is standard output
  --force           replaces FILE
  --json            the result for programs

Two things that can happen at one moment, or within the jitter of the network, can happen in either order: the seed chooses.
Orders that no part of the run can tell from each other count once. The expectations and the invariants are the judge.

exit: 0 none broke, 1 one broke, 2 bad usage or a bad file, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

const OPTIONS = {
  races: { type: 'boolean' },
  runs: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const
const RUNS_MAX = 1_000_000
const DEPTH_MAX = 20

export async function exploreCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe explore')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1 || !values.races) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe explore takes --races and one scenario', [
      'oobe explore --races SCENARIO',
    ])
  }
  if (values.out !== undefined && values.out !== '-') refuseExisting(values.out, values.out, values.force === true)
  const runs = values.runs === undefined ? 1_000 : wholeNumber('runs', values.runs, 1, RUNS_MAX)
  const depth = values.depth === undefined ? 2 : wholeNumber('depth', values.depth, 0, DEPTH_MAX)
  const workers = values.workers === undefined ? undefined : parseWorkers(values.workers)
  const [scenario] = loadScenarios(name)
  const seed = values.seed === undefined ? (scenario!.seed ?? 1) : parseSeed(values.seed)
  const chance = seededChance(seed, 'exploration')
  const stopping = stopOnSignals()
  const players = orderPlayers(workers, stopping)
  try {
    const draw = (below: number): number => chance.integer(below)
    const races = await exploreRaces({ scenario: name, id: scenario!.id, seed, runs, depth, draw, play: players.play })
    tell(races, name, values.json === true)
    if (races.broken && values.out !== undefined) write(name, races.broken, values.out)
    return stopping.code ?? codeOf(races)
  } finally {
    players.end()
    stopping.release()
  }
}

function codeOf({ broken }: Races): number {
  if (!broken) return EXIT.pass
  return broken.bug === undefined ? EXIT.scenarioFailed : EXIT.bug
}

function tell(races: Races, scenario: string, isJson: boolean): void {
  if (isJson) {
    const { usual, broken, ...counts } = races
    const found = broken && { order: broken.job.order, answers: answersOf(broken), failures: broken.failures }
    print(JSON.stringify({ scenario, choices: usual.choices.length, ...counts, ...(found ? { broken: found } : {}) }))
    return
  }
  const { usual, runs, broken } = races
  print(
    `${scenario}: ${counted(usual.choices.length, 'choice')}, ${counted(runs, 'order')} played: ${coveredText(races)}`,
  )
  if (!broken) {
    print('✓ none broke what the scenario expects')
    return
  }
  const answers = answersOf(broken)
  print(
    `✗ ${answers.length === 0 ? 'the usual order breaks' : `an order with ${counted(answers.length, 'other answer')} breaks`} what the scenario expects`,
  )
  for (const { choice, answer, of } of answers) print(`    choice ${choice}: ${of[answer]} first, of: ${of.join('; ')}`)
  for (const failure of broken.failures) print(`    ${failure}`)
  if (broken.bug !== undefined) print(broken.bug)
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function coveredText({ traces, isWhole, wholeDepth, drawn }: Races): string {
  const differ = `${traces} differ for a part of the run`
  if (isWhole) return `${differ}, and no further order is left that would`
  const all = wholeDepth === 0 ? [] : [`all with up to ${counted(wholeDepth, 'other answer')}`]
  return [differ, ...all, ...(drawn === 0 ? [] : [`${drawn} drawn`])].join(', ')
}

/** What differs from the usual order. */
const answersOf = ({ job: { order }, choices }: OrderResult): PinnedAnswer[] =>
  Object.entries(order).flatMap(([number, answer]) => {
    const choice = Number(number)
    const of = choices[choice]?.of
    return of ? [{ choice, answer, of }] : []
  })

function write(scenario: string, broken: OrderResult, out: string): void {
  const text = pinnedOrder(scenario, answersOf(broken))
  if (out === '-') {
    printRaw('out', text)
    return
  }
  writeWhole(out, text)
  print(`${out} written. See it break: oobe run ${basename(out) === out ? `./${out}` : out} --seed ${broken.job.seed}`)
}
