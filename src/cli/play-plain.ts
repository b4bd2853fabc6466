import { formatDuration } from '../domain/duration.ts'
import type { Target } from '../domain/target.ts'
import { toldLines } from '../journal/cause/lines.ts'
import { outcomeText, requestsText, verdictOf } from '../journal/outcome.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { judged, prepareSealed } from '../scenario/run-scenario.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { isBug, printBug } from './broken-run.ts'
import { keepCollectedLogs } from './collected-logs.ts'
import { EXIT } from './exit-codes.ts'
import type { Inspection } from './inspection.ts'
import { openRunFolder } from './output-folder.ts'
import { plainLines } from './plain-lines.ts'
import { print } from './print.ts'
import { reportedKeys } from './reported-keys.ts'
import { playStoppable, stopOnSignals } from './stopping.ts'

export interface PlayOptions {
  speed: number
  target: Target | undefined
  out: string
  /** How the run can be watched. */
  inspection: Inspection | undefined
}

/** Plays a scenario without a person and prints each page and the outcome. */
export async function playPlain(sealed: SealedRun, { speed, out, target, inspection }: PlayOptions): Promise<number> {
  const { spec, vault } = sealed
  const folder = openRunFolder(out, spec.scenario, vault)
  const stopping = stopOnSignals()
  const show = plainLines(print)
  print(`${spec.title} — ${spec.device.title}, ${spec.tenant.name}, seed ${spec.seed}`)
  const prepared = await prepareSealed(sealed, {
    ...(target ? { target } : {}),
    ...(inspection ? { onInspection: inspection.onInspection } : {}),
    keys: reportedKeys,
    pace: new AdjustablePace(speed),
    sink: (line) => {
      folder.write(line)
      show(line)
    },
  })
  const { run } = prepared
  folder.onTrouble((error) => run.timeline.fail(error))
  const logs = keepCollectedLogs(run, folder)
  try {
    const result = await playStoppable(run, run.play(), stopping)
    const { outcome, durationMs, failures, passed } = judged(prepared, spec, result)
    const asked = requestsText(verdictOf(run.journal.entries)?.service)
    print('')
    print(
      `outcome: ${outcomeText(outcome)}, after ${formatDuration(durationMs)} of device time${asked ? `, ${asked}` : ''}`,
    )
    for (const failure of failures) print(`  ${failure}`)
    for (const line of toldLines(run.journal.entries)) print(`  why: ${line}`)
    for (const path of await logs.written()) print(`logs: ${path}`)
    return stopping.code ?? (passed ? EXIT.pass : EXIT.scenarioFailed)
  } catch (error) {
    if (!isBug(error)) throw error
    printBug(error, { path: folder.path, journal: run.journal.entries })
    return EXIT.bug
  } finally {
    prepared.release()
    stopping.release()
    folder.close()
  }
}
