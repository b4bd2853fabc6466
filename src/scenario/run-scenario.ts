import { keyOfCertificate } from '../device/device-keys.ts'
import { type Endpoints, MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import type { VerdictFact } from '../domain/journal.ts'
import { type LanguageId, languageOfTag } from '../domain/languages.ts'
import type { Answers } from '../domain/person.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { sessionCausesOf, sessionCauseText } from '../journal/cause/sessions.ts'
import type { ReportedDeployment } from '../mock-service/administration.ts'
import type { TenantState } from '../mock-service/state/tenant-state.ts'
import type { Transport } from '../ports/http.ts'
import type { KeySource } from '../ports/keys.ts'
import { derivedKeys } from '../ports/rsa-keys.ts'
import type { Pace } from '../ports/timeline.ts'
import type { Person } from '../run/person.ts'
import { Run } from '../run/run.ts'
import type { Again, RunOptions, RunResult } from '../run/run-options.ts'
import type { RunDevice, RunSpec } from '../run/run-spec.ts'
import { open, refuseMissing } from '../run/seal.ts'
import { loadLanguages } from '../texts/languages.ts'
import type { Scenario } from './scenario.ts'
import { type PlayEarlier, schoolBefore } from './school-before.ts'
import { ScriptedPerson, type UnusedAnswer } from './scripted-person.ts'
import { type SealedRun, specOf } from './spec-of.ts'
import { unusedAnswers } from './unused-answers.ts'
import { judge, strayAnswers } from './verdict.ts'
import { directly, mockOf, throughMsw, withoutProvenance } from './ways.ts'
import { type PlayOnce, settingsWithoutEffect } from './without-effect/settings.ts'
import { withoutEffect } from './without-effect.ts'

/** How requests reach the mock: through MSW and the platform's fetch, or by a call. */
export type MockTransport = 'msw' | 'direct'

export interface PlayOptions {
  transport?: MockTransport
  pace?: Pace
  sink?: (line: string) => void
  /** Gets a secret that a person has typed, before the journal names it. */
  onSecret?: (name: string, value: string) => void
  guardMs?: number
  processorMsMax?: number
  /** Each setting of the scenario has to have an effect: it is played once more without each of them, by a call. */
  checkSettings?: boolean
  endpoints?: Endpoints
  /** Services that are real; the others are mocked as ever. */
  target?: Target
  /** Wraps the way to the service: tests use it to slow it down or to spoil it. */
  wrap?: (transport: Transport) => Transport
  /** Where the device's and the services' RSA keys come from; derived from seeds, silently, when left out. */
  keys?: KeySource
  /** Answers the pages in the place of the scenario's script. */
  person?: Person
  /** A run that is played again. */
  again?: Again
  isLive?: boolean
  /** Sees what the statecharts do, secrets included. */
  onInspection?: RunOptions['onInspection']
}

export interface RunScenarioOptions extends PlayOptions {
  seed: number
}

/** A run that was judged. */
export interface JudgedRun extends RunResult {
  failures: string[]
  passed: boolean
}

export interface ScenarioResult extends JudgedRun {
  scenario: Scenario
}

export interface PreparedRun {
  run: Run
  /** The real service of a run, and how many requests it has answered so far. */
  service?: { title: string; requests(): number }
  /** What of the scenario's answers was not used so far; left out where another one answers the pages. */
  unused?: () => UnusedAnswer[]
  /** The school's report of deployments, as Graph has it now; left out where the school is real. */
  deployments?: () => Promise<ReportedDeployment[]>
  /** What the mocked school remembers now; undefined before the first request. */
  remembered?: () => TenantState | undefined
  /** Ends what the run has started in this process. */
  release(): void
}

/** Sets the device of a run before its services. Codes as `schoolBefore`. */
export async function prepareSealed(sealed: SealedRun, options: PlayOptions): Promise<PreparedRun> {
  const { target } = options
  const endpoints = { ...(options.endpoints ?? MOCK_ENDPOINTS), ...target?.endpoints }
  const keys = options.keys ?? derivedKeys
  await loadLanguages(languagesOf(sealed))
  // A real school remembers what happened in it.
  if (target) return prepareIn(undefined, sealed, options, { endpoints, keys })
  const earlier: PlayEarlier = async (one, begins) => {
    await loadLanguages(languagesOf(one))
    const { run, remembered, release } = await prepareIn(begins, one, { transport: 'direct' }, { endpoints, keys })
    try {
      return { result: await run.play(), left: remembered?.() }
    } finally {
      release()
    }
  }
  return prepareIn(await schoolBefore(sealed, { endpoints, keys }, earlier), sealed, options, { endpoints, keys })
}

/** Of the pages: those that the device has installed. */
const languagesOf = ({ spec }: SealedRun): LanguageId[] => spec.device.windows.languages.map(languageOfTag)

/** @param begins what its school remembers */
async function prepareIn(
  begins: TenantState | undefined,
  sealed: SealedRun,
  options: PlayOptions,
  { endpoints, keys }: { endpoints: Endpoints; keys: KeySource },
): Promise<PreparedRun> {
  const { target } = options
  const { spec, vault } = sealed
  // The mock is made with the first request; a secret that it would lack is an error now.
  refuseMissing(spec.tenant, vault)
  const mock = () => mockOf(sealed, endpoints, keys, begins)
  const wrap = options.wrap ?? ((transport: Transport) => transport)
  const mocked = options.transport === 'direct' ? directly(mock) : throughMsw(mock)
  const toTarget =
    target &&
    (await import('./way-to-target.ts')).throughTarget(target, mocked, (certificate) =>
      keyOfCertificate(withoutProvenance(open<RunDevice>(spec.device, vault)), keys, certificate),
    )
  const way = toTarget ?? mocked
  const person = open<Answers>(spec.person, vault)
  const script = new ScriptedPerson(person)
  const others = open<Record<string, Answers>>(spec.people ?? {}, vault)
  const people = Object.fromEntries(
    Object.entries(others).map(([name, answers]) => [name, new ScriptedPerson(answers)]),
  )
  const { pace, sink, onSecret, guardMs, processorMsMax, again, isLive = false, onInspection } = options
  const run = new Run({
    spec,
    vault,
    endpoints,
    transport: (now) => wrap(way.connect(now)),
    keys,
    ...(way.school ? { school: way.school } : {}),
    person: options.person ?? script,
    ...(Object.keys(people).length > 0 ? { people } : {}),
    moreUsers: laterUsersOf([person, ...Object.values(others)]),
    isLive,
    ...(target?.means ? { means: target.means } : {}),
    ...(pace ? { pace } : {}),
    ...(sink ? { sink } : {}),
    ...(onSecret ? { onSecret } : {}),
    ...(guardMs === undefined ? {} : { guardMs }),
    ...(processorMsMax === undefined ? {} : { processorMsMax }),
    ...(again ? { again } : {}),
    ...(onInspection ? { onInspection } : {}),
  })
  const service = target && toTarget && { title: safeText(target.title), requests: toTarget.requests }
  return {
    run,
    release: way.release,
    ...(way.deployments ? { deployments: way.deployments } : {}),
    ...(way.remembered ? { remembered: way.remembered } : {}),
    ...(service ? { service } : {}),
    ...(options.person ? {} : { unused: () => unusedOf({ person: script, ...prefixed(people) }) }),
  }
}

/** The same, for a scenario. */
export const prepareRun = (scenario: Scenario, { seed, ...options }: RunScenarioOptions): Promise<PreparedRun> =>
  prepareSealed(specOf(scenario, seed, options.target), options)

/** Plays a run to its end and judges it. Throws for a bug of ours, infrastructure that failed, and choices that do not fit. */
export async function playSealed(sealed: SealedRun, options: PlayOptions): Promise<JudgedRun> {
  const prepared = await prepareSealed(sealed, options)
  try {
    const result = await prepared.run.play()
    return judged(prepared, sealed.spec, result, await idleSettings(sealed, options, result))
  } finally {
    prepared.release()
  }
}

/** Plays a scenario to its end and judges it. Throws as {@link playSealed}. */
export async function runScenario(
  scenario: Scenario,
  { seed, ...options }: RunScenarioOptions,
): Promise<ScenarioResult> {
  return { ...(await playSealed(specOf(scenario, seed, options.target), options)), scenario }
}

/** Settings without which the run is the same, with their places; none where they are not asked for. A mock alone can be asked so often. */
export const idleSettings = async (
  { spec }: SealedRun,
  { checkSettings = false, target, keys }: PlayOptions,
  result: RunResult,
): Promise<string[]> => {
  // Of a run that ended otherwise than expected there is more to say than that.
  if (!checkSettings || target || result.outcome.kind === 'stopped' || judge(spec.expect, result).length > 0) return []
  return settingsWithoutEffect(spec, watchedPlay(spec.seed, keys))
}

/** Plays scenarios by a call, until the one who watches has seen enough. */
export const watchedPlay =
  (seed: number, keys?: KeySource): PlayOnce =>
  async (one, see) => {
    const { run, release } = await prepareRun(one, { seed, transport: 'direct', ...(keys ? { keys } : {}) })
    let isWanted = true
    run.journal.onEntry((entry) => {
      if (!isWanted || see(entry)) return
      isWanted = false
      run.stop()
    })
    try {
      await run.play()
      return isWanted
    } finally {
      release()
    }
  }

/**
 * Says in the journal whether a run ended as expected, and what of a real service it is about.
 *
 * @param idle settings that had no effect: {@link idleSettings}
 */
export function judged(
  { run, service: real, unused }: PreparedRun,
  spec: RunSpec,
  result: RunResult,
  idle: readonly string[] = [],
): JudgedRun {
  const service = real && { title: real.title, requests: real.requests() }
  const ofService = service ? [...unasked(service), ...strayAnswers(result)] : []
  // What a stopped run did not come to says nothing about it.
  const further =
    result.outcome.kind === 'stopped'
      ? []
      : [...withoutEffect(spec, result), ...unusedAnswers(spec, result, unused?.() ?? []), ...idle, ...ofService]
  const failures = [...judge(spec.expect, result), ...further]
  const passed = failures.length === 0
  // A school's network may fail for a while in a run that passes: that is the story, and no cause of anything.
  const causes = passed && !service ? [] : sessionCausesOf(result.journal).map(sessionCauseText)
  run.journal.write({
    kind: 'verdict',
    passed,
    failures,
    ...(causes.length > 0 ? { causes } : {}),
    ...(service ? { service } : {}),
  })
  return { ...result, failures, passed }
}

/** What a service never heard of says nothing about that service. */
const unasked = (service: NonNullable<VerdictFact['service']>): string[] =>
  service.requests === 0
    ? [
        `the run never talked to ${service.title}: it is no test of it. Play a scenario that uses it, or leave out --service`,
      ]
    : []

/** People who sign in when the first boot is over: everyone that the scenario has an answer of, however often they try. */
function laterUsersOf(people: readonly Answers[]): number {
  const answers = people.flatMap(({ nextSignIn = [] }) => nextSignIn)
  const names = new Set(answers.flatMap((answer) => (typeof answer === 'string' ? answer : (answer.email ?? []))))
  // Keys alone are pressed by one who does not sign in.
  return Math.max(names.size, answers.length > 0 ? 1 : 0)
}

const prefixed = (people: Record<string, ScriptedPerson>): Record<string, ScriptedPerson> =>
  Object.fromEntries(Object.entries(people).map(([name, one]) => [`people.${name}`, one]))

/** With the paths that the answers have in the scenario. */
const unusedOf = (people: Record<string, ScriptedPerson>): UnusedAnswer[] =>
  Object.entries(people).flatMap(([at, one]) =>
    one.unused().map((answer) => ({ ...answer, path: `${at}.${answer.path}` })),
  )
