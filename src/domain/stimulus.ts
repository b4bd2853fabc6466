import type { DiskChange, TpmCondition } from './conditions.ts'
import type { EspPhase } from './esp.ts'
import type { SchoolNetworkChange } from './network.ts'
import type { PageId } from './pages.ts'
import type { SecretRef } from './secret.ts'
import type { ServerOrder } from './server-act.ts'
import type { TenantAction } from './tenant-action.ts'

/** Which exchange is meant: by its number in the journal while it is under way, or the next that matches `POST *pattern*`. */
export type ExchangeChoice = number | string

/** Everything that reaches a run from outside of it. The list is closed: `Run.apply` carries out each kind. */
export type Stimulus =
  /** A button or link of the page, with the values of its fields by control id. */
  | { kind: 'press'; page: PageId; control: string; values: Record<string, string | SecretRef> }
  /** Keys pressed together, which no page owns: `Shift+F10`. */
  | { kind: 'keyChord'; keys: string }
  /** The person does nothing for a time. */
  | { kind: 'wait'; ms: number }
  | { kind: 'cable'; position: 'in' | 'out' }
  | { kind: 'radio'; position: 'on' | 'off' }
  /** What is behind the cable and the access point. */
  | { kind: 'uplink'; position: 'up' | 'down' }
  | { kind: 'block'; host: string; isBlocked: boolean }
  /** The school's network begins or ceases to do something. */
  | { kind: 'surroundings'; change: SchoolNetworkChange }
  /** The power fails and comes back: nothing is saved on the way. Or a person switches the device off, and on. */
  | { kind: 'power'; position?: 'off' | 'on' | undefined }
  | { kind: 'lid'; position: 'closed' | 'open' }
  /** The person leaves the device alone, or comes back to it. */
  | { kind: 'presence'; is: 'away' | 'back' }
  /** Another person is at the device from now on, by the name in the scenario. */
  | { kind: 'becomes'; who: string }
  /** The person acts on the page that is shown, in the words of an answer. */
  | { kind: 'does'; answer: string | Record<string, string | SecretRef> }
  /** The management server's push arrives (WNS). */
  | { kind: 'push' }
  /** The work or school account is disconnected in Settings. */
  | { kind: 'disconnect' }
  /** The device's clock is moved. */
  | { kind: 'clockJump'; ms: number }
  /** Something becomes of the TPM, or ends. */
  | { kind: 'tpm'; condition: TpmCondition; isSo: boolean }
  | { kind: 'disk'; change: DiskChange }
  | { kind: 'answer'; on: ExchangeChoice; status: number; headers: Record<string, string>; body: string }
  | { kind: 'delay'; on: ExchangeChoice; ms: number }
  | { kind: 'drop'; on: ExchangeChoice }
  | { kind: 'hang'; on: ExchangeChoice }
  | { kind: 'corrupt'; on: ExchangeChoice }
  /** An administrator does something in the tenant. */
  | { kind: 'tenantChange'; action: TenantAction }
  /** The management server has a command for a session, or releases a phase of the Enrollment Status Page. */
  | { kind: 'serverCommand'; order: ServerOrder }
  /** The server does not release a phase, or does again. */
  | { kind: 'serverHold'; phase: EspPhase; isHeld: boolean }
  /** The management server gives no answer. */
  | { kind: 'serverSilence'; isSilent: boolean }
  /** The device answers commands that match `Replace *pattern*` with a status, and does not carry them out. */
  | { kind: 'refusal'; csp: string; status: number; isRefused: boolean }
  /** Who answers the pages from now on. */
  | { kind: 'person'; who: 'script' | 'terminal' }
  /** The run is ended from outside. */
  | { kind: 'stop' }

export type StimulusKind = Stimulus['kind']

/** Those that a replay takes from the journal. The others come from the run itself: its script and its event rules. */
export const OUTSIDE = ['terminal', 'fork'] as const

/** Who gave a stimulus: the scripted person, an event rule by its place in the RunSpec, a person at the terminal, a fork. */
export type StimulusSource = 'script' | `events.${number}` | (typeof OUTSIDE)[number]

export const isFromOutside = (by: StimulusSource): boolean => (OUTSIDE as readonly string[]).includes(by)
