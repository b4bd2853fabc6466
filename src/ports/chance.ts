/** A seeded stream of numbers. Each concern has its own, so that adding a fault does not rename a device. */
export interface Chance {
  /** A number in [0, 1). */
  number(): number
  /** An integer in [0, bound). */
  integer(bound: number): number
  bytes(length: number): Uint8Array
}

export type ChanceStream =
  | 'identity'
  | 'faults'
  | 'timing'
  | 'payload'
  | 'service'
  | 'network'
  | 'exploration'
  | 'fleet'
