import type { Target } from '../../domain/target.ts'
import { playAll } from '../../explore/pool.ts'
import { wallClock } from '../../ports/wall-clock.ts'
import type { Finished, Reporter } from '../../report/reporter.ts'
import { EXIT, worse } from '../exit-codes.ts'
import { FEW_PLAYS, optimizeLater } from '../optimize-later.ts'
import { type PrintedKind, printRaw } from '../print.ts'
import { type Stopping, stopOnSignals } from '../stopping.ts'
import { hasWorkers } from '../worker/worker-player.ts'
import type { CaseResult, CaseSettings } from './case-job.ts'
import { type LastRun, PlayedNow, writeLastRun } from './last-run.ts'
import { canBeLive, showLive } from './live.ts'
import { type CaseToPlay, lostResult, playerElsewhere, playerHere } from './players.ts'
import { endAll } from './reporters.ts'
import { type RunOptions, workersFor } from './run-options.ts'

export interface Play {
  options: RunOptions
  target: Target | undefined
  lastRun: LastRun | undefined
  /** Each page is printed as it comes. */
  isPlain: boolean
  /** A terminal may show how far it is. */
  mayShow: boolean
}

/** Plays all, side by side where that is worth it, and reports them in their order. Returns the exit code. */
export async function playCases(
  cases: readonly CaseToPlay[],
  reporters: readonly Reporter[],
  play: Play,
): Promise<number> {
  const stopping = stopOnSignals()
  try {
    const code = await playAndReport(cases, reporters, play, stopping)
    return stopping.code ?? code
  } finally {
    stopping.release()
  }
}

async function playAndReport(
  cases: readonly CaseToPlay[],
  reporters: readonly Reporter[],
  play: Play,
  stopping: Stopping,
): Promise<number> {
  const { options, target, lastRun } = play
  const settings = settingsOf(play)
  const expectedMs = cases.map(({ name }) => lastRun?.times[name] ?? USUAL_MS)
  const size = sizeFor(expectedMs, options)
  // A watch plays again and again.
  const isShort = cases.length <= FEW_PLAYS * size && !options.isWatch
  if (isShort && size === 1) optimizeLater()
  const shownOn = options.isHeaded ? (await import('./headed.ts')).stage(options.speed) : undefined
  const printOnce = printer()
  const startedAt = wallClock()
  const played = new PlayedNow()
  let worst: number = EXIT.pass
  let failures = 0
  let stopped: 'signal' | 'bail' | undefined
  for (const reporter of reporters) reporter.onStart?.(cases)
  const live =
    play.mayShow && !shownOn && canBeLive(process.stdout, process.env)
      ? showLive(process.stdout, expectedMs, size)
      : undefined
  const pool = playAll<CaseToPlay, CaseResult, string>(cases, {
    size,
    start: () =>
      size > 1 ? playerElsewhere(settings, stopping, isShort) : playerHere(settings, target, stopping, shownOn),
    lost: lostResult,
    onResult({ finished, printed }, index) {
      if (finished.todo !== undefined) {
        for (const reporter of reporters) reporter.onNotPlayed(cases[index]!.about)
        return
      }
      for (const [kind, text] of printed) printOnce(kind, text)
      played.add(cases[index]!.name, finished)
      worst = worse(worst, codeOf(finished))
      for (const reporter of reporters) reporter.onFinished(finished)
    },
    onNotPlayed({ about }) {
      for (const reporter of reporters) reporter.onNotPlayed(about)
    },
    onBegin: ({ about }, index) => live?.began(about.id, index),
    onProgress: (page, index) => live?.page(page, index),
    onEnded({ finished }, index) {
      if (finished.todo !== undefined) return false
      live?.ended(finished, index)
      if (!finished.passed) failures++
      if (failures >= options.bail) stopped ??= 'bail'
      return stopped !== undefined
    },
  })
  const undo = stopping.onStop((code) => {
    stopped = 'signal'
    pool.stop(code)
  })
  await pool.done.finally(() => {
    undo()
    live?.end()
  })
  const end = { startedAt, endedAt: wallClock(), ...(stopped ? { stopped } : {}) }
  const code = endAll([
    ...reporters.map((reporter) => () => reporter.onEnd(end)),
    () => writeLastRun(options.out, played.after(lastRun)),
  ])
  return worse(worst, code)
}

const settingsOf = ({ options, isPlain }: Play): CaseSettings => {
  const { out, transport, speed, retries, isChecked, checkSettings } = options
  return { out, transport, speed, isPlain, retries, isChecked, checkSettings }
}

/** Real time of a scenario that was never played here: a guess. */
const USUAL_MS = 100

/** How many players there are; one is this process. */
function sizeFor(expectedMs: readonly number[], options: RunOptions): number {
  if (expectedMs.length < 2 || !hasWorkers()) return 1
  const sum = expectedMs.reduce((all, ms) => all + ms, 0) * (options.isChecked ? 2 : 1)
  const size = workersFor(options, options.speed === Number.POSITIVE_INFINITY ? sum : Number.POSITIVE_INFINITY)
  return Math.min(size, expectedMs.length)
}

/** What several processes note, each for itself, is printed once. */
function printer(): (kind: PrintedKind, text: string) => void {
  const notes = new Set<string>()
  return (kind, text) => {
    if (kind === 'note' && notes.has(text)) return
    notes.add(text)
    printRaw(kind, text)
  }
}

export function codeOf({ broken, passed }: Finished): number {
  if (broken?.kind === 'bug') return EXIT.bug
  if (broken?.kind === 'infrastructure') return EXIT.infrastructure
  return passed ? EXIT.pass : EXIT.scenarioFailed
}
