import { createHash } from 'node:crypto'
import type { JournalEntry } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import { playSealed } from '../scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../scenario/scenario.ts'
import { specOf } from '../scenario/spec-of.ts'
import { judge } from '../scenario/verdict.ts'

/** Answers to choices of a run by their number; the seed answers the others. */
export type Order = Readonly<Record<number, number>>

/** One run of an exploration as plain data: a worker needs nothing else. */
export interface OrderJob {
  /** Of the shipped scenarios or the working folder, or a path. */
  scenario: string
  /** The case of its matrix. */
  id: string
  seed: number
  order: Order
}

export interface OrderResult {
  job: OrderJob
  /** Expectations that did not hold. */
  failures: readonly string[]
  /** A bug of ours, a broken invariant among them: its stack. */
  bug?: string
  /** The choices that came, in their order. */
  choices: readonly { of: readonly string[]; picked: number }[]
  /** The same for two runs whose parts all saw the same; empty where the order does not fit: one of its choices never came. */
  trace: string
}

/** The one that was played last: thousands of orders are of one scenario, whose files are read once. */
let last: { name: string; scenario: Scenario } | undefined

function scenarioOf({ scenario: path, id }: OrderJob): Scenario {
  const name = JSON.stringify([path, id])
  if (last?.name !== name) last = { name, scenario: loadScenarios(path).find((one) => one.id === id)! }
  return last.scenario
}

/** One order. What a run of it throws is in the result: the others are played all the same. */
export async function playOrder(job: OrderJob): Promise<OrderResult> {
  const scenario = scenarioOf(job)
  const { spec, vault } = specOf(scenario, job.seed)
  const choices = { ...spec.choices, ...job.order }
  try {
    const result = await playSealed({ spec: { ...spec, choices }, vault }, { transport: 'direct' })
    const failures = judge(spec.expect, result)
    return { job, failures, choices: choicesIn(result.journal), trace: traceOf(result.journal) }
  } catch (error) {
    if (error instanceof UserError && error.code === 'ERR_CHOICE') return { job, failures: [], choices: [], trace: '' }
    const { message, stack = message } = error as Error
    return { job, failures: [message], bug: stack, choices: [], trace: '' }
  }
}

const choicesIn = (journal: readonly JournalEntry[]): OrderResult['choices'] =>
  journal.flatMap((entry) => (entry.kind === 'choice' ? [{ of: entry.of, picked: entry.picked }] : []))

/**
 * What each part of a run saw, whatever happened in between elsewhere: orders that differ only in what nothing depends on have one trace
 * (Mazurkiewicz traces, by statechart, exchange, node and app).
 */
function traceOf(journal: readonly JournalEntry[]): string {
  const parts = new Map<string, string[]>()
  const operations = new Map<number, string>()
  for (const entry of journal) {
    if (entry.kind === 'request') operations.set(entry.id, entry.operation)
    const part = partOf(entry, operations)
    if (part === undefined) continue
    const fact = factOf(entry)
    const seen = parts.get(part) ?? []
    parts.set(part, seen)
    seen.push(JSON.stringify(fact))
  }
  const hash = createHash('sha256')
  for (const [part, seen] of [...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${part}\n${seen.join('\n')}\n`)
  return hash.digest('base64url')
}

/** Without its place in the journal. Of an exchange: how it ended; identifiers and tokens in it are drawn in the order of the requests. */
function factOf(entry: JournalEntry): unknown {
  if (entry.kind === 'response') return entry.status ?? entry.trouble
  const { at: _, seq: __, ...fact } = entry
  return fact
}

function partOf(entry: JournalEntry, operations: ReadonlyMap<number, string>): string | undefined {
  switch (entry.kind) {
    case 'response':
      return `exchange ${operations.get(entry.id)}`
    case 'transition':
      return `transition ${entry.machine}`
    case 'csp':
      return `csp ${entry.uri}`
    case 'app':
      return `app ${entry.id}`
    case 'session':
      return 'session'
    case 'screen':
    case 'outcome':
    case 'verdict':
    case 'power':
      return 'screen'
    default:
      return undefined
  }
}
