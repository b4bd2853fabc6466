import { every } from '../../ports/stopwatch.ts'
import type { ComparedRun, ComparedRuns } from '../../report/compared/compare-runs.ts'
import type { SessionSnapshot } from '../../ui/session.ts'
import { finishedSession } from '../finished-session.ts'
import { mountUntilLeft } from '../mount-until-left.ts'
import { compareSourceOf } from './source.ts'
import type { Names } from './ways.ts'

/** Two finished runs side by side in the terminal, until a person leaves them. */
export async function compareInTerminal(
  compared: ComparedRuns,
  runs: Readonly<Record<'left' | 'right', ComparedRun>>,
  names: Names,
): Promise<number> {
  const session = finishedSession(runs.left.spec, runs.left.entries)
  const snapshot: SessionSnapshot = { ...session.snapshot(), compare: compareSourceOf(compared, runs, names) }
  return mountUntilLeft({ ...session, snapshot: () => snapshot }, every)
}
