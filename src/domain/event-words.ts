import type { Answer } from './person.ts'
import type { ServerCommand, TenantActions } from './tenant-action.ts'

/** What an event of a scenario does, in the words of its file: the one list of effects. Each has its file in `src/events/`. */
export interface EventWords {
  /** One action in the tenant. */
  administrator: Partial<TenantActions>
  /** A command of the management server, in the next session. */
  server: ServerCommand
  /** Everything behind the cable and the access point is away. */
  network: 'down'
  cable: 'out' | 'in'
  wifi: 'off' | 'on'
  /** A host that never answers, as firewall lists write it: see `meansHost`. */
  block: string
  /** Fails and comes back; or is switched off, and on. */
  power: 'cut' | 'off' | 'on'
  lid: 'closed' | 'open'
  /** `leaves`, `comes back`, `{ becomes: bob }`, `{ wait: 5m }`, or an answer to the page that is shown. */
  person: Answer
  /** The management server's push arrives. */
  push: true
  /** The work or school account is disconnected in Settings. */
  disconnect: true
  /** The device's clock is moved: `2h` or `-2h`. */
  clock: string
  /** Keys pressed together: `Shift+F10`. */
  keys: string
  /** The service's place is taken by this answer. */
  answer: { status: number; body?: string | undefined; headers?: Record<string, string> | undefined }
  /** A duration: `40s`. */
  delay: string
  drop: true
  hang: true
  corrupt: true
}
