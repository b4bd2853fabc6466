import type { RecordedSpec } from '../../domain/journal.ts'
import { AdjustablePace } from '../../ports/pace.ts'
import { every, pause } from '../../ports/stopwatch.ts'
import type { Pace } from '../../ports/timeline.ts'
import type { Run } from '../../run/run.ts'
import { ScriptedPerson } from '../../scenario/scripted-person.ts'
import { lookOf } from '../../ui/look/look.ts'
import type { DeviceSession } from '../../ui/session.ts'
import { LiveSession } from '../live-session.ts'

/** A page that the scenario's person answers is shown for so long, in real time. */
const PAGE_MS = 700
/** And the end of a run. */
const END_MS = 1_500

/** Where runs are seen as they are played. */
export interface Stage {
  /** Of the next run. */
  readonly pace: Pace
  /** Draws a run from now on. */
  show(run: Run, spec: RecordedSpec): Promise<Shown>
}

export interface Shown {
  /** The end is shown for a while, and the terminal is given back. */
  end(): Promise<void>
}

/**
 * Shows runs in the terminal UI, one after the other. The scenario's person answers; who watches may change the speed, and see all that the
 * UI shows. Leaving it ends all runs, as Ctrl+C does.
 */
export function stage(speed: number): Stage {
  const chosen = new AdjustablePace(speed)
  let isHeld = false
  const pace: Pace = {
    speed: () => (isHeld ? 0 : chosen.speed()),
    subscribe: (listener) => chosen.subscribe(listener),
  }
  const hold = (isNow: boolean) => {
    isHeld = isNow
    chosen.changed()
  }
  return {
    pace,
    async show(run, spec) {
      const { mountTerminal } = await import('../../ui/mount.tsx')
      const live = new LiveSession(run, chosen, spec, () => new ScriptedPerson({}))
      const over = new AbortController()
      run.journal.onEntry((entry) => {
        if (entry.kind !== 'screen' || !('screen' in entry) || entry.isWaiting !== true || isHeld) return
        hold(true)
        void pause(PAGE_MS, over.signal).finally(() => hold(false))
      })
      const terminal = mountTerminal(watchedOnly(live), {
        stdin: process.stdin,
        stdout: process.stdout,
        every,
        look: lookOf({}, process.env, process.platform),
      })
      let isGone = false
      terminal.done.then(
        () => {
          if (isGone) return
          isGone = true
          over.abort()
          // As Ctrl+C, which the UI reads as a key.
          process.kill(process.pid, 'SIGINT')
        },
        (error: unknown) => run.timeline.fail(error),
      )
      return {
        async end() {
          over.abort()
          const left = terminal.done.catch(() => {})
          if (!isGone) await Promise.race([pause(END_MS), left])
          isGone = true
          terminal.unmount()
        },
      }
    },
  }
}

/** The person is the scenario's: keys of who watches change the view and the speed. */
function watchedOnly(live: LiveSession): DeviceSession {
  const nothing = () => {}
  return {
    snapshot: () => live.snapshot(),
    isAsking: () => live.isAsking(),
    subscribe: (listener) => live.subscribe(listener),
    setSpeed: (speed) => live.setSpeed(speed),
    act: nothing,
    toggleCable: nothing,
    toggleWifi: nothing,
    pressKeys: nothing,
    toggleLid: nothing,
    togglePower: nothing,
  }
}
