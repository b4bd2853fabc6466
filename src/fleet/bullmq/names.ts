/** Keys and channels of a fleet in Redis. */
export const queueName = (fleet: string): string => `oobe-fleet-${fleet}`
export const PREFIX = 'oobe'
export const manifestKey = (fleet: string): string => `${PREFIX}:${queueName(fleet)}:manifest`
export const channelOf = (fleet: string): string => `${PREFIX}:${queueName(fleet)}:say`
export const jobId = (batch: number): string => `batch-${batch}`

/** A job: which devices, and no secret. Their RunSpecs follow from the plan, which each worker has. */
export interface JobData {
  fleet: string
  product: string
  batch: number
  from: number
  to: number
}

/** What is said to all workers of a fleet. */
export type Said = { kind: 'brake'; ms: number } | { kind: 'cancel' } | { kind: 'over' }

/** Unix milliseconds of the clock of Redis: those of the machines may differ. */
export const milliseconds = ([seconds, micros]: readonly (string | number)[]): number =>
  Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
