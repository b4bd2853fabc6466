import type { JournalEntry } from '../domain/journal.ts'
import type { InfrastructureError, UserError } from '../domain/trouble.ts'
import { elapsed } from '../ports/stopwatch.ts'
import type { Broken } from '../report/reporter.ts'
import type { Run } from '../run/run.ts'
import type { RunResult } from '../run/run-options.ts'
import { idleSettings, judged, type PlayOptions, prepareSealed } from '../scenario/run-scenario.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { brokenBy, printBug } from './broken-run.ts'
import { keepCollectedLogs } from './collected-logs.ts'
import { openRunFolder, type Place, type RunFolder, shownPage } from './output-folder.ts'
import { plainLines } from './plain-lines.ts'
import { print, printError } from './print.ts'
import type { Stage } from './run/headed.ts'
import { playStoppable, type Stopping } from './stopping.ts'

export interface CaseOptions extends PlayOptions {
  out: string
  /** Below that folder. */
  place: Place
  /** Each page is printed as it comes. */
  isPlain: boolean
  stopping: Stopping
  /** Called with each page as it comes. */
  onPage?: (page: string) => void
  /** It is shown as it is played. */
  stage?: Stage | undefined
}

/** What was played, and what is left of it. */
export interface PlayedCase {
  realMs: number
  /** Of the journal, once there is one. */
  path: string | undefined
  journal: readonly JournalEntry[]
  broken: Broken | undefined
}

/** One scenario of several. Whatever happens in it, trouble of its folder included, is in what it returns. */
export async function playCase(seal: () => SealedRun, options: CaseOptions): Promise<PlayedCase> {
  const { out, place, isPlain, stopping, onPage, stage, sink: onLine, ...playOptions } = options
  const realMs = elapsed()
  const show = isPlain ? plainLines(print) : undefined
  let folder: RunFolder | undefined
  let run: Run | undefined
  let broken: Broken | undefined
  const breakBy = (error: unknown) => {
    // What came first is the reason of the rest.
    if (broken) return
    broken = brokenBy(error)
    if (broken.kind === 'bug') printBug(error, { path: folder?.path ?? out, journal: run?.journal.entries ?? [] })
    else printError(error as UserError | InfrastructureError)
  }
  try {
    const sealed = seal()
    folder = openRunFolder(out, place, sealed.vault)
    const { write } = folder
    const sink = (line: string) => {
      write(line)
      show?.(line)
      onLine?.(line)
      const page = onPage && shownPage(line)
      if (page !== undefined) onPage?.(page)
    }
    const pace = stage ? { pace: stage.pace } : {}
    const prepared = await prepareSealed(sealed, { ...playOptions, ...pace, sink })
    const { timeline } = prepared.run
    run = prepared.run
    folder.onTrouble((error) => timeline.fail(error))
    const logs = keepCollectedLogs(run, folder)
    const shown = await stage?.show(run, sealed.spec)
    let result: RunResult
    try {
      result = await playStoppable(run, run.play(), stopping)
    } finally {
      prepared.release()
      await shown?.end()
    }
    await logs.written()
    judged(prepared, sealed.spec, result, await idleSettings(sealed, playOptions, result))
  } catch (error) {
    breakBy(error)
  }
  try {
    folder?.close()
  } catch (error) {
    breakBy(error)
  }
  return { realMs: realMs(), path: folder?.path, journal: run?.journal.entries ?? [], broken }
}
