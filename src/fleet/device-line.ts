import type { DeploymentPhase } from '../journal/phases.ts'
import type { FleetDevice } from './fleet-device.ts'
import type { HistogramData } from './histogram.ts'

/** A part of a device's first boot: device time, and the real time that it took. Milliseconds. */
export interface LinePhase {
  name: string
  deviceMs: number
  realMs: number
  state: DeploymentPhase['state']
}

/** What a fleet keeps of a device: one line of a segment. */
export interface DeviceLine extends FleetDevice {
  attempt: number
  /** It came to what the plan expects. */
  passed: boolean
  /** The kind of its outcome; `broken` where its run could not be played to an end. */
  outcome: string
  /** Why it did not pass, in one sentence. */
  cause?: string
  /** Windows code of the cause. */
  code?: string
  /** `bug`: of ours; `infrastructure`: of what the run depends on. */
  broken?: 'bug' | 'infrastructure'
  deviceMs: number
  realMs: number
  /** When it was to start, in real milliseconds from the start of the fleet; left out where that depended on others. */
  intendedMs?: number
  startedMs: number
  phases: LinePhase[]
  requests: number
  /** Answers by status. */
  statuses: Record<string, number>
  /** Requests without an answer, by Windows code. */
  unanswered: Record<string, number>
  /** Real time to the answers of a real service, in microseconds. */
  latency?: HistogramData
  /** Digest of the RunSpec. */
  spec: string
  /** Digest of the journal, where the same device has the same one: in instant mode, against the mock. */
  journal?: string
}
