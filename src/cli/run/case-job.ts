import type { Case, Finished } from '../../report/reporter.ts'
import type { MockTransport } from '../../scenario/run-scenario.ts'
import type { SealedRun } from '../../scenario/spec-of.ts'
import type { Place } from '../output-folder.ts'
import type { PrintedKind } from '../print.ts'

/** One play of one scenario, as plain data: any process can do it. */
export interface CaseJob {
  about: Case
  /** Below the output folder. */
  place: Place
  sealed: SealedRun
  settings: CaseSettings
}

export interface CaseSettings {
  /** The output folder. */
  out: string
  transport: MockTransport
  /** Virtual milliseconds per real one. */
  speed: number
  /** Each page is printed as it comes. */
  isPlain: boolean
  /** How often a scenario that failed is played again. */
  retries: number
  /** It is played twice, and the journals are compared. */
  isChecked: boolean
  /** It is played once more without each of its settings. */
  checkSettings: boolean
}

export interface CaseResult {
  finished: Finished
  /** What it has printed, in order: another process cannot print in its turn. */
  printed: [kind: PrintedKind, text: string][]
}
