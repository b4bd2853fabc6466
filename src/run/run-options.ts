import type { InspectionEvent } from 'xstate'
import type { Endpoints } from '../domain/endpoints.ts'
import type { EspPhase } from '../domain/esp.ts'
import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import type { ServerOrder } from '../domain/server-act.ts'
import type { Stimulus, StimulusSource } from '../domain/stimulus.ts'
import type { TenantAction } from '../domain/tenant-action.ts'
import type { Result } from '../domain/trouble.ts'
import type { KnownSecrets } from '../journal/known-secrets.ts'
import type { Transport } from '../ports/http.ts'
import type { KeySource } from '../ports/keys.ts'
import type { Pace } from '../ports/timeline.ts'
import type { Service } from '../service/service.ts'
import type { KeptDisk } from './kept-disks.ts'
import type { Person } from './person.ts'
import type { RunSpec } from './run-spec.ts'
import type { Vault } from './seal.ts'

/** What acts in the school of a run besides its device. A refusal has the service's sentence. */
export interface School {
  /** Before anything acts there. */
  load(): Promise<void>
  administer(action: TenantAction): Result<void>
  command(order: ServerOrder): Result<void>
  /** The management server does not release a phase, or may again. */
  hold(phase: EspPhase, isHeld: boolean): Result<void>
}

export interface RunOptions {
  spec: RunSpec
  vault: Vault
  endpoints: Endpoints
  /** Reaches the provisioning service; told the virtual time, so that a mock's clock is the run's. */
  transport: (now: () => number) => Transport
  keys: KeySource
  /** The school that the services are of; left out where they are real. */
  school?: School
  /** What the device enrols with, instead of a token of Entra. */
  means?: Service['means']
  /** The scripted person: answers until a person at a terminal takes over. */
  person: Person
  /** Others, by name, whom an event puts at the device. */
  people?: Readonly<Record<string, Person>>
  pace?: Pace
  /** How many people sign in when the first boot is over, while the script answers. */
  moreUsers?: number
  /** Real milliseconds for real I/O. */
  guardMs?: number
  /** Milliseconds of processor time that the run may take. */
  processorMsMax?: number
  /** Gets each line of the journal as it is written. */
  sink?: (line: string) => void
  /** Gets a secret that a person has typed, before the journal names it. */
  onSecret?: (name: string, value: string) => void
  /** Sees what the statecharts do. It holds secrets, which a listener masks in what it passes on. */
  onInspection?: (event: InspectionEvent, secrets: KnownSecrets) => void
  /** A run that is played again, up to its end or to a fork. */
  again?: Again
  /** A person is at a terminal and may act: a run that waits for them is not stuck. */
  isLive?: boolean
}

/** What a replay takes from a journal, besides the RunSpec. */
export interface Again {
  /** From outside, in their order. */
  stimuli: readonly RecordedStimulus[]
  /** Answers to choices, by their number. */
  choices: ReadonlyMap<number, number>
  fork?: Fork
}

export interface RecordedStimulus {
  step: number
  at: number
  stimulus: Stimulus
  by: StimulusSource
}

/** Where a run leaves its record, and what happens there. */
export interface Fork {
  point: ForkPoint
  /** What happens there, in this order. Asked one by one, so that each sees what the one before it did. */
  stimuli: readonly ForkStimulus[]
  by: StimulusSource
  /** Called before the first of them. */
  onReached?: () => void
}

/** A stimulus, once the screen and who answers the pages are known; null for none. */
export type ForkStimulus = (now: { screen: Screen | null; who: 'script' | 'terminal' }) => Stimulus | null

/** After the entry with this number was written, or when device time has reached a moment. */
export type ForkPoint = { seq: number } | { atMs: number }

export interface RunResult {
  outcome: Outcome
  journal: readonly JournalEntry[]
  /** Virtual milliseconds. */
  durationMs: number
  seed: number
  /** Who has given a stimulus that something came of. */
  effective: ReadonlySet<StimulusSource>
  /** Why the school refused what was to be done there. */
  refusals: ReadonlyMap<StimulusSource, string>
  /** What a restart would have found, from each moment on at which that changed. */
  disks?: readonly KeptDisk[]
}
