import { LANGUAGE_IDS } from '../domain/languages.ts'
import type { Target } from '../domain/target.ts'
import { UserError } from '../domain/trouble.ts'
import { digestOf } from '../run/seal.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type SealedRun, specOf } from '../scenario/spec-of.ts'
import { fileOf, namedApart } from './case-names.ts'
import { columns } from './columns.ts'
import { EXIT } from './exit-codes.ts'
import { makeOutputFolder } from './new-file.ts'
import { print, printNote } from './print.ts'
import { type LastRun, readLastRun } from './run/last-run.ts'
import { type Play, playCases } from './run/play-cases.ts'
import type { CaseToPlay } from './run/players.ts'
import { productStamp, watchAnew } from './run/product.ts'
import { type ChosenReporter, isMachine, makeReporters, type Plan, parseReporters } from './run/reporters.ts'
import { HELP, parseRunOptions, type RunOptions, refuseWithoutTerminal } from './run/run-options.ts'
import { grepped, selectScenarios } from './run/selection.ts'
import { inShard } from './run/shard.ts'
import { withTags } from './run/tags.ts'
import { NEW_PRODUCT, watch } from './run/watch.ts'
import { atTarget, targetOf } from './target-options.ts'

const DEFAULT_SEED = 1

export async function runCommand(args: string[]): Promise<number> {
  const options = parseRunOptions(args)
  if (options.isHelp) {
    print(HELP)
    return EXIT.pass
  }
  if (options.isHeaded && !options.isList) refuseWithoutTerminal()
  const chosen = parseReporters(options.reporters)
  const lastRun = lastRunFor(options)
  // All files are read before the first is played: a typo in the last costs nothing.
  const cases = select(options, lastRun)
  if (options.isList) return list(options.shard ? inShard(cases, options.shard, lastRun?.times ?? {}) : cases, options)
  if (cases.length === 0 && options.isLastFailed) {
    print(`no scenario failed in the last run into ${options.out}: nothing is played`)
    return EXIT.pass
  }
  const target = await targetOf(options)
  const playsNow = (some: readonly SelectedCase[]) => some.flatMap((one) => playsOf(one, options, target))
  const plays = playsNow(cases)
  makeOutputFolder(options.out)
  if (options.seed?.isRandom) {
    printNote(`the seed is ${options.seed.value}: --seed ${options.seed.value} plays the same again`)
  }
  if (!options.isWatch) return playAndReport(options, chosen, plays, { target, lastRun })
  let latest = cases
  const code = await watch({
    load() {
      latest = select(options, lastRun)
      return playsNow(latest)
    },
    play: (some) => playAndReport(options, chosen, some, { target, lastRun: lastRunFor(options) }),
    files: () => latest.map(({ scenario }) => scenario.path),
    product: productStamp,
  })
  return code === NEW_PRODUCT ? watchAnew(args) : code
}

function list(cases: readonly SelectedCase[], { isJson }: RunOptions): number {
  if (isJson) {
    print(
      JSON.stringify(
        cases.map(({ name, file, title }) => ({ name, file, title })),
        undefined,
        2,
      ),
    )
    return EXIT.pass
  }
  for (const line of columns(cases.map(({ name, file, title }) => [name, file, title]))) print(line)
  return EXIT.pass
}

async function playAndReport(
  options: RunOptions,
  chosen: readonly ChosenReporter[],
  plays: readonly CaseToPlay[],
  context: Pick<Play, 'target' | 'lastRun'>,
): Promise<number> {
  const { shard } = options
  const mine = shard ? inShard(plays, shard, context.lastRun?.times ?? {}) : plays
  const reporters = await makeReporters(chosen, { out: options.out, plan: planOf(plays, mine, options) })
  if (options.coverage !== undefined) {
    const { coverageReporter } = await import('./coverage/collect.ts')
    // Runs of other processes are counted here: in whatever language they are, their texts count.
    await (await import('../texts/languages.ts')).loadLanguages(LANGUAGE_IDS)
    reporters.push(coverageReporter(options.coverage, shard, chosen.some(isMachine) ? printNote : print))
  }
  const isPlain = chosen.some(({ kind }) => kind === 'plain')
  const mayShow = !isPlain && !chosen.some(isMachine)
  return playCases(mine, reporters, { options, isPlain, mayShow, ...context })
}

