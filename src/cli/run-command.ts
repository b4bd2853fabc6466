import type { Target } from '../domain/target.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { type Finished, isPassed, type Reporter } from '../report/reporter.ts'
import { namesOf } from '../scenario/library.ts'
import { nearest } from '../scenario/nearest.ts'
import { loadScenarios, type Scenario } from '../scenario/scenario.ts'
import { type SealedRun, specOf } from '../scenario/spec-of.ts'
import { fileOf, namedApart } from './case-names.ts'
import { EXIT } from './exit-codes.ts'
import { makeOutputFolder } from './new-file.ts'
import { parseOptions, parseSeed, parseSpeed } from './options.ts'
import { writeReport } from './output-folder.ts'
import { playCase } from './play-case.ts'
import { print, printError } from './print.ts'
import { reportedKeys } from './reported-keys.ts'
import { stopOnSignals } from './stopping.ts'
import { atTarget, targetOf } from './target-options.ts'

const HELP = `oobe run [SCENARIO...]    play scenarios without a terminal, and judge them

  SCENARIO               a name from scenarios/, or a path; all of them when none is given
  --reporter LIST        list, junit, plain; several with commas (default: list)
  --out DIR              where journals and reports go (default: oobe-results)
  --seed N               the same seed gives the same journal (default: the scenario's, or 1)
  --speed S              instant, real, or a number such as 60 (default: instant)
  --transport T          msw or direct: how requests reach the mock (default: msw)
  --service TARGET       a real service instead: an origin of "oobe serve", a discovery URL, or a target profile
  --check-settings       play each scenario once more without each of its settings: one that changes nothing fails it
  --trust FILE           a certificate authority that the device trusts, in PEM; with --service

A signal (Ctrl+C) stops the scenario that is played; the reports are written. A second one ends at once.

exit: 0 passed, 1 a scenario failed, 2 bad usage or a bad file, 3 infrastructure, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

const REPORTERS = ['list', 'junit', 'plain']
const DEFAULT_SEED = 1

export async function runCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      reporter: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      speed: { type: 'string' },
      transport: { type: 'string' },
      service: { type: 'string' },
      trust: { type: 'string' },
      'check-settings': { type: 'boolean' },
    },
    'oobe run',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (values['check-settings'] && values.service !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--check-settings goes with the mock, and not with --service')
  }
  const out = values.out ?? 'oobe-results'
  const names = positionals.length > 0 ? [...new Set(positionals)] : namesOf('scenario')
  // All files are read before the first is played: a typo in the last costs nothing.
  const target = await targetOf(values)
  const scenarios = names.flatMap(loadScenarios).map((scenario) => atTarget(scenario, target))
  const wanted = [...new Set((values.reporter ?? 'list').split(','))]
  // Of plain, pages are printed as they come; what is left is the verdict, which is a list's.
  const kinds = new Set(wanted.map((name) => (name === 'plain' ? 'list' : name)))
  const reporters = await Promise.all([...kinds].map((name) => makeReporter(name, out)))
  const options = {
    keys: reportedKeys,
    transport: transportOf(values.transport ?? 'msw'),
    ...(target ? { target } : {}),
    checkSettings: values['check-settings'] ?? false,
    pace: new AdjustablePace(parseSpeed(values.speed ?? 'instant')),
  }
  const seed = values.seed === undefined ? undefined : parseSeed(values.seed)
  const cases = namedApart(scenarios).map(({ name, scenario }) => ({
    name,
    file: fileOf(scenario),
    seal: sealing(scenario, seed, target),
  }))
  makeOutputFolder(out)
  const stopping = stopOnSignals()
  try {
    const codes: number[] = []
    for (const one of cases) {
      if (stopping.code !== undefined) {
        for (const reporter of reporters) reporter.onNotPlayed({ id: one.name, file: one.file })
        continue
      }
      const finished = await playCase(one, { ...options, out, isPlain: wanted.includes('plain'), stopping })
      for (const reporter of reporters) reporter.onFinished(finished)
      codes.push(codeOf(finished))
    }
    codes.push(endAll(reporters))
    return stopping.code ?? codes.reduce(worse, EXIT.pass)
  } finally {
    stopping.release()
  }
}

/** Made before the first is played, so that a bad file costs nothing. A bug in it is that scenario's alone. */
function sealing(scenario: Scenario, seed: number | undefined, target: Target | undefined): () => SealedRun {
  try {
    const sealed = specOf(scenario, seed ?? scenario.seed ?? DEFAULT_SEED, target)
    return () => sealed
  } catch (error) {
    if (error instanceof UserError) throw error
    return () => {
      throw error
    }
  }
}

/** A report that cannot be written takes none of the others along. */
function endAll(reporters: readonly Reporter[]): number {
  let code: number = EXIT.pass
  let bug: { error: unknown } | undefined
  for (const reporter of reporters) {
    try {
      reporter.onEnd()
    } catch (error) {
      if (error instanceof InfrastructureError) {
        printError(error)
        code = EXIT.infrastructure
      } else bug ??= { error }
    }
  }
  if (bug) throw bug.error
  return code
}

/** What is further down says more about the whole. */
const SEVERITY: readonly number[] = [EXIT.pass, EXIT.scenarioFailed, EXIT.infrastructure, EXIT.bug]

const worse = (a: number, b: number): number => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a)

function codeOf(finished: Finished): number {
  const kind = finished.broken?.kind
  if (kind === 'bug') return EXIT.bug
  if (kind === 'infrastructure') return EXIT.infrastructure
  return isPassed(finished) ? EXIT.pass : EXIT.scenarioFailed
}

async function makeReporter(name: string, out: string): Promise<Reporter> {
  switch (name) {
    case 'list': {
      const { listReporter } = await import('../report/list-reporter.ts')
      return listReporter(print)
    }
    case 'junit': {
      const { junitReporter } = await import('../report/junit-reporter.ts')
      return junitReporter((xml) => {
        print(`junit report: ${writeReport(out, 'junit.xml', xml)}`)
      })
    }
    default: {
      const near = nearest(name, REPORTERS)
      throw new UserError('ERR_UNKNOWN_REPORTER', `there is no reporter "${name}"`, [
        near ? `Did you mean "${near}"?` : `There are: ${REPORTERS.join(', ')}`,
      ])
    }
  }
}

function transportOf(name: string): 'msw' | 'direct' {
  if (name === 'msw' || name === 'direct') return name
  throw new UserError('ERR_UNKNOWN_TRANSPORT', `there is no transport "${name}"`, ['There are: msw, direct'])
}
