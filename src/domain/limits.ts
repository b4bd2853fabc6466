/** What a run may use at most. One that goes beyond ends as stuck: no real first boot comes near. */
export interface RunLimits {
  /** Of device time, with nothing but polls. */
  stuckAfterMs: number
  /** Starts of the device, the first included. */
  starts: number
  /** Entries of the journal. */
  entries: number
  /** Characters of the journal's names and texts: about the bytes of its file. */
  journalBytes: number
  requests: number
  deviceTimeMs: number
}

/** What a scenario may state of them besides `stuckAfter`. */
export type UsageLimits = Omit<RunLimits, 'stuckAfterMs'>

/** Where nothing is stated. The scenarios that come with oobe-sim use at most 4 starts, 1,530 entries, 480 kB, 138 requests, 3 h switched on. */
export const USAGE_LIMITS: UsageLimits = {
  starts: 50,
  entries: 200_000,
  journalBytes: 64_000_000,
  requests: 5_000,
  deviceTimeMs: 30 * 86_400_000,
}

/** Processor time of one run, in milliseconds. A guard of this process: it is no part of a run, which is the same on any machine. */
export const PROCESSOR_MS_MAX = 600_000
