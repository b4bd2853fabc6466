import { availableParallelism } from 'node:os'
import { UserError } from '../../domain/trouble.ts'
import { freshBytes } from '../../ports/fresh-keys.ts'
import { projectHere, RESULTS_FOLDER } from '../../scenario/project.ts'
import type { MockTransport } from '../../scenario/run-scenario.ts'
import { parseOptions, parseSeed, parseSpeed, parseWorkers, wholeNumber } from '../options.ts'
import { namedReporters } from './reporters.ts'
import { parseShard, type Shard } from './shard.ts'

export const HELP = `oobe run [PATH...]    play scenarios without a terminal, and judge them

  PATH                   a name from scenarios/, a file, a folder, or a pattern such as 'esp/*'; without one all scenarios of
                         the project in this folder, and the shipped ones where it holds none
  --shipped              the shipped scenarios alone
  --grep EXPRESSION      those whose name, title or file has it
  --tag LIST             those with one of these tags; !NAME leaves out those that have it
  --list                 lists them and plays none
  --last-failed          those that failed in the last run into --out
  --shard I/N            part I of N, for N machines; they take about the same time where last-run.json has times

  --workers N            processes that play side by side (default: as many as there are cores, one for a few scenarios)
  --bail [N]             no further scenario begins after N failures (default: 1)
  --retries N            a scenario that failed is played again, N times at most
  --repeat N             each scenario N times
  --check-determinism    each scenario twice: both journals have to be the same, byte by byte
  --no-check-settings    a setting of a scenario that changes nothing does not fail it: each is left out once to see
  --headed               each run is shown in the terminal UI as it is played, at --speed (default: 60)
  --watch                stays, and plays again what a change of a scenario, device or tenant file is about

  --reporter LIST        list, dot, line, plain, tap, github; junit, ctrf, json, markdown, html, blob into a file: NAME or NAME=FILE,
                         several with commas or as several options (default: the project's, or list)
  --json                 the results on standard output, for programs: as --reporter json=-; also of --list
  --coverage FILE        counts what the runs come to into this file, or into one in this folder;
                         "oobe coverage" tells what was covered
  --out DIR              where journals and reports go (default: the project's, or oobe-results)
  --seed N               the same seed gives the same journal (default: the scenario's, or 1); random: another one each time
  --speed S              instant, real, or a number such as 60 (default: instant)
  --transport T          msw or direct: how requests reach the mock (default: msw)
  --service TARGET       a real service instead: an origin of "oobe serve", a discovery URL, or a target profile
  --trust FILE           a certificate authority that the device trusts, in PEM; with --service

A signal (Ctrl+C) stops the scenarios that are played; the reports are written. A second one ends at once.

exit: 0 passed, 1 a scenario failed, 2 bad usage or a bad file, 3 infrastructure, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

const TYPES = {
  shipped: { type: 'boolean' },
  grep: { type: 'string' },
  tag: { type: 'string', multiple: true },
  list: { type: 'boolean' },
  'last-failed': { type: 'boolean' },
  shard: { type: 'string' },
  workers: { type: 'string' },
  bail: { type: 'string' },
  retries: { type: 'string' },
  repeat: { type: 'string' },
  'check-determinism': { type: 'boolean' },
  'no-check-settings': { type: 'boolean' },
  headed: { type: 'boolean' },
  watch: { type: 'boolean' },
  reporter: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  coverage: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  transport: { type: 'string' },
  service: { type: 'string' },
  trust: { type: 'string' },
} as const

export interface RunOptions {
  operands: string[]
  isHelp: boolean
  isShipped: boolean
  grep: string | undefined
  /** As they are written. */
  tags: string[]
  isList: boolean
  isLastFailed: boolean
  shard: Shard | undefined
  /** Undefined: as many as it takes. */
  workers: number | undefined
  bail: number
  retries: number
  repeat: number
  isChecked: boolean
  /** Against the mock in instant mode alone: each setting costs a run. */
  checkSettings: boolean
  isHeaded: boolean
  isWatch: boolean
  /** As they are written. */
  reporters: string[]
  isJson: boolean
  /** A file that ends in .json, or a folder. */
  coverage: string | undefined
  out: string
  /** A seed for all, with a further one for each repetition where it is random. */
  seed: { value: number; isRandom: boolean } | undefined
  speed: number
  transport: MockTransport
  service: string | undefined
  trust: string | undefined
}

/** As `oobe boot` has it. */
const HEADED_SPEED = '60'

const TIMES_MAX = 1_000_000
const RANDOM_BYTES = 4

/** Codes as `parseOptions`, `parseSeed`, `parseSpeed`, `parseShard`; `ERR_UNKNOWN_TRANSPORT`, `ERR_BAD_ARGUMENTS`. */
export function parseRunOptions(args: readonly string[]): RunOptions {
  const { values, positionals } = parseOptions(withCount(args), TYPES, 'oobe run')
  const speed = parseSpeed(values.speed ?? (values.headed ? HEADED_SPEED : 'instant'))
  // Help is there also where the project's settings are wrong.
  const project = values.help ? undefined : projectHere()?.config
  const options: RunOptions = {
    operands: [...new Set(positionals)],
    isHelp: values.help === true,
    isShipped: values.shipped === true,
    grep: values.grep,
    tags: values.tag ?? [],
    isList: values.list === true,
    isLastFailed: values['last-failed'] === true,
    shard: values.shard === undefined ? undefined : parseShard(values.shard),
    workers: values.workers === undefined ? undefined : parseWorkers(values.workers),
    bail: values.bail === undefined ? Number.POSITIVE_INFINITY : wholeNumber('bail', values.bail, 1, TIMES_MAX),
    retries: values.retries === undefined ? 0 : wholeNumber('retries', values.retries, 0, TIMES_MAX),
    repeat: values.repeat === undefined ? 1 : wholeNumber('repeat', values.repeat, 1, TIMES_MAX),
    isChecked: values['check-determinism'] === true,
    isHeaded: values.headed === true,
    isWatch: values.watch === true,
    reporters: [...(namedReporters(values.reporter, values.json === true) ?? project?.reporters ?? ['list'])],
    isJson: values.json === true,
    coverage: values.coverage,
    out: values.out ?? project?.folders.results ?? RESULTS_FOLDER,
    seed: values.seed === undefined ? undefined : seedOf(values.seed),
    speed,
    transport: transportOf(values.transport ?? 'msw'),
    service: values.service,
    checkSettings:
      values['no-check-settings'] !== true && values.service === undefined && speed === Number.POSITIVE_INFINITY,
    trust: values.trust,
  }
  refuseContradictions(options)
  return options
}

function refuseContradictions(options: RunOptions): void {
  const { isChecked, service, speed, workers, isHeaded, isWatch, shard, seed } = options
  const refuse = (message: string) => {
    throw new UserError('ERR_BAD_ARGUMENTS', message)
  }
  if (isChecked && (service !== undefined || speed !== Number.POSITIVE_INFINITY)) {
    refuse(
      '--check-determinism goes with the mock in instant mode: a real service and real time are not the same twice',
    )
  }
  if (service !== undefined && workers !== undefined && workers > 1) {
    refuse('--workers goes with the mock: against a real service scenarios are played one after the other')
  }
  if (shard && seed?.isRandom) {
    refuse('--shard goes with one seed for all parts: --seed random would be another one on each machine')
  }
  if (isHeaded && workers !== undefined && workers > 1)
    refuse('--headed shows one run after the other: without --workers')
  if (isWatch && shard) refuse('--watch and --shard are two different things')
}

/** Code `ERR_BAD_ARGUMENTS` where there is no terminal. */
export function refuseWithoutTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return
  throw new UserError('ERR_BAD_ARGUMENTS', '--headed needs a terminal: it shows each run there', [
    'Without one: --reporter plain prints each page',
  ])
}

/** How many processes play. A few scenarios are played sooner in this one than another one starts. */
export function workersFor(
  {
    workers,
    service,
    isHeaded,
    isWatch,
    reporters,
  }: Pick<RunOptions, 'workers' | 'service' | 'isHeaded' | 'isWatch' | 'reporters'>,
  expectedMs: number,
): number {
  if (workers !== undefined) return workers
  const isLive = isHeaded || isWatch || reporters.some((name) => name.split(',').includes('plain'))
  return service !== undefined || isLive || expectedMs < WORTH_MS ? 1 : availableParallelism()
}

/** Real time. Two processes and what they have to load cost about half of it. */
const WORTH_MS = 2_500

/** `--bail` alone is one. */
const withCount = (args: readonly string[]): string[] => {
  const end = args.indexOf('--')
  return args.flatMap((arg, index) => {
    if (arg !== '--bail' || (end >= 0 && index > end)) return [arg]
    return /^\d+$/.test(args[index + 1] ?? '') ? [arg] : ['--bail=1']
  })
}

function seedOf(text: string): RunOptions['seed'] {
  if (text !== 'random') return { value: parseSeed(text), isRandom: false }
  const value = freshBytes(RANDOM_BYTES).reduce((number, byte) => number * 256 + byte, 0)
  return { value, isRandom: true }
}

function transportOf(name: string): MockTransport {
  if (name === 'msw' || name === 'direct') return name
  throw new UserError('ERR_UNKNOWN_TRANSPORT', `there is no transport "${name}"`, ['There are: msw, direct'])
}