/** What of the whole run this command plays. */
function planOf(all: readonly CaseToPlay[], mine: readonly CaseToPlay[], options: RunOptions): Plan {
  const { shard = { index: 1, count: 1 }, speed, transport, seed, retries, isChecked, checkSettings } = options
  const places = new Map(all.map((one, place) => [one, place]))
  const about = {
    cases: all.map(({ about }) => about),
    speed: String(speed),
    transport,
    seed,
    retries,
    isChecked,
    checkSettings,
  }
  return { run: digestOf(JSON.stringify(about)), total: all.length, shard, places: mine.map((one) => places.get(one)!) }
}

/** Where a run of before is needed, it has to be readable; else it is replaced. */
function lastRunFor({ out, isLastFailed, shard }: RunOptions): LastRun | undefined {
  try {
    const lastRun = readLastRun(out)
    if (lastRun || !isLastFailed) return lastRun
  } catch (error) {
    if (!(error instanceof UserError) || isLastFailed || shard) throw error
    printNote(`${error.message}: it is written anew`)
    return undefined
  }
  throw new UserError('ERR_LAST_RUN', `there is no earlier run in ${out}`, [
    '"oobe run" makes one; --out names another folder',
  ])
}

interface SelectedCase {
  name: string
  file: string
  title: string
  scenario: Scenario
}

function select(options: RunOptions, lastRun: LastRun | undefined): SelectedCase[] {
  const { scenarios, note } = selectScenarios(options.operands, options.isShipped)
  if (note !== undefined) printNote(note)
  const all = namedApart(scenarios).map(({ name, scenario }) => ({
    name,
    file: fileOf(scenario),
    title: scenario.title,
    scenario,
  }))
  const tagged = options.tags.length === 0 ? all : withTags(all, options.tags)
  const wanted = options.grep === undefined ? tagged : grepped(tagged, options.grep)
  const failed = new Set(lastRun?.failed)
  return options.isLastFailed ? wanted.filter(({ name }) => failed.has(name)) : wanted
}

/** One play of a scenario for each repetition. */
function playsOf(
  { name, file, title, scenario }: SelectedCase,
  { seed, repeat }: RunOptions,
  target: Target | undefined,
): CaseToPlay[] {
  const first = atTarget(scenario, target)
  return Array.from({ length: repeat }, (_, index) => {
    const own = seed === undefined ? undefined : seed.value + (seed.isRandom ? index : 0)
    return {
      name,
      about: { id: index === 0 ? name : `${name} #${index + 1}`, file, title, ...saidOf(scenario) },
      place: index === 0 ? [name] : [name, `repeat-${index + 1}`],
      seal: sealing(first, own ?? scenario.seed ?? DEFAULT_SEED, target),
    }
  })
}

/** What the scenario's file says about its verdict. */
const saidOf = ({ todo, knownIssue }: Scenario): Pick<CaseToPlay['about'], 'todo' | 'knownIssue'> => ({
  ...(todo === undefined ? {} : { todo }),
  ...(knownIssue === undefined ? {} : { knownIssue }),
})

/** Made before the first is played, so that a bad file costs nothing. A bug in it is that scenario's alone. */
function sealing(scenario: Scenario, seed: number, target: Target | undefined): () => SealedRun {
  try {
    const sealed = specOf(scenario, seed, target)
    return () => sealed
  } catch (error) {
    if (error instanceof UserError) throw error
    return () => {
      throw error
    }
  }
}
