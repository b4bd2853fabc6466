import { createHash } from 'node:crypto'
import type { Chance, ChanceStream } from './chance.ts'

export interface SeededChance extends Chance {
  /** Where the stream is: four words, which may be set. */
  readonly state: Uint32Array
}

/** The stream of a seed: xoshiro128** started from a hash of seed, stream and device. */
export const seededChance = (seed: number | string, stream: ChanceStream, scope = ''): SeededChance =>
  new Xoshiro(`${seed}\0${stream}\0${scope}`)

class Xoshiro implements SeededChance {
  readonly #start: string
  #state: Uint32Array | undefined

  constructor(start: string) {
    this.#start = start
  }

  /** Made when it is asked for: of the streams of a run, some are never drawn from. */
  get state(): Uint32Array {
    this.#state ??= startOf(this.#start)
    return this.#state
  }

  number(): number {
    return next(this.state) / 2 ** 32
  }

  integer(bound: number): number {
    return Math.floor((next(this.state) / 2 ** 32) * bound)
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => next(this.state) >>> 24)
  }
}

function startOf(text: string): Uint32Array {
  const digest = createHash('sha256').update(text).digest()
  return new Uint32Array([0, 4, 8, 12].map((offset) => digest.readUInt32LE(offset)))
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by))

function next(state: Uint32Array): number {
  const [a, b, c, d] = state as unknown as [number, number, number, number]
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
  const shifted = b << 9
  const c2 = c ^ a
  const d2 = d ^ b
  state[1] = b ^ c2
  state[0] = a ^ d2
  state[2] = c2 ^ shifted
  state[3] = rotate(d2, 11)
  return result
}

/** A seed for a run that was given none: the one place where real chance enters, and it is always reported. */
export const freshSeed = (): number => globalThis.crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1
