import type { KeyObject } from 'node:crypto'

/** RSA keys that follow from a seed, so that an identity is the same in every run and on every machine. */
export interface KeySource {
  /** The private key for a label: the same seed and label give the same key. */
  rsa2048(seed: string, label: string): KeyObject
  /** As `rsa2048`, in the length that a policy asks for: a multiple of 512 from 2048 to 4096. */
  rsa(seed: string, label: string, bits: number): KeyObject
}
