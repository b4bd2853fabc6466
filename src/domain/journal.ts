import type { EventKey, EventLevel } from './events.ts'
import type { NetworkCause, NetworkStatus, NetworkSwitches } from './network.ts'
import type { PageId } from './pages.ts'
import type { PrivacyChoices } from './privacy.ts'
import type { Screen, Why } from './screen.ts'
import type { Stimulus, StimulusSource } from './stimulus.ts'
import type { WireBody } from './wire.ts'

/** Of the entries below. Readers skip kinds that they do not know; another format is refused. */
export const JOURNAL_FORMAT = 2

/** One line of a run's journal. `at` is virtual milliseconds since the run began; `seq` counts from 0. */
export type JournalEntry = { at: number; seq: number } & JournalFact

export type JournalFact =
  | RunFact
  | PowerFact
  | TransitionFact
  | ScreenFact
  | SkippedFact
  | StimulusFact
  | ChoiceFact
  | NetworkFact
  | DeviceFact
  | RequestFact
  | ResponseFact
  | SessionFact
  | CspFact
  | AppFact
  | TpmFact
  | LogFact
  | OutcomeFact
  | VerdictFact

export type JournalKind = JournalFact['kind']

/** The kinds of this format: a kind without a line here does not compile. */
export const JOURNAL_KINDS: Readonly<Record<JournalKind, string>> = {
  run: 'the RunSpec: everything that the run was made of',
  power: 'the device starts, restarts, is reset, loses its power',
  transition: 'a step of a statechart',
  screen: 'what is on the screen, or that a page was skipped and why',
  stimulus: 'what reached the run from outside, and who gave it',
  choice: 'which of several things happened first',
  network: 'how the device is connected',
  device: 'the name of the device, whether it has joined, and what manages it',
  request: 'a request of the device',
  response: 'how a request ended',
  session: 'a session with the management server begins or ends',
  csp: 'a command on the management tree, or a value that the device itself writes',
  app: 'what happens to an app: its package comes, its installer runs, and how that ended',
  tpm: 'a command to the TPM',
  log: 'an event of a Windows event log',
  outcome: 'how the run ended',
  verdict: 'whether that is what was expected',
}

/** Entry 0. */
export interface RunFact {
  kind: 'run'
  format: typeof JOURNAL_FORMAT
  spec: RecordedSpec
}

/** What readers of a journal know of a RunSpec; the whole of it is `src/run/run-spec.ts`. */
export interface RecordedSpec {
  /** Of oobe-sim. */
  product: string
  scenario: string
  title: string
  seed: number
  /** ISO 8601; the device clock at virtual time 0. */
  startsAt: string
  device: {
    id: string
    title: string
    windows: { edition: string; build: string }
    smbios: { manufacturer: string; productName: string; serialNumber: string }
    tpm?: { version: string; vendor: string; kind: string }
    adapters: { kind: string }[]
  }
  tenant: { id: string; name: string }
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
  /** State paths that were left; left out where none was. */
  from?: string
  /** State paths that were entered; left out where none was: the step stayed where it was. */
  to?: string
  /** The event, with the ids of actors taken out. */
  event: string
  /** Which transitions of the statechart were taken: their numbers, counted from 0 in the order in which it names them. */
  taken?: number[]
  /** Statecharts that ended with this step, by their ids. */
  ended?: string[]
}

export interface ScreenFact {
  kind: 'screen'
  screen: Screen
  /** The page waits for a person. */
  isWaiting?: true
}

/** A page that ended without having been shown. */
export interface SkippedFact {
  kind: 'screen'
  skipped: PageId
  why: Why[]
}

export interface StimulusFact {
  kind: 'stimulus'
  by: StimulusSource
  /** Secrets by name. */
  stimulus: Stimulus
  /** Of what came from outside: how many entries of the timeline had fired before. A replay puts it there again. */
  step?: number
}

/** Two or more things could happen next. */
export interface ChoiceFact {
  kind: 'choice'
  /** Counted from 0. */
  choice: number
  of: string[]
  /** Index into `of`. */
  picked: number
}

export interface NetworkFact extends NetworkStatus, NetworkSwitches {
  kind: 'network'
  isOnline: boolean
}

export interface DeviceFact {
  kind: 'device'
  name: string
  /** 32 hexadecimal digits: the DeviceID of the enrolment. */
  deviceId: string
  /** True once the device has a certificate of its join. */
  isJoined: boolean
  /** Provider id of the management account. */
  managedBy?: string
  /** Which privacy settings the person has left on; left out until they were accepted. */
  privacy?: PrivacyChoices
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
  /** Bytes that the server announced and did not send: the answer was taken all the same. */
  missing?: number
  /** Windows code, when no answer came. */
  trouble?: string
  /** What of the network stopped it, answered it, or held it up. */
  by?: NetworkCause
}

