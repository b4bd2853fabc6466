import type { LosableFact, TpmCondition } from './conditions.ts'
import type { Answer } from './person.ts'
import type { ServerWords } from './server-act.ts'
import type { TenantActions } from './tenant-action.ts'

/** A proxy, as a scenario has it: its address alone, or with what it does. */
export type ProxyWords =
  | string
  | {
      address: string
      found?: 'wpad' | 'pac' | 'static' | undefined
      signIn?: boolean | undefined
      free?: string[] | undefined
      direct?: string[] | undefined
    }

/** What an event of a scenario does, in the words of its file: the one list of effects. Each has its file in `src/events/`. */
export interface EventWords {
  /** One action in the tenant. */
  administrator: Partial<TenantActions>
  /** What the management server sends, holds and releases. */
  server: ServerWords
  /** Commands of the management server that the device answers with a status: `Replace *pattern*`. */
  refuse: { csp: string; status: number }
  /** Everything behind the cable and the access point is away. */
  network: 'down'
  cable: 'out' | 'in'
  wifi: 'off' | 'on'
  /** A host that never answers, as firewall lists write it: see `meansHost`. */
  block: string
  /** `down`: no name resolves. Else one name, as firewall lists write it. */
  dns: string
  /** A TCP port that nothing gets out to. */
  port: number
  /** TLS inspection of one host, or of all. */
  inspect: true | string
  /** `down`: it does not answer; `signIn`: it asks for a sign-in; else there is this one. */
  proxy: ProxyWords
  /** A captive portal comes. */
  portal: 'on'
  /** Durations and megabits per second. */
  slow: { latency?: string | undefined; downloadMbps?: number | undefined }
  /** Of a hundred packets so many are lost. */
  loss: number
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
  /** What becomes of the TPM. */
  tpm: TpmCondition
  /** What becomes of the disk. */
  disk: 'full' | { slow: number } | { lost: LosableFact } | { recovery: 'enabled' | 'disabled' }
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
