import { durationWords } from '../../scenario/record/as-written.ts'
import { loadedText } from '../../scenario/record/fit.ts'
import { scenarioText } from '../../scenario/record/recorded-scenario.ts'
import { type Scenario, scenarioOf } from '../../scenario/scenario.ts'
import type { MadeMove } from './moves.ts'

export type Plain = Record<string, unknown>

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a scenario's file would say with these moves. */
export function withMoves(scenario: Plain, moves: readonly MadeMove[]): Plain {
  let words = scenario
  for (const move of moves) words = withMove(words, move)
  const events = moves.flatMap((move) => move.events)
  return events.length === 0 ? words : { ...words, events }
}

function withMove(scenario: Plain, { facts = {}, person }: MadeMove): Plain {
  const tenant = { ...facts.tenant, ...(facts.app ? { apps: { 0: facts.app } } : {}) }
  const changed = {
    ...scenario,
    ...part(scenario, 'device', facts.device),
    ...part(scenario, 'tenant', tenant),
    ...part(scenario, 'network', facts.network),
    ...part(scenario, 'person', facts.person as Plain | undefined),
    ...(facts.clockSkewMs ? { clockSkew: skewWords(facts.clockSkewMs) } : {}),
  }
  return { ...changed, ...part(changed, 'person', unanswered((changed as Plain).person, person)) }
}

/** A way out of a page of trouble does not take the place of what the person answers there. */
function unanswered(known: unknown, answers: Plain | undefined): Plain | undefined {
  if (!answers) return undefined
  const has = isPlain(known) && 'use' in known ? (known.with as Plain) : isPlain(known) ? known : {}
  return Object.fromEntries(Object.entries(answers).filter(([page]) => !(page in has)))
}

const skewWords = (ms: number): string => `${ms < 0 ? '-' : ''}${durationWords(Math.abs(ms))}`

/** A named file with these facts changed besides those that are changed already. */
function part(scenario: Plain, key: string, changes: Plain | undefined): Plain {
  if (!changes || Object.keys(changes).length === 0) return {}
  const was = scenario[key]
  if (typeof was === 'string') return { [key]: { use: was, with: changes } }
  if (!isPlain(was)) return { [key]: changes }
  return { [key]: 'use' in was ? { ...was, with: merged((was.with ?? {}) as Plain, changes) } : merged(was, changes) }
}

const merged = (one: Plain, other: Plain): Plain => {
  const out = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const before = out[key]
    out[key] = isPlain(before) && isPlain(value) ? merged(before, value) : value
  }
  return out
}

/** What a scenario is called that no file has yet. */
const FILE = 'explored.yaml'

/** A scenario as its file would be read. @throws UserError for what does not go together */
export const scenarioOfWords = (words: Plain): Scenario => scenarioOf(loadedText(FILE, scenarioText(words, [])))
