import type { PageId } from './pages.ts'
import type { Screen, Why } from './screen.ts'
import type { WireBody } from './wire.ts'

/** One line of a run's journal. `at` is virtual milliseconds since the run began; `seq` counts from 0. */
export type JournalEntry = { at: number; seq: number } & JournalFact

export type JournalFact =
  | RunFact
  | PowerFact
  | TransitionFact
  | ScreenFact
  | SkippedFact
  | InputFact
  | RequestFact
  | ResponseFact
  | CspFact
  | TpmFact
  | FaultFact
  | LogFact
  | VerdictFact

export interface RunFact {
  kind: 'run'
  device: string
  tenant: string
  seed: number
  /** ISO 8601; the device clock at virtual time 0. */
  startsAt: string
  scenario?: string
}

export interface PowerFact {
  kind: 'power'
  event: 'on' | 'restart' | 'cut' | 'reset' | 'off'
  /** How often the device has started, this start included. */
  boot: number
  reason?: string
}

export interface TransitionFact {
  kind: 'transition'
  machine: string
  /** State path within the machine; left out on the machine's first step. */
  from?: string
  to: string
  /** The event, with the ids of actors taken out. */
  event: string
}

export interface ScreenFact {
  kind: 'screen'
  screen: Screen
}

/** A page that ended without having been shown. */
export interface SkippedFact {
  kind: 'screen'
  skipped: PageId
  why: Why[]
}

export interface InputFact {
  kind: 'input'
  by: 'person' | 'script'
  page: PageId
  control: string
  /** Secrets are masked. */
  values: Record<string, string>
}

export interface RequestFact {
  kind: 'request'
  id: number
  method: string
  url: string
  bytes: number
  /** The operation, in the words of its specification: `MS-MDE2 Discover`. */
  operation: string
  /** SHA-1 of the client certificate that the device offered: its thumbprint. */
  certificate?: string
  /** Names in lower case, in their order. */
  headers: Record<string, string>
  body?: WireBody
}

export interface ResponseFact {
  kind: 'response'
  id: number
  status?: number
  bytes?: number
  headers?: Record<string, string>
  body?: WireBody
  /** Windows code, when no answer came. */
  trouble?: string
}

export interface CspFact {
  kind: 'csp'
  command: string
  uri: string
  status: number
  value?: string
}

export interface TpmFact {
  kind: 'tpm'
  command: string
  /** TPM response code; 0 is success. */
  code: number
}

export interface FaultFact {
  kind: 'fault'
  /** The rule's number in its file, from 0. */
  rule: number
  effect: string
}

export interface LogFact {
  kind: 'log'
  /** Windows event channel, in full. */
  channel: string
  id: number
  level: 'information' | 'warning' | 'error'
  text: string
}

export interface VerdictFact {
  kind: 'verdict'
  outcome: Outcome
  passed: boolean
  /** Expectations that did not hold. */
  failures: string[]
}

/** How a run ended. */
export type Outcome =
  | { kind: 'desktop'; account: 'standard' | 'administrator'; managed: boolean; autopilot: boolean; note?: string }
  | { kind: 'signInScreen'; managed: boolean; autopilot: boolean; note?: string }
  /** A page reported a failure, and nobody had an answer for it. */
  | { kind: 'failed'; page: PageId; code: string; text: string }
  /** A page asked for something that the scripted person has no answer for. */
  | { kind: 'unanswered'; page: PageId; controls: string[]; text: string }
  | { kind: 'stuck'; state: string; waitingFor: string; since: number }
  | { kind: 'poweredOff' }
  /** The run was stopped from outside before it ended. */
  | { kind: 'stopped' }

export interface JournalWriter {
  write(fact: JournalFact): void
}
