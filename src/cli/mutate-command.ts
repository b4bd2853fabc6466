import { availableParallelism } from 'node:os'
import { allCharts } from '../charts/charts.ts'
import { edgesBy } from '../coverage/edges.ts'
import { parseDuration } from '../domain/duration.ts'
import { UserError } from '../domain/trouble.ts'
import { mutantName } from '../explore/mutate/mutant-names.ts'
import { type JudgingOptions, type Mutation, planMutants, sampleOf, scoreOf } from '../explore/mutate/mutation.ts'
import {
  type CoveredCase,
  type MutantJob,
  type MutantResult,
  notCovered,
  playCovered,
  playMutant,
} from '../explore/mutate/play-mutant.ts'
import { playAll } from '../explore/pool.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { elapsed } from '../ports/stopwatch.ts'
import { allMutants, type Mutant } from '../run/mutation/mutants.ts'
import { nearest } from '../scenario/nearest.ts'
import { EXIT } from './exit-codes.ts'
import { stayingPlayers } from './explore/staying-players.ts'
import { equivalentIn } from './mutate/equivalent.ts'
import { mutationJson, mutationLines } from './mutate/mutation-report.ts'
import { parseOptions, parseSeed, parseWorkers, wholeNumber } from './options.ts'
import { print, printNote } from './print.ts'
import { selectScenarios } from './run/selection.ts'
import { type Stopping, stopOnSignals } from './stopping.ts'
import { hasWorkers, workerPlayer } from './worker/worker-player.ts'

const HELP = `oobe mutate [MACHINE...]   changes of the statecharts that no scenario notices: behaviour that nothing asserts

  MACHINE           statecharts, by their names (default: all): "oobe machine list" has them
  --scenarios LIST  names, files, folders and patterns, with commas (default: those of the project; --shipped for ours)
  --shipped         the scenarios that come with oobe-sim
  --sample N        so many mutants, drawn by --seed (default: all of them)
  --seed N          of the sample (default: 1)
  --most N          so many scenarios are played with a mutant at most (default: all that come there)
  --budget TIME     ends after so long, such as 60s: what is left then is counted
  --least N         of 100 mutants that scenarios come to, so many have to be killed
  --golden          a scenario also fails where another thing is seen of its run than without the mutant, as with golden files
  --equivalent FILE mutants that cannot be noticed, each with the reason: they do not count
  --workers N       processes that play side by side (default: as many as there are cores)
  --json            the result for programs

A mutant is a statechart with one change: a transition is dropped or leads to the state beside its target, a guard says the opposite, an action is
left out, a delay takes ten times as long. It is played with the scenarios that come to its place, one of each end first, until one fails. When none
does, it has survived: what it changes is asserted by nothing. A run that takes several times as long as without the mutant fails, too.

exit: 0, 2 bad usage or a bad file, 4 less than --least, or a mutant that is said to be equivalent was killed, 130 Ctrl+C, 143 SIGTERM`

const OPTIONS = {
  scenarios: { type: 'string' },
  shipped: { type: 'boolean' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  most: { type: 'string' },
  golden: { type: 'boolean' },
  budget: { type: 'string' },
  least: { type: 'string' },
  equivalent: { type: 'string' },
  workers: { type: 'string' },
  json: { type: 'boolean' },
} as const

type NameOf = (mutant: Mutant) => string

export async function mutateCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe mutate')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const seed = values.seed === undefined ? 1 : parseSeed(values.seed)
  const least = values.least === undefined ? undefined : wholeNumber('least', values.least, 0, 100)
  const most = values.most === undefined ? Number.POSITIVE_INFINITY : wholeNumber('most', values.most, 1, 1_000_000)
  const budgetMs = budgetOf(values.budget)
  const workers = values.workers === undefined ? undefined : parseWorkers(values.workers)
  const edgeOf = edgesBy(allCharts())
  const wayOf = (machine: string, edge: number): string => edgeOf(machine, edge)?.way ?? `${machine} ${edge}`
  const nameOf: NameOf = (mutant) => mutantName(mutant, wayOf)
  const all = mutantsOf(positionals)
  const reasons = values.equivalent === undefined ? new Map<string, string>() : equivalentIn(values.equivalent)
  refuseUnknownMutants(reasons, values.equivalent)
  const count = values.sample === undefined ? all.length : wholeNumber('sample', values.sample, 1, 1_000_000)
  const mutants = sampleOf(all, count, (mutant) => seededChance(seed, 'exploration', nameOf(mutant)).number())
  const operands = values.scenarios?.split(',').map((name) => name.trim()) ?? []
  const { scenarios, note } = selectScenarios(operands, values.shipped === true)
  if (note !== undefined) printNote(note)
  const sinceStart = elapsed()
  const stopping = stopOnSignals()
  try {
    const cases = scenarios
      .filter(({ todo, knownIssue }) => todo === undefined && knownIssue === undefined)
      .map(({ path, id }) => ({ path, id }))
    const covered = await coveredBy(cases, workers, stopping)
    for (const { id, failures } of covered)
      if (failures.length > 0) printNote(`${id} does not pass, and judges no mutant: ${failures[0]}`)
    const sinceCovered = elapsed()
    const mutation = await played(mutants, covered, {
      ...{ most, isGolden: values.golden === true, workers, stopping },
      isOver: () => sinceStart() >= budgetMs,
    })
    const seconds = sinceCovered() / 1_000
    const ended = mutation.killed.length + mutation.survived.length
    if (ended > 0) printNote(`${Math.round((60 * ended) / seconds)} mutants a minute`)
    inOrder(mutation, all.map(nameOf), nameOf)
    const facts = { mutation, reasons, nameOf, edgeOf, total: all.length, scenarios: covered.length }
    if (values.json) print(JSON.stringify(mutationJson(facts), undefined, 2))
    else for (const line of mutationLines(facts)) print(line)
    return stopping.code ?? codeOf(facts, least)
  } finally {
    stopping.release()
  }

  function refuseUnknownMutants(known: ReadonlyMap<string, string>, file: string | undefined): void {
    if (known.size === 0) return
    const names = new Set(allMutants().map(nameOf))
    const wrong = [...known.keys()].find((name) => !names.has(name))
    if (wrong === undefined) return
    const near = nearest(wrong, [...names])
    throw new UserError('ERR_FILE_INVALID', `${file}: there is no mutant "${wrong}"`, [
      near === undefined ? '"oobe mutate --json" has the names of all that survive' : `Did you mean "${near}"?`,
    ])
  }
}

