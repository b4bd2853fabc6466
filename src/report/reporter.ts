import type { ScenarioResult } from '../scenario/run-scenario.ts'

/** What a reporter is told of a finished scenario. `error` is infrastructure that failed: there is no result then. */
export type Finished =
  | { id: string; realMs: number; result: ScenarioResult }
  | { id: string; realMs: number; error: { code: string; message: string } }

export interface Reporter {
  onFinished(finished: Finished): void
  /** Called once, when all are done. */
  onEnd(): void
}

export const isPassed = (finished: Finished): boolean => 'result' in finished && finished.result.passed
