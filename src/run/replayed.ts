import type { StimulusSource } from '../domain/stimulus.ts'
import type { Interjection } from '../ports/timeline.ts'
import type { Again, ForkStimulus, RecordedStimulus } from './run-options.ts'

/** What the run offers to its own record. */
export interface ReplayParts {
  /** Entries in its journal by now. */
  written: () => number
  apply: (stimulus: RecordedStimulus['stimulus'], by: StimulusSource) => void
  now: () => Parameters<ForkStimulus>[0]
  /** The fork is reached: from here on the run is its own. */
  leaveRecord: () => void
}

/**
 * Puts recorded stimuli where they were: between the same two entries of the timeline, at the same moment. At the fork, when
 * there is one, the record ends and the fork's stimuli come in its place.
 */
export function replayed({ stimuli, fork }: Again, parts: ReplayParts) {
  let next = 0
  let isForked = false

  return (step: number, now: number, nextAt: number | undefined): Interjection | undefined => {
    if (isForked) return undefined
    const due = stimuli[next]?.step === step ? stimuli[next] : undefined
    const at = fork && forkMoment(now, nextAt, due)
    if (at !== undefined) {
      isForked = true
      return { at, fire: () => reachFork() }
    }
    if (!due) return undefined
    next++
    return { at: due.at, fire: () => parts.apply(due.stimulus, due.by) }
  }

  /** The moment of the fork, once nothing of the record comes before it. */
  function forkMoment(now: number, nextAt: number | undefined, due: RecordedStimulus | undefined): number | undefined {
    const { point } = fork!
    if ('seq' in point) return parts.written() > point.seq ? now : undefined
    const isLater = (at: number | undefined): boolean => at === undefined || at > point.atMs
    return isLater(nextAt) && isLater(due?.at) ? point.atMs : undefined
  }

  function reachFork(): void {
    parts.leaveRecord()
    fork!.onReached?.()
    for (const give of fork!.stimuli) {
      const stimulus = give(parts.now())
      if (stimulus) parts.apply(stimulus, fork!.by)
    }
  }
}
