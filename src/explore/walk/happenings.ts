import { LOSABLE } from '../../domain/conditions.ts'
import type { EventWords } from '../../domain/event-words.ts'

/** What can happen around a device while it is in a state. */
export interface Happening {
  words: Partial<EventWords>
  /** Milliseconds, after which it is over. */
  forMs?: number
  /** What it takes away does not come back: a device may wait for it without an end. */
  isForGood?: true
}

export const HAPPENINGS: readonly Happening[] = [
  { words: { network: 'down' }, forMs: 120_000 },
  { words: { network: 'down' }, isForGood: true },
  { words: { wifi: 'off' }, forMs: 30_000 },
  { words: { wifi: 'off' }, isForGood: true },
  { words: { cable: 'out' }, forMs: 30_000 },
  { words: { cable: 'in' } },
  { words: { cable: 'out' }, isForGood: true },
  { words: { portal: 'on' }, isForGood: true },
  { words: { push: true } },
  { words: { disconnect: true } },
  { words: { power: 'cut' } },
  { words: { person: { wait: '20m' } } },
  { words: { person: { wait: '3h' } } },
  { words: { server: { silent: true } }, isForGood: true },
  { words: { administrator: { device: 'wipe' } } },
  { words: { administrator: { device: 'retire' } } },
  { words: { administrator: { device: 'restart' } } },
  { words: { administrator: { device: 'sync' } } },
  { words: { administrator: { entraDevice: 'delete' } } },
  { words: { administrator: { deregister: true } } },
  { words: { disk: 'full' }, isForGood: true },
  { words: { slow: { downloadMbps: 0.05 } }, isForGood: true },
  { words: { slow: { latency: '40s' } }, isForGood: true },
  { words: { clock: '26h' } },
  ...LOSABLE.map((lost): Happening => ({ words: { disk: { lost } } })),
]
