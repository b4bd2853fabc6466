import { basename } from 'node:path'
import type { EventKey } from '../../domain/events.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { UserError } from '../../domain/trouble.ts'
import { lasts } from '../../events/event-kinds.ts'
import type { EventRule } from '../../events/event-rules.ts'
import { isWithin, ownFile, type RunSpec } from '../../run/run-spec.ts'
import { loadCases, type ScenarioCase } from '../cases/scenario-cases.ts'
import { type Scenario, scenarioOf } from '../scenario.ts'
import type { OneDevice } from '../schema/scenario.ts'
import type { Key } from '../schema-issues.ts'

/** Plays a scenario until `see` says no to an entry of its journal. True when it was played to its end. */
export type PlayOnce = (scenario: Scenario, see: (entry: JournalEntry) => boolean) => Promise<boolean>

type Plain = Record<string, unknown>

/** Something that a scenario states, and the scenario without it. */
interface Setting {
  path: Key[]
  without(): OneDevice
  /** Which entries of the journal say whether it had an effect. Left out: all. */
  kinds?: readonly JournalEntry['kind'][]
}

/**
 * The evidence for each setting of a scenario: it is played once more without that one, and when nothing of the journal but its
 * first entry is other than before, the setting had no effect. Each is a sentence with file and line. Not asked are `limits`,
 * which stop what should not happen, and a setting without which the scenario cannot be.
 */
export async function settingsWithoutEffect(spec: RunSpec, play: PlayOnce): Promise<string[]> {
  const [file] = ownFile(spec.places) ?? []
  const loaded = file === undefined ? undefined : caseOf(spec.scenario, file)
  if (!loaded) return []
  const { varied = [] } = spec
  const idle = (await idleSettingsOf(loaded, play)).filter(
    (path) => !loaded.isInherited(path) && !varied.some((fact) => isWithin(factOf(path), fact)),
  )
  return idle.map(
    (path) => `${path.join('.')} had no effect: the run is the same without it. ${loaded.place(path, true).at}`,
  )
}

/** What is changed in a file that is used by name is a fact of it. */
const factOf = (path: readonly Key[]): string => path.filter((key, index) => !(index === 1 && key === 'with')).join('.')

/** Paths of the settings of a case of a scenario's file that had no effect. */
export async function idleSettingsOf(one: ScenarioCase, play: PlayOnce): Promise<Key[][]> {
  const scenario = loadedOf(one)
  const settings = settingsOf(one.scenario)
  const lasting = scenario?.events.filter(({ does }) => lasts(does)) ?? []
  if (!scenario || settings.length + lasting.length === 0) return []
  const before: JournalEntry[] = []
  await play(scenario, (entry) => before.push(entry) > 0)
  const isSame = (changed: Scenario, about: Compared) => {
    const comparison = new Comparison(before, about)
    return play(changed, (entry) => comparison.see(entry)).then((isWhole) => isWhole && comparison.isOver)
  }
  const idle: Key[][] = []
  for (const { path, without, kinds } of settings) {
    // Of a list that has no effect, its entries have none.
    if (idle.some((other) => other.every((key, index) => key === path[index]))) continue
    const other = loadedOf({ ...one, scenario: without() })
    if (other && (await isSame(other, { kinds }))) idle.push(path)
  }
  for (const [index, rule] of scenario.events.entries()) {
    // Of what happens at once the run knows whether anything came of it; what lasts may meet nothing.
    if (!lasts(rule.does)) continue
    const events = scenario.events.map((event, at) => (at === index ? never(event) : event))
    if (await isSame({ ...scenario, events }, { by: `events.${index}` })) idle.push(['events', index])
  }
  return idle
}

/** A shipped file is not below the working folder: it is found by its name. */
function caseOf(id: string, file: string): ScenarioCase | undefined {
  const found = (name: string) => loadCases(name).find((one) => one.id === id)
  try {
    return found(file)
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'ERR_NOT_FOUND')) throw error
    return found(basename(file).replace(/\.ya?ml$/, ''))
  }
}

/** The same event, whose condition is never met: its number stays. */
const never = (rule: EventRule): EventRule => ({ ...rule, when: { kind: 'after', event: '' } })

