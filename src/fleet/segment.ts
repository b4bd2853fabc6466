import { closeSync, fsyncSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch } from './batches.ts'
import type { DeviceLine } from './device-line.ts'

/** What the generator of a batch used itself. */
export interface GeneratorUse {
  /** Processor time of its process while the batch was under way; other batches of that process are in it. */
  cpuMs: number
  wallMs: number
  rssBytes: number
  /** How often a service asked for a pause. */
  braked: number
}

export interface SegmentHead {
  kind: 'segment'
  format: typeof SEGMENT_FORMAT
  fleet: string
  batch: number
  from: number
  to: number
  attempt: number
  engine: string
}

export interface SegmentEnd {
  kind: 'end'
  devices: number
  use: GeneratorUse
}

export type SegmentLine = SegmentHead | SegmentEnd | ({ kind: 'device' } & DeviceLine)

export const SEGMENT_FORMAT = 1
const NAME = /^b(\d{7})\.a(\d{3})\.ndjson$/
const ATTEMPTS_MAX = 999

export const segmentName = (batch: number, attempt: number): string =>
  `b${String(batch).padStart(7, '0')}.a${String(attempt).padStart(3, '0')}.ndjson`

export interface SegmentFile {
  path: string
  batch: number
  attempt: number
}

/** The segments of a folder, by their names. */
export function segmentsIn(folder: string): SegmentFile[] {
  return readdirSync(folder).flatMap((name) => {
    const [, batch, attempt] = NAME.exec(name) ?? []
    return batch === undefined ? [] : [{ path: join(folder, name), batch: Number(batch), attempt: Number(attempt) }]
  })
}

/** Takes what one attempt at a batch comes to. */
export interface SegmentSink {
  readonly attempt: number
  write(line: DeviceLine): void
  /** The batch is complete. */
  end(use: GeneratorUse): void
  /** The batch stays incomplete. */
  close(): void
}

/** Writes what one attempt at a batch came to, line by line: what was written stays, whatever happens to the process. */
export class SegmentWriter implements SegmentSink {
  readonly attempt: number
  readonly #file: number
  #devices = 0

  /** Takes the next attempt that no other process has taken, in a folder that several may share. */
  constructor(folder: string, fleet: string, { number, from, to }: Batch, engine: string) {
    const known = segmentsIn(folder).filter(({ batch }) => batch === number)
    let attempt = known.reduce((most, one) => Math.max(most, one.attempt), 0) + 1
    for (;;) {
      if (attempt > ATTEMPTS_MAX) throw new Error(`batch ${number} was begun ${ATTEMPTS_MAX} times`)
      try {
        this.#file = openSync(join(folder, segmentName(number, attempt)), 'wx')
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        attempt++
      }
    }
    this.attempt = attempt
    this.#write({ kind: 'segment', format: SEGMENT_FORMAT, fleet, batch: number, from, to, attempt, engine })
  }

  write(line: DeviceLine): void {
    this.#devices++
    this.#write({ kind: 'device', ...line })
  }

  end(use: GeneratorUse): void {
    this.#write({ kind: 'end', devices: this.#devices, use })
    fsyncSync(this.#file)
    this.close()
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(line: SegmentLine): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
  }
}

const PART_BYTES = 64 * 1024
const NEWLINE = 10

/** The lines of a file, each as soon as it is read; one that has no end, of a process that was killed, is left out. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const part = Buffer.alloc(PART_BYTES)
    let rest: Buffer = Buffer.alloc(0)
    for (;;) {
      const length = readSync(file, part, 0, PART_BYTES, null)
      if (length === 0) return
      rest = Buffer.concat([rest, part.subarray(0, length)])
      let begin = 0
      for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE, begin)) {
        yield rest.toString('utf8', begin, at)
        begin = at + 1
      }
      rest = rest.subarray(begin)
    }
  } finally {
    closeSync(file)
  }
}
