import { join } from 'node:path'
import { allCharts } from '../../charts/charts.ts'
import { edgesOf, statePathsOf } from '../../coverage/edges.ts'
import { parseDuration } from '../../domain/duration.ts'
import { matchesText } from '../../domain/text-pattern.ts'
import { UserError } from '../../domain/trouble.ts'
import { exploreWalks, type FoundWalk, type Walks } from '../../explore/walk/explore-walks.ts'
import { allFactors, FACTOR_NAMES, type FactorName, type Factors } from '../../explore/walk/factors.ts'
import { bugOf } from '../../explore/walk/oracle.ts'
import { pairsCount } from '../../explore/walk/pairs.ts'
import { playWalk } from '../../explore/walk/play-walk.ts'
import { pairWalks, randomWalks, STRATEGIES, type Strategy, shortestWalks } from '../../explore/walk/strategies.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { elapsed } from '../../ports/stopwatch.ts'
import { nearest } from '../../scenario/nearest.ts'
import { resultsFolder } from '../../scenario/project.ts'
import { scenarioText } from '../../scenario/record/recorded-scenario.ts'
import { writeWhole } from '../device/write-new-file.ts'
import { EXIT } from '../exit-codes.ts'
import { parseSeed, parseWorkers, wholeNumber } from '../options.ts'
import { print } from '../print.ts'
import { stopOnSignals } from '../stopping.ts'
import { stayingPlayers } from './staying-players.ts'
import { walksJson, walksLines } from './walks-report.ts'

/** What the command was given. */
export interface WalksValues extends Partial<Record<`${FactorName}s`, string | undefined>> {
  strategy?: string | undefined
  budget?: string | undefined
  plateau?: string | undefined
  seed?: string | undefined
  workers?: string | undefined
  out?: string | undefined
  json?: boolean | undefined
}

const RUNS = 500
const RUNS_MAX = 1_000_000
const PLATEAU = 200

/** Where a finding still comes with these in its place, they are the easier to read. */
const USUAL = { device: 'surface-laptop-se', tenant: 'contoso-school', network: 'school-wifi' }

/** `oobe explore` */
export async function walksCommand(values: WalksValues): Promise<number> {
  const factors = factorsOf(values)
  const seed = values.seed === undefined ? 1 : parseSeed(values.seed)
  const { runs, timeMs } = budgetOf(values.budget)
  const name = values.strategy ?? 'random'
  if (!Object.hasOwn(STRATEGIES, name)) throw unknown('strategy', name, Object.keys(STRATEGIES))
  const plateau = values.plateau === undefined ? PLATEAU : wholeNumber('plateau', values.plateau, 1, RUNS_MAX)
  const workers = values.workers === undefined ? undefined : parseWorkers(values.workers)
  const charts = allCharts()
  const edges = charts.flatMap(edgesOf)
  const chance = seededChance(seed, 'exploration')
  const draw = (below: number): number => chance.integer(below)
  const strategies: Record<keyof typeof STRATEGIES, () => Strategy> = {
    random: () => randomWalks(factors, seed, draw),
    pairs: () => pairWalks(factors, seed, draw),
    shortest: () => shortestWalks(factors, seed, edges),
  }
  const sinceStart = elapsed()
  const stopping = stopOnSignals()
  const players = stayingPlayers<'playWalk'>({
    task: 'playWalk',
    workers,
    stopping,
    here: playWalk,
    lost: (job, error) => ({
      ...{ job, end: 'bug', moves: [], facts: { mayHang: false, hasFault: false }, absent: [], covers: [], length: 0 },
      finding: bugOf(error),
    }),
  })
  try {
    const walks = await exploreWalks({
      factors,
      strategy: strategies[name as keyof typeof STRATEGIES](),
      runs,
      // Of rows that are planned each has its place.
      plateau: name === 'pairs' ? RUNS_MAX : plateau,
      isOver: () => sinceStart() >= timeMs,
      isStopped: () => stopping.code !== undefined,
      play: players.play,
      usual: USUAL,
    })
    const files = write(walks.findings, values.out ?? join(resultsFolder(), 'explored'))
    const totals = {
      pairs: pairsCount(factors),
      states: charts.flatMap(statePathsOf).length,
      edges: edges.length,
    }
    if (values.json) print(JSON.stringify(walksJson(walks, totals, files), undefined, 2))
    else for (const line of walksLines(walks, totals, files)) print(line)
    return stopping.code ?? codeOf(walks)
  } finally {
    players.end()
    stopping.release()
  }
}

function codeOf({ findings }: Walks): number {
  if (findings.length === 0) return EXIT.pass
  return findings.some(({ finding }) => finding.kind === 'bug') ? EXIT.bug : EXIT.scenarioFailed
}

/** A number of runs, or a time. */
function budgetOf(text: string | undefined): { runs: number; timeMs: number } {
  if (text === undefined) return { runs: RUNS, timeMs: Number.POSITIVE_INFINITY }
  const timeMs = parseDuration(text)
  if (timeMs !== undefined && timeMs > 0) return { runs: RUNS_MAX, timeMs }
  return { runs: wholeNumber('budget', text, 1, RUNS_MAX), timeMs: Number.POSITIVE_INFINITY }
}

const factorsOf = (values: WalksValues): Factors => {
  const all = allFactors()
  const chosen = FACTOR_NAMES.map((name) => [name, chosenOf(name, values[`${name}s`], all[name])])
  return Object.fromEntries(chosen) as unknown as Factors
}

function chosenOf(name: FactorName, list: string | undefined, all: readonly string[]): readonly string[] {
  if (list === undefined) return all
  const names = list.split(',').flatMap((written) => {
    const one = written.trim()
    const found = all.filter((known) => matchesText(one, known))
    if (found.length === 0) throw unknown(name, one, all)
    return found
  })
  return [...new Set(names)]
}

function unknown(kind: string, name: string, all: readonly string[]): UserError {
  const near = nearest(name, all)
  return new UserError('ERR_NOT_FOUND', `there is no ${kind} "${name}"`, [
    near === undefined
      ? `there are: ${all.slice(0, 12).join(', ')}${all.length > 12 ? ' …' : ''}`
      : `Did you mean "${near}"?`,
  ])
}

/** Each finding as a scenario that can be played. @returns their paths; undefined for one whose walk cannot be written */
function write(findings: readonly FoundWalk[], folder: string): (string | undefined)[] {
  return findings.map(({ finding, words, moves, choice }, index) => {
    if (Object.keys(words).length === 0) return undefined
    const path = join(folder, `${finding.kind}-${index + 1}.yaml`)
    const title = finding.text.slice(0, TITLE_MAX)
    const comments = [
      'Found by oobe explore, and made as small as it can be. It was found in a run of:',
      `- ${Object.values(choice).slice(0, 4).join(', ')}`,
    ]
    const found = moves.map((move) => `- ${move}`)
    writeWhole(path, scenarioText({ ...words, title }, [...comments, ...found].map(inOneLine)))
    return path
  })
}

const TITLE_MAX = 150
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')
