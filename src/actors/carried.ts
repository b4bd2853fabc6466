import type { Carried } from '../../machines/carried.ts'

/** The two ends of what a statechart carries from one actor to a later one. */
export interface Parcel<Value extends object> {
  pack(value: Value): Carried
  open(carried: Carried): Value
}

export const parcel = <Value extends object>(): Parcel<Value> => ({
  pack: (value) => value,
  open: (carried) => carried as Value,
})
