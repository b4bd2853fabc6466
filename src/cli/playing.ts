import type { AdjustablePace } from '../ports/pace.ts'
import type { Run } from '../run/run.ts'
import type { Again, ForkPoint } from '../run/run-options.ts'
import type { Vault } from '../run/seal.ts'
import { judged, type MockTransport, prepareSealed } from '../scenario/run-scenario.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { keepCollectedLogs } from './collected-logs.ts'
import { openRunFolder } from './output-folder.ts'
import { PagePace } from './page-pace.ts'
import type { PlayOptions } from './play-plain.ts'
import { silentKeys } from './reported-keys.ts'
import { stopRun } from './stopping.ts'

/** A run with a person at the keyboard, and the folder that it is written to. */
export interface Playing {
  run: Run
  /** Of its journal. */
  path: string
  /** With the secrets that a person has typed in it. */
  vault: Vault
  /** Rejects when the run fails. */
  played: Promise<void>
  /** Ends it where it is, and closes its folder. @returns paths of the logs that were collected */
  end(): Promise<string[]>
}

export interface Beginning {
  /** What the run's folder is called. */
  name: string
  pace: AdjustablePace
  options: Pick<PlayOptions, 'out' | 'target' | 'inspection'>
  transport?: MockTransport
  /** A recorded run up to a point, from which a person continues by hand. */
  from?: { again: Omit<Again, 'fork'>; point: ForkPoint; isByHand: boolean; onReached(): void }
  /** Before it is played. */
  onReady?(run: Run): void
}

const TAKE_OVER = { kind: 'person', who: 'terminal' } as const

/** Begins a run by hand: from its start, or from a moment of one that was recorded. */
export async function beginPlaying(sealed: SealedRun, beginning: Beginning): Promise<Playing> {
  const { name, pace, options, transport, from, onReady } = beginning
  const { out, target, inspection } = options
  const vault = { ...sealed.vault }
  const folder = openRunFolder(out, name, vault)
  const prepared = await prepareSealed(sealed, {
    keys: silentKeys,
    pace,
    sink: (line) => folder.write(line),
    onSecret: (secret, value) => {
      vault[secret] = value
      folder.keepSecret(secret, value)
    },
    isLive: true,
    ...(transport ? { transport } : {}),
    ...(target ? { target } : {}),
    ...(inspection ? { onInspection: inspection.onInspection } : {}),
    ...(from
      ? {
          again: {
            ...from.again,
            fork: {
              point: from.point,
              by: 'terminal',
              // In a run that was by hand already, nothing but the past is played.
              stimuli: from.isByHand ? [({ who }) => (who === 'script' ? TAKE_OVER : null)] : [() => TAKE_OVER],
              onReached: from.onReached,
            },
          },
        }
      : {}),
  })
  const { run, release } = prepared
  folder.onTrouble((error) => run.timeline.fail(error))
  const logs = keepCollectedLogs(run, folder)
  if (pace instanceof PagePace) run.journal.onEntry((entry) => pace.take(entry))
  if (!from) run.apply(TAKE_OVER, 'terminal')
  onReady?.(run)
  const played = run.play().then((result) => void judged(prepared, sealed.spec, result))
  // The one that waits for it sees it; until then it is no rejection without a handler.
  played.catch(() => {})
  return {
    run,
    path: folder.path,
    vault,
    played,
    async end() {
      try {
        await stopRun(run, played)
        await played
        return await logs.written()
      } finally {
        release()
        if (pace instanceof PagePace) pace.release()
        folder.close()
      }
    },
  }
}
