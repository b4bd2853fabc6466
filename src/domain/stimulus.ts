import type { PageId } from './pages.ts'
import type { SecretRef } from './secret.ts'
import type { ServerCommand, TenantAction } from './tenant-action.ts'

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
  | { kind: 'answer'; on: ExchangeChoice; status: number; headers: Record<string, string>; body: string }
  | { kind: 'delay'; on: ExchangeChoice; ms: number }
  | { kind: 'drop'; on: ExchangeChoice }
  | { kind: 'hang'; on: ExchangeChoice }
  | { kind: 'corrupt'; on: ExchangeChoice }
  /** An administrator does something in the tenant. */
  | { kind: 'tenantChange'; action: TenantAction }
  /** The management server has a command for the next session. */
  | { kind: 'serverCommand'; order: ServerCommand }
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
