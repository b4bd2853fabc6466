import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { UserError } from '../../domain/trouble.ts'
import { type BlobEntry, type BlobHead, readBlobLine, readHead } from '../../report/blob.ts'
import type { RunEnd } from '../../report/reporter.ts'

/** Some plays. Of a thousand open blobs each holds so much at most, but for a longer line. */
const PART = Buffer.alloc(4 * 1024)
/** One play; a longer line was not written by a run. */
const LINE_MAX = 8 * 1024 * 1024
const NEWLINE = 10

/** A blob, read line by line: a thousand of them are open at the same time, as a piece of text each and no file. */
export class BlobFile {
  readonly path: string
  readonly head: BlobHead
  /** How the run of this part was; undefined until its last line, and for ever in a blob without it. */
  end: RunEnd | undefined
  /** The play that is next. */
  entry: BlobEntry | undefined
  #offset = 0
  #line = 0
  #rest: Buffer = Buffer.alloc(0)

  /** @throws UserError `ERR_NOT_READABLE`, `ERR_BLOB` */
  constructor(path: string) {
    this.path = path
    const first = this.#nextLine()
    if (first === undefined)
      throw new UserError('ERR_BLOB', `${path}: this is no blob of "oobe run": its first line has no end`)
    this.head = readHead(first, this.#place())
    this.next()
  }

  /** Takes the next play. Codes as the constructor. */
  next(): void {
    const before = this.entry
    this.entry = undefined
    if (this.end) return
    const text = this.#nextLine()
    if (text === undefined) return
    const line = readBlobLine(text, this.#place(), this.head)
    if ('end' in line) {
      this.end = line.end
      return
    }
    if (before && line.at <= before.at) {
      throw new UserError(
        'ERR_BLOB',
        `${this.#place()}: play ${line.at} comes after play ${before.at}: the blob was changed`,
      )
    }
    this.entry = line
  }

  #place(): string {
    return `${this.path}:${this.#line}`
  }

  /** Undefined at the end, also for a line that was not written to its end. */
  #nextLine(): string | undefined {
    let at = this.#rest.indexOf(NEWLINE)
    while (at < 0) {
      const part = this.#read()
      if (part.length === 0) return undefined
      const before = this.#rest.length
      if (before + part.length > LINE_MAX) {
        throw new UserError('ERR_BLOB', `${this.path}:${this.#line + 1}: a line of more than ${LINE_MAX} bytes`)
      }
      this.#rest = Buffer.concat([this.#rest, part])
      const found = part.indexOf(NEWLINE)
      at = found < 0 ? -1 : before + found
    }
    const line = this.#rest.toString('utf8', 0, at)
    this.#rest = this.#rest.subarray(at + 1)
    this.#line++
    return line
  }

  /** Valid until the next call. The file is open for this moment only: a process may not have a thousand open. */
  #read(): Buffer {
    try {
      const file = openSync(this.path, 'r')
      try {
        const length = readSync(file, PART, 0, PART.length, this.#offset)
        this.#offset += length
        return PART.subarray(0, length)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      throw new UserError('ERR_NOT_READABLE', `${this.path} cannot be read: ${(error as Error).message}`)
    }
  }
}

/** When a file was written last: of two for the same part the later one counts. */
export const writtenAt = (path: string): number => statSync(path).mtimeMs
