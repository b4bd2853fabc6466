import type { DeviceDefinition } from '../domain/device.ts'
import type { Endpoints } from '../domain/endpoints.ts'
import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Transport } from '../ports/http.ts'
import type { KeySource } from '../ports/keys.ts'
import type { Pace } from '../ports/timeline.ts'
import type { Service } from '../service/service.ts'
import type { FaultRule } from './faults.ts'
import type { Person } from './person.ts'

export interface SimulationOptions {
  definition: DeviceDefinition
  /** For the journal. */
  tenantId: string
  scenarioId?: string
  environment: NetworkEnvironment
  endpoints: Endpoints
  /** Reaches the provisioning service; told the virtual time, so that a mock's clock is the run's. */
  transport: (now: () => number) => Transport
  keys: KeySource
  /** What the device enrols with, instead of a token of Entra. */
  means?: Service['means']
  seed: number
  /** Unix milliseconds of virtual time 0. */
  startsAt: number
  /** The device's clock is wrong by so much. */
  clockSkewMs?: number
  faults?: readonly FaultRule[]
  /** Left out at a terminal: there a person acts through `Simulation.act`. */
  person?: Person
  pace?: Pace
  /** How many people sign in when the first boot is over. */
  moreUsers?: number
  /** Virtual milliseconds without progress after which the run is stuck. */
  stuckAfterMs?: number
  /** Real milliseconds for real I/O. */
  guardMs?: number
  /** Gets each line of the journal as it is written. */
  sink?: (line: string) => void
}

export interface RunResult {
  outcome: Outcome
  journal: readonly JournalEntry[]
  /** Virtual milliseconds. */
  durationMs: number
  seed: number
}
