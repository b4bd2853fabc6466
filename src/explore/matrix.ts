import type { Fault } from '../domain/faults/fault.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import { outcomeText } from '../journal/outcome.ts'
import type { Baseline } from './baseline.ts'
import { stepText } from './steps.ts'
import type { SweepPlan, SweepResult } from './sweep.ts'

/** One line of the matrix: a fault, and at how many steps its row held. */
export interface MatrixRow {
  fault: string
  family: Fault['family']
  steps: number
  held: number
  notHeld: readonly { step: string; failures: readonly string[]; bug?: string }[]
}

/** What a sweep says of one case of a scenario. */
export interface Matrix {
  scenario: string
  seed: number
  /** How it ends without a fault. */
  outcome: Baseline['result']['outcome']
  rows: readonly MatrixRow[]
  /** Faults that cannot bite here. */
  absent: readonly string[]
}

export function matrixOf({ baseline, absent }: SweepPlan, results: readonly SweepResult[]): Matrix {
  const byFault = new Map<string, SweepResult[]>()
  for (const result of results) byFault.set(result.job.fault, [...(byFault.get(result.job.fault) ?? []), result])
  const rows = FAULTS.flatMap(({ name, family }): MatrixRow[] => {
    const all = byFault.get(name)
    if (!all) return []
    const notHeld = all
      .filter(({ failures }) => failures.length > 0)
      .map(({ job, failures, bug }) => ({ step: stepText(job.step), failures, ...(bug === undefined ? {} : { bug }) }))
    return [{ fault: name, family, steps: all.length, held: all.length - notHeld.length, notHeld }]
  })
  return {
    scenario: baseline.scenario.id,
    seed: baseline.seed,
    outcome: baseline.result.outcome,
    rows,
    absent: absent.map(({ name }) => name),
  }
}

export const isHeld = ({ rows }: Matrix): boolean => rows.every(({ notHeld }) => notHeld.length === 0)

export const hasBug = ({ rows }: Matrix): boolean =>
  rows.some(({ notHeld }) => notHeld.some(({ bug }) => bug !== undefined))

/** Cells of the matrix, its heading first. */
export function matrixCells({ rows }: Matrix): string[][] {
  return [
    ['', 'FAULT', 'FAMILY', 'HELD', 'PAGE', 'CODE', 'HOW IT ENDS'],
    ...rows.map(({ fault, family, steps, held }) => {
      const { page, code, ends } = faultOf(fault)
      return [held === steps ? '✓' : '✗', fault, family, `${held}/${steps}`, page ?? 'any', code ?? '', ENDS[ends]]
    }),
  ]
}

const faultOf = (name: string): Fault => FAULTS.find((fault) => fault.name === name)!

export const ENDS: Readonly<Record<Fault['ends'], string>> = {
  asBefore: 'as without the fault',
  failed: 'fails on the page',
  stuck: 'waits without an end',
  withoutAutopilot: 'without the Autopilot profile',
  unmanaged: 'not managed',
  unanswered: 'waits for an answer',
}

/** What did not hold, and the sum. */
export function summaryLines({ scenario, seed, outcome, rows, absent }: Matrix): string[] {
  const broken = rows.flatMap(({ fault, notHeld }) =>
    notHeld.map(({ step, failures }) => `✗ ${fault}, ${step}: ${failures.join('; ')}`),
  )
  const runs = rows.reduce((sum, { steps }) => sum + steps, 0)
  const held = rows.reduce((sum, one) => sum + one.held, 0)
  return [
    ...broken,
    `${scenario}: ${outcomeText(outcome)} without a fault, seed ${seed}`,
    `${many(rows.length, 'fault')}, ${many(runs, 'run')}, ${held} held, ${runs - held} did not; ${many(absent.length, 'fault')} cannot happen here`,
  ]
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