/** Undefined where it cannot be without the setting. */
function loadedOf(one: ScenarioCase): Scenario | undefined {
  try {
    return scenarioOf(one)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function settingsOf(file: OneDevice): Setting[] {
  const overrides = (['device', 'tenant'] as const).flatMap((part) => {
    const reference = file[part]
    if (reference === undefined || typeof reference === 'string') return []
    return settingsIn(reference.with, [part, 'with'], (changes) => ({
      ...file,
      [part]: { ...reference, with: changes },
    }))
  })
  const skew: Setting[] =
    file.clockSkew === 0 ? [] : [{ path: ['clockSkew'], without: () => ({ ...file, clockSkew: 0 }) }]
  const choices = Object.keys(file.choices).map((choice): Setting => {
    const { [choice]: _, ...others } = file.choices
    return { path: ['choices', choice], without: () => ({ ...file, choices: others }) }
  })
  return [...overrides, ...skew, ...choices]
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** @param rebuild the file with other changes in their place */
function settingsIn(changes: Plain, path: Key[], rebuild: (changes: Plain) => OneDevice): Setting[] {
  return Object.entries(changes).flatMap(([key, value]): Setting[] => {
    const own = [...path, key]
    if (isPlain(value)) return settingsIn(value, own, (inner) => rebuild({ ...changes, [key]: inner }))
    const { [key]: _, ...others } = changes
    const whole: Setting = { path: own, without: () => rebuild(others) }
    if (own.join('.') === 'tenant.with.policies')
      return policiesIn(value, own, (list) => rebuild({ ...changes, [key]: list }))
    if (!Array.isArray(value) || value.length < 2 || !value.every(isPlain)) return [whole]
    const entries = value.map(
      (_, index): Setting => ({
        path: [...own, index],
        without: () => rebuild({ ...changes, [key]: value.filter((_, at) => at !== index) }),
      }),
    )
    return [whole, ...entries]
  })
}

/** What a person sees and what the device does. That a server sends a policy, and the device keeps it, follows from every policy. */
const FOLLOWS = ['transition', 'screen', 'power', 'log', 'outcome'] as const

/** A policy takes the place of one that means nothing: the page counts both. */
function policiesIn(value: unknown, path: Key[], rebuild: (list: unknown[]) => OneDevice): Setting[] {
  if (!Array.isArray(value)) return []
  return value.map((entry, index) => ({
    path: [...path, index],
    kinds: FOLLOWS,
    without: () =>
      rebuild(
        value.map((one, at) => (at === index && isPlain(entry) ? { ...entry, policy: `Simulated/Nothing${at}` } : one)),
      ),
  }))
}

const POLICY_EVENTS: readonly (EventKey | undefined)[] = ['policySetNumber', 'policySetText']

/** Entry 0 says what was to be played, and the last what was expected. */
const APART: readonly JournalEntry['kind'][] = ['run', 'verdict']

interface Compared {
  /** Entries of this event do not count. */
  by?: string
  kinds?: readonly JournalEntry['kind'][] | undefined
}

/** A journal that comes entry by entry, beside one that is whole. */
class Comparison {
  readonly #rest: string[]
  readonly #about: Compared
  #at = 0

  constructor(whole: readonly JournalEntry[], about: Compared) {
    this.#about = about
    this.#rest = whole.filter((entry) => this.#counts(entry)).map(plain)
  }

  /** False from the first entry on that is another one. */
  see(entry: JournalEntry): boolean {
    return !this.#counts(entry) || plain(entry) === this.#rest[this.#at++]
  }

  get isOver(): boolean {
    return this.#at === this.#rest.length
  }

  #counts(entry: JournalEntry): boolean {
    const { by, kinds } = this.#about
    if (APART.includes(entry.kind) || (entry.kind === 'stimulus' && entry.by === by)) return false
    // The event log names each policy.
    if (kinds && entry.kind === 'log' && POLICY_EVENTS.includes(entry.event)) return false
    return kinds?.includes(entry.kind) ?? true
  }
}

const plain = (entry: JournalEntry): string => JSON.stringify({ ...entry, seq: 0 })
