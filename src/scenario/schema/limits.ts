import * as v from 'valibot'
import { USAGE_LIMITS } from '../../domain/limits.ts'
import { someDuration } from '../../events/values.ts'
import { whole } from './common.ts'

/** Of what happens again and again; no run is that long. */
export const COUNT_MAX = 1_000_000_000

/** A count that is no limit where it is left out would let a run go on for ever. */
const atMost = (limit: number, what: string) =>
  v.optional(v.pipe(whole(1, COUNT_MAX), v.description(`${what} Left out: ${limit}.`)), limit)

const WHAT = {
  starts: 'How often the device may start.',
  entries: 'How many entries the journal may have.',
  journalBytes: 'How long the journal may be, in bytes, about.',
  requests: 'How many requests the device may send.',
}

const deviceTime = v.optional(
  v.pipe(someDuration, v.description('How long the run may last, in device time. Left out: 30d and stuckAfter.')),
)

/** `limits` of a scenario. */
export const limitsSchema = v.pipe(
  v.strictObject({
    starts: atMost(USAGE_LIMITS.starts, WHAT.starts),
    entries: atMost(USAGE_LIMITS.entries, WHAT.entries),
    journalBytes: atMost(USAGE_LIMITS.journalBytes, WHAT.journalBytes),
    requests: atMost(USAGE_LIMITS.requests, WHAT.requests),
    deviceTime,
  }),
  v.description('What the run may use. A run that goes beyond one of these ends as stuck, with the reason.'),
)

const stated = (what: string) => v.optional(v.pipe(whole(1, COUNT_MAX), v.description(what)))

/** `limits` of a project: those of its scenarios that state no other. */
export const projectLimitsSchema = v.pipe(
  v.strictObject({
    starts: stated(WHAT.starts),
    entries: stated(WHAT.entries),
    journalBytes: stated(WHAT.journalBytes),
    requests: stated(WHAT.requests),
    deviceTime,
  }),
  v.description('What each run may use, where its scenario states no other limit.'),
)