/** An OMA-DM session. */
export interface SessionFact {
  kind: 'session'
  /** Its SessionID. */
  session: number
  event: 'begun' | 'ended'
  address: string
  /** What began it. */
  startedBy: string
  /** How it ended: a session that was held to its end, or the trouble. */
  result?: 'held' | 'aborted by the server' | { code: string; text: string }
  /** Commands that were answered. */
  commands?: number
  /** What of the server's answers is against the rules, and was carried out all the same. */
  odd?: readonly OddAnswer[]
}

/** An answer that was carried out all the same. */
export interface OddAnswer {
  /** MsgID of the device's message that it answers. */
  message: number
  text: string
}

export interface CspFact {
  kind: 'csp'
  by: 'server' | 'device'
  command: string
  uri: string
  status: number
  value?: string
  /** The node is kept, and nothing else in this simulation follows from the command. */
  effect?: 'none'
}

/** What the management extension installs and runs. */
export const EXTENSION_TYPES = ['win32', 'store', 'script', 'remediation'] as const

export type AppType = 'msi' | 'msix' | 'office' | (typeof EXTENSION_TYPES)[number]

export const isOfExtension = (type: AppType): boolean => (EXTENSION_TYPES as readonly AppType[]).includes(type)

/** A step of an app, try by try: what the event log, the registry and the logs of a real device have beside the management tree. */
export interface AppFact {
  kind: 'app'
  /** What installs it: an order to the MSI or the MSIX CSP; all others are the management extension's. */
  type: AppType
  /** Product code, package family name, or id of the app. */
  id: string
  scope: 'device' | 'user'
  state: AppState
  /** Of its installation, from 1 on. */
  attempt: number
  /** As the package has it: left out before the package is there. */
  name?: string
  version?: string
  /** Of the package. */
  url?: string
  /** Of the installer. */
  exitCode?: number
  /** Windows code of a failure. */
  code?: string
  /** Why it failed, or was left out. */
  text?: string
}

export type AppState =
  | 'downloading'
  /** The network is away in the middle of the download. */
  | 'waiting'
  | 'downloaded'
  | 'installing'
  | 'installed'
  /** This attempt: another one may follow. */
  | 'failed'
  /** Its requirements are not met. */
  | 'skipped'
  /** A newer app has replaced it. */
  | 'uninstalled'

export interface TpmFact {
  kind: 'tpm'
  command: string
  /** TPM response code; 0 is success. */
  code: number
}

export interface LogFact {
  kind: 'log'
  /** Windows event channel, in full; of a line of a log file the name of the file. */
  channel: string
  /** 0 of a line of a log file and of a note of ours, which have none. */
  id: number
  level: EventLevel
  /** The sentence. */
  text: string
  /** Its key in the table of events: `src/domain/events.ts`. */
  event?: EventKey
  /** The fields of the sentence, in their order. */
  data?: Readonly<Record<string, string>>
}

export interface OutcomeFact {
  kind: 'outcome'
  outcome: Outcome
}

export interface VerdictFact {
  kind: 'verdict'
  passed: boolean
  /** Expectations that did not hold. */
  failures: string[]
  /** Why management sessions failed, where that can have to do with the verdict. */
  causes?: string[]
  /** Of a run against a real service: what it is called, and how many requests it has answered. */
  service?: { title: string; requests: number }
}

/** How a run ended. */
export type Outcome =
  | { kind: 'desktop'; account: 'standard' | 'administrator'; managed: boolean; autopilot: boolean; note?: string }
  /** `isKioskLost`: the account of a kiosk should have signed in. */
  | { kind: 'signInScreen'; managed: boolean; autopilot: boolean; note?: string; isKioskLost?: true }
  /** The account of a kiosk is signed in, and shows this. */
  | { kind: 'kiosk'; shows: string; managed: boolean; autopilot: boolean; note?: string }
  /** A page reported a failure, and the person had no answer for it. */
  | { kind: 'failed'; page: PageId; code: string; text: string }
  /** A page asked for something that the scripted person has no answer for. */
  | { kind: 'unanswered'; page: PageId; controls: string[]; text: string }
  /** With a reason when it was a limit of the run that ended it. */
  | { kind: 'stuck'; state: string; waitingFor: string; since: number; reason?: string }
  | { kind: 'poweredOff' }
  /** The run was stopped from outside before it ended. */
  | { kind: 'stopped' }

export interface JournalWriter {
  write(fact: JournalFact): void
}
