import * as v from 'valibot'
import type { AppOptions } from '../../domain/expectations.ts'
import type { AppFact, AppState, JournalEntry } from '../../domain/journal.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { specIn } from '../../journal/story.ts'
import { defineExpectation, type Judgement } from './define-expectation.ts'
import { fits, insteadOf } from './near.ts'
import { countText, isSoOften, listOf, times, timesText, whole, windowsCode } from './times.ts'

const STATES = [
  'downloading',
  'waiting',
  'downloaded',
  'installing',
  'installed',
  'failed',
  'skipped',
  'uninstalled',
] as const satisfies readonly AppState[]

const step = v.picklist(STATES)
const state = v.picklist([...STATES, 'absent'])
const full = v.pipe(
  v.strictObject({
    state: v.optional(
      v.pipe(state, v.description('At the end. absent: the school has it, and nothing happened to it.')),
    ),
    states: v.optional(v.pipe(listOf(step), v.description('In this order, gaps allowed.'))),
    exitCode: v.optional(
      v.pipe(whole(-2_147_483_648, 4_294_967_295), v.description('Of the installer, the last time.')),
    ),
    code: v.optional(windowsCode),
    attempts: v.optional(times),
  }),
  v.check((facts) => Object.values(facts).some((fact) => fact !== undefined), 'needs one fact of the app'),
)

/** An app that the journal speaks of. */
interface NamedApp {
  id: string
  names: string[]
}

const bare = (id: string): string => id.replace(/[{}]/g, '').toLowerCase()

/** Apps and scripts of the school, by their ids. */
function schoolsApps(journal: readonly JournalEntry[]): Map<string, string> {
  const { apps = [], scripts = [] } = (specIn(journal)?.tenant ?? {}) as Partial<TenantDefinition>
  return new Map([...apps, ...scripts].map(({ id, name }) => [bare(id), name]))
}

/** The apps of a run, with the names that they have in their packages and at the school. */
function appsIn(journal: readonly JournalEntry[], school: ReadonlyMap<string, string>): NamedApp[] {
  const apps = new Map<string, NamedApp>()
  for (const entry of journal) {
    if (entry.kind !== 'app') continue
    const known = apps.get(entry.id) ?? { id: entry.id, names: [entry.id, school.get(bare(entry.id)) ?? ''] }
    if (entry.name !== undefined) known.names.push(entry.name)
    apps.set(entry.id, known)
  }
  return [...apps.values()]
}

const isNamed = (wanted: string, name: string): boolean => name !== '' && fits(bare(wanted), bare(name))

/** What is wanted of an app, whether it is so, and what it is instead. */
type Fact = [what: string, holds: boolean, found: string]

function factsOf(entries: readonly AppFact[], wanted: AppOptions): Fact[] {
  const last = entries.at(-1)!
  const path = entries.map((entry) => entry.state)
  const attempts = Math.max(...entries.map(({ attempt }) => attempt))
  const of = <Value>(pick: (entry: AppFact) => Value | undefined) =>
    entries.map(pick).findLast((one) => one !== undefined)
  const exitCode = of((entry) => entry.exitCode)
  const code = of((entry) => entry.code)
  const { state: end, states, exitCode: exit, code: failure, attempts: tries } = wanted
  const why = last.text === undefined ? '' : `: ${last.text}`
  return [
    ...(end === undefined ? [] : [[end, last.state === end, `${last.state}${why}`] satisfies Fact]),
    ...(states ? [[states.join(' → '), isInOrder(path, states), path.join(' → ')] satisfies Fact] : []),
    ...(exit === undefined
      ? []
      : [[`with the exit code ${exit}`, exitCode === exit, `the exit code ${exitCode ?? 'none'}`] satisfies Fact]),
    ...(failure === undefined
      ? []
      : [[`with the code ${failure}`, isSameCode(code, failure), `the code ${code ?? 'none'}`] satisfies Fact]),
    ...(tries === undefined
      ? []
      : [[`tried${timesText(tries)}`, isSoOften(attempts, tries), `tried ${countText(attempts)}`] satisfies Fact]),
  ]
}

const isSameCode = (code: string | undefined, wanted: string): boolean => code?.toLowerCase() === wanted.toLowerCase()

/** @param names of all apps, those of the school included */
function judgeApp(name: string, entries: readonly AppFact[], wanted: AppOptions, names: readonly string[]): Judgement {
  if (entries.length === 0) {
    const isKnown = names.some((one) => isNamed(name, one))
    return {
      holds: isKnown && wanted.state === 'absent',
      said: `the app ${name}${wanted.state === undefined ? '' : ` ${wanted.state}`}`,
      found: isKnown ? ', got absent' : insteadOf(name, names, 'there is no app'),
    }
  }
  const facts = factsOf(entries, wanted)
  const wrong = facts.filter(([, holds]) => !holds)
  const told = wrong.length > 0 ? wrong : facts
  return {
    holds: wrong.length === 0,
    said: `the app ${name} ${told.map(([what]) => what).join(', ')}`,
    found: `, got ${told.map(([, , found]) => found).join(', ')}`,
  }
}

function isInOrder(path: readonly AppState[], wanted: readonly AppState[]): boolean {
  let from = 0
  return wanted.every((one) => {
    const at = path.indexOf(one, from)
    from = at + 1
    return at >= 0
  })
}

/** Apps, and how far they came. */
export const app = defineExpectation<'app'>({
  matcher: 'toHaveApp',
  keys: {
    apps: v.pipe(
      v.record(
        v.string(),
        v.lazy((given) => (given === undefined ? v.union([state, full]) : typeof given === 'object' ? full : state)),
      ),
      v.description('Apps by name or id, with their state at the end: { Safe Exam Browser: installed }.'),
    ) as never,
  },
  words: (name, story) => ({ apps: { [name]: story } }),
  judge: ({ apps = {} }, { journal }) => {
    const school = schoolsApps(journal)
    const all = appsIn(journal, school)
    const names = [...all.flatMap((one) => one.names), ...school.values()].filter((name) => name !== '')
    return Object.entries(apps).map(([name, said]) => {
      // An app may come anew with another id.
      const ids = new Set(all.filter((one) => one.names.some((each) => isNamed(name, each))).map(({ id }) => id))
      const entries = journal.flatMap((entry) => (entry.kind === 'app' && ids.has(entry.id) ? [entry] : []))
      return judgeApp(name, entries, typeof said === 'string' ? { state: said } : said, names)
    })
  },
})
