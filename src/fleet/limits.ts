import { parse } from 'valibot'
import { oneDeviceSchema } from '../scenario/schema/scenario.ts'

const { stuckAfter, limits } = oneDeviceSchema.entries

/** What a scenario has that states no limits. */
export const STATED_LIMITS = {
  stuckAfterMs: parse(stuckAfter, undefined),
  limits: parse(limits, undefined),
}
