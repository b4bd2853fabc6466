import { basename } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { type OrderResult, playOrder } from '../../explore/order.ts'
import { exploreRaces, type Races } from '../../explore/races.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { type PinnedAnswer, pinnedOrder } from '../../scenario/pinned-order.ts'
import { loadScenarios } from '../../scenario/scenario.ts'
import { refuseExisting, writeWhole } from '../device/write-new-file.ts'
import { EXIT } from '../exit-codes.ts'
import { parseSeed, parseWorkers, wholeNumber } from '../options.ts'
import { print, printNote, printRaw } from '../print.ts'
import { stopOnSignals } from '../stopping.ts'
import { stayingPlayers } from './staying-players.ts'

const RUNS_MAX = 1_000_000
const DEPTH_MAX = 20

/** What the command was given. */
export interface RacesValues {
  runs?: string | undefined
  depth?: string | undefined
  seed?: string | undefined
  workers?: string | undefined
  out?: string | undefined
  force?: boolean | undefined
  json?: boolean | undefined
}

/** `oobe explore --races SCENARIO` */
export async function racesCommand(values: RacesValues, positionals: readonly string[]): Promise<number> {
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe explore --races takes one scenario', [
      'oobe explore --races SCENARIO',
    ])
  }
  if (values.out !== undefined && values.out !== '-') refuseExisting(values.out, values.out, values.force === true)
  const runs = values.runs === undefined ? 1_000 : wholeNumber('runs', values.runs, 1, RUNS_MAX)
  const depth = values.depth === undefined ? 2 : wholeNumber('depth', values.depth, 0, DEPTH_MAX)
  if (values.json && values.out === '-') {
    throw new UserError('ERR_BAD_ARGUMENTS', '--json does not go with --out -: both write to the standard output')
  }
  const workers = values.workers === undefined ? undefined : parseWorkers(values.workers)
  const [scenario] = loadScenarios(name)
  const seed = values.seed === undefined ? (scenario!.seed ?? 1) : parseSeed(values.seed)
  const chance = seededChance(seed, 'exploration')
  const stopping = stopOnSignals()
  const players = stayingPlayers<'playOrder'>({
    task: 'playOrder',
    workers,
    stopping,
    here: playOrder,
    lost: (job, { message }) => ({ job, failures: [message], bug: message, choices: [], trace: '' }),
  })
  try {
    const draw = (below: number): number => chance.integer(below)
    const races = await exploreRaces({ scenario: name, id: scenario!.id, seed, runs, depth, draw, play: players.play })
    tell(races, name, values.json === true)
    // With --json the standard output is for programs.
    if (races.broken && values.out !== undefined) write(name, races.broken, values.out, values.json ? printNote : print)
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

function write(scenario: string, broken: OrderResult, out: string, say: (text: string) => void): void {
  const text = pinnedOrder(scenario, answersOf(broken))
  if (out === '-') {
    printRaw('out', text)
    return
  }
  writeWhole(out, text)
  say(`${out} written. See it break: oobe run ${basename(out) === out ? `./${out}` : out} --seed ${broken.job.seed}`)
}
