import { every } from '../ports/stopwatch.ts'
import { finishedSession } from './finished-session.ts'
import { mountUntilLeft } from './mount-until-left.ts'
import type { OpenedRun } from './open-run.ts'

/** A finished run in the cockpit, until a person leaves it. */
export const showInTerminal = ({ spec, entries }: OpenedRun): Promise<number> =>
  mountUntilLeft(finishedSession(spec, entries), every)
