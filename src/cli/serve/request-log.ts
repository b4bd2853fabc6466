import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { damaged, FILE_MODE, replaceFile, writing } from './folder-files.ts'
import { headerLine, lineOf, type Recorded, readLine } from './recorded.ts'

export const LOG = 'requests.ndjson'

const LINE_END = 0x0a

/**
 * A line for each request, each on the disk before it is carried out. The first line says how many requests came before: it is cut
 * when a snapshot has seen its requests. What a kill broke off behind the last line end was never answered, and is left out.
 */
export class RequestLog {
  readonly #folder: string
  readonly #startedAt: number
  #descriptor: number | undefined
  #after = 0
  #count = 0
  #bytes = 0
  /** Of the last line. */
  #lastLength = 0

  constructor(folder: string, startedAt: number) {
    this.#folder = folder
    this.#startedAt = startedAt
  }

  /** Whether a log was begun and never used. */
  static isUnused(folder: string): boolean {
    const [first = '', ...others] = readFileSync(join(folder, LOG), 'utf8').split('\n')
    const read = readLine(first)
    return others.join('') === '' && (first === '' || (read.kind === 'header' && read.header.after === 0))
  }

  /** Of all requests, those before its own among them. */
  get count(): number {
    return this.#count
  }

  /** Its length. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#count === this.#after
  }

  /**
   * The requests after the first `seen`. Code `ERR_DATA_FOLDER` for a log that is not as it was written, or does not go with what was
   * seen.
   *
   * @param isOld A log of version 0.1.0 begins without a first line, and with the first request.
   */
  read(seen: number, isOld: boolean): Recorded[] {
    const file = join(this.#folder, LOG)
    if (!existsSync(file)) {
      if (isOld && seen === 0) return []
      throw damaged(file, 'the file is missing')
    }
    const found: Recorded[] = []
    let line = 0
    let at = Number.NEGATIVE_INFINITY
    for (const { text, isLast } of this.#lines(readFileSync(file))) {
      line++
      const place = `${file}:${line}`
      const read = readLine(text)
      if (read.kind === 'damaged') {
        const hint = isLast
          ? ['If the machine lost its power while the server ran, this line was never answered: remove it']
          : []
        throw damaged(place, read.what, ...hint)
      }
      if (read.kind === 'header') {
        if (line > 1) throw damaged(place, 'it is a first line, in the middle of the log')
        if (read.header.startedAt !== this.#startedAt) throw damaged(place, 'it is the log of another school')
        this.#after = read.header.after
        this.#count = this.#after
        if (this.#after > seen) throw damaged(place, `the requests ${seen + 1} to ${this.#after} are missing`)
        continue
      }
      const number = this.#count + 1
      if (read.number !== undefined && read.number !== number) {
        throw damaged(place, `request ${number} is missing here: this is request ${read.number}`)
      }
      if (!(read.recorded.at >= at)) throw damaged(place, 'it came before the request of the line before')
      at = read.recorded.at
      this.#count = number
      if (number > seen) found.push(read.recorded)
    }
    if (line === 0 && !isOld) throw damaged(`${file}:1`, 'its first line is missing')
    if (this.#count < seen) {
      throw damaged(`${file}:${line + 1}`, `the requests ${this.#count + 1} to ${seen} are missing`)
    }
    return found
  }

  begin(): void {
    this.#cutAfter(0)
  }

  /** Appends a request; it is on the disk when this returns. What cannot be written leaves nothing. */
  append(recorded: Recorded): void {
    const line = Buffer.from(`${lineOf(recorded, this.#count + 1)}\n`)
    writing(this.#folder, LOG, () => {
      const log = this.#open()
      try {
        for (let written = 0; written < line.length; ) written += writeSync(log, line, written)
        fsyncSync(log)
      } catch (error) {
        this.#cutBroken(log)
        throw error
      }
    })
    this.#bytes += line.length
    this.#lastLength = line.length
    this.#count++
  }

  /** Takes the last request out again. Where that fails it stays: asked again it changes as little as it did. */
  takeBack(): void {
    const log = this.#descriptor
    if (log === undefined || this.#lastLength === 0) return
    try {
      ftruncateSync(log, this.#bytes - this.#lastLength)
    } catch {
      return
    }
    this.#bytes -= this.#lastLength
    this.#lastLength = 0
    this.#count--
  }

  /** A new log that begins after all requests so far: for when a snapshot has seen them, and is on the disk. */
  cut(): void {
    this.#cutAfter(this.#count)
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #cutAfter(count: number): void {
    // Windows replaces no file that is open.
    this.close()
    const line = `${headerLine(this.#startedAt, count)}\n`
    replaceFile(this.#folder, LOG, line)
    this.#after = count
    this.#count = count
    this.#bytes = Buffer.byteLength(line)
    this.#lastLength = 0
  }

  /** At its end: behind the last whole line. */
  #open(): number {
    this.#descriptor ??= openSync(join(this.#folder, LOG), 'a', FILE_MODE)
    if (fstatSync(this.#descriptor).size !== this.#bytes) ftruncateSync(this.#descriptor, this.#bytes)
    return this.#descriptor
  }

  /** Half a line would spoil the next one. Where it cannot be cut off now, it is before the next. */
  #cutBroken(log: number): void {
    try {
      ftruncateSync(log, this.#bytes)
    } catch {}
  }

  *#lines(bytes: Buffer): Generator<{ text: string; isLast: boolean }> {
    let start = 0
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
      const text = bytes.toString('utf8', start, end)
      start = end + 1
      this.#bytes = start
      yield { text, isLast: bytes.indexOf(LINE_END, start) < 0 }
    }
  }
}