function codeOf({ mutation, reasons, nameOf }: Parameters<typeof mutationLines>[0], least: number | undefined): number {
  const score = scoreOf({
    ...mutation,
    survived: mutation.survived.filter(({ mutant }) => !reasons.has(nameOf(mutant))),
  })
  const isStale = mutation.killed.some(({ mutant }) => reasons.has(nameOf(mutant)))
  return isStale || (least !== undefined && (score ?? 0) < least) ? EXIT.threshold : EXIT.pass
}

/** They were played in the order in which they were drawn; a reader finds them in that of the statecharts. */
function inOrder({ killed, survived, notReached }: Mutation, names: readonly string[], nameOf: NameOf): void {
  const places = new Map(names.map((name, place) => [name, place]))
  const placeOf = (mutant: Mutant): number => places.get(nameOf(mutant))!
  for (const list of [killed, survived]) list.sort((one, other) => placeOf(one.mutant) - placeOf(other.mutant))
  notReached.sort((one, other) => placeOf(one) - placeOf(other))
}

function mutantsOf(machines: readonly string[]): Mutant[] {
  const all = allMutants()
  if (machines.length === 0) return all
  const names = [...new Set(all.map(({ machine }) => machine))]
  for (const name of machines) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    throw new UserError('ERR_NOT_FOUND', `there is no statechart "${name}"`, [
      near === undefined ? '"oobe machine list" has them' : `Did you mean "${near}"?`,
    ])
  }
  return all.filter(({ machine }) => machines.includes(machine))
}

function budgetOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  throw new UserError('ERR_BAD_ARGUMENTS', `--budget: "${text}" is no time`, ['a duration such as 60s or 5m'])
}

async function coveredBy(
  cases: readonly { path: string; id: string }[],
  workers: number | undefined,
  stopping: Stopping,
): Promise<CoveredCase[]> {
  const players = stayingPlayers<'playCovered'>({
    task: 'playCovered',
    workers,
    stopping,
    here: playCovered,
    lost: (one, { message }) => notCovered(one, message),
  })
  try {
    return await players.play(cases)
  } finally {
    players.end()
  }
}

interface PlayingOptions extends JudgingOptions {
  workers: number | undefined
  stopping: Stopping
  isOver(): boolean
}

async function played(
  mutants: readonly Mutant[],
  covered: readonly CoveredCase[],
  { workers, stopping, isOver, ...judging }: PlayingOptions,
): Promise<Mutation> {
  const { jobs, notReached } = planMutants(mutants, covered, judging)
  const mutation: Mutation = { killed: [], survived: [], notReached, left: [] }
  if (stopping.code !== undefined) return { ...mutation, left: [...mutants] }
  const size = hasWorkers() ? (workers ?? availableParallelism()) : 1
  const pool = playAll<MutantJob, MutantResult>(jobs, {
    size,
    start: size > 1 ? () => workerPlayer('playMutant') : () => ({ play: playMutant, stop() {}, end() {} }),
    lost: ({ mutant, cases: [first] }, { message }) => ({ mutant, runs: 1, killedBy: first!.id, why: message }),
    onResult: (result) => void (result.killedBy === undefined ? mutation.survived : mutation.killed).push(result),
    onNotPlayed: ({ mutant }) => void mutation.left.push(mutant),
    onEnded: isOver,
  })
  const undo = stopping.onStop((code) => pool.stop(code))
  await pool.done.finally(undo)
  return mutation
}
