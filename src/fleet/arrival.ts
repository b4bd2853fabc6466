import { seededChance } from '../ports/seeded-chance.ts'

/** When devices are switched on, in real time from the start of the fleet. Rates are devices per millisecond. */
export type Arrival =
  /** So many are under way at any time: the next one starts when one has ended. */
  | { kind: 'closed'; atOnce: number }
  | { kind: 'constant'; rate: number }
  /** The rate grows evenly for a while, and stays then. */
  | { kind: 'ramp'; from: number; to: number; overMs: number }
  | { kind: 'burst'; size: number; everyMs: number }
  /** The power comes back: all of them within a moment. */
  | { kind: 'herd'; withinMs: number }

/**
 * When a device is to start, in milliseconds; undefined where that depends on the devices before it. It never decreases from one device
 * to the next.
 */
export function intendedStart(arrival: Arrival, device: number, count: number, seed: number): number | undefined {
  switch (arrival.kind) {
    case 'closed':
      return undefined
    case 'constant':
      return device / arrival.rate
    case 'ramp':
      return rampStart(arrival, device)
    case 'burst':
      return Math.floor(device / arrival.size) * arrival.everyMs
    case 'herd': {
      const chance = seededChance(seed, 'fleet', `herd ${device}`)
      return ((device + chance.number()) / count) * arrival.withinMs
    }
  }
}

/** After `t` so many have started: `from * t + (to - from) * t² / (2 * over)`. */
function rampStart({ from, to, overMs }: Extract<Arrival, { kind: 'ramp' }>, device: number): number {
  const inRamp = ((from + to) / 2) * overMs
  if (device >= inRamp) return overMs + (device - inRamp) / to
  const slope = (to - from) / overMs
  if (slope === 0) return device / from
  return (Math.sqrt(from * from + 2 * slope * device) - from) / slope
}
