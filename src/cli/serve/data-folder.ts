import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import type { KeptTenant } from '../../mock-service/kept-tenant.ts'
import { VERSION } from '../../run/version.ts'
import { makeFolder } from '../output-folder.ts'
import type { DevelopmentCa } from './development-ca.ts'
import { isRunning } from './is-running.ts'
import { lineOf, type Recorded, toRecorded } from './recorded.ts'

/** What a served tenant began with: everything after follows from it and from the requests. */
export interface Beginning {
  definition: TenantDefinition
  /** Unix milliseconds. */
  startedAt: number
  seed: number
  ca: DevelopmentCa
  origin: string
}

/** The tenant as it was after some of the requests. */
export interface State {
  tenant: KeptTenant
  /** Where the ids are. */
  chance: Uint32Array
  /** Unix milliseconds. */
  now: number
}

/** What an earlier start left: the state, and the requests since. */
export interface Resumed {
  beginning: Beginning
  state: State | undefined
  requests: Recorded[]
  /** Of all requests, those that made the state among them. */
  count: number
}

interface Snapshot extends State {
  format: number
  /** Of the program: another one may make other states of the same requests. */
  version: string
  startedAt: number
  /** Requests that it has seen, and the bytes that these take. */
  count: number
  bytes: number
}

const BEGINNING = 'tenant.json'
const REQUESTS = 'requests.ndjson'
const SNAPSHOT = 'state.bin'
const LOCK = 'lock'
/** Of what a snapshot holds: a program of the same version may have been changed. */
const FORMAT = 1
/** They hold passwords and the authority's key. */
const MODE = 0o600
/** So much has to be asked before a new snapshot is worth it, and no less than the last one was long. */
const SNAPSHOT_BYTES_MIN = 4 * 1024 * 1024

/**
 * Where a served tenant lives on between starts. The tenant is a function of its beginning and of the requests since, so
 * the folder holds these: the beginning, written once and whole, and a line for each request, appended before it is
 * answered. A line that a kill broke off was never answered; it is left out. A snapshot of the state, replaced as a
 * whole, saves asking the requests before it again; without it, or with one of another version, all are asked.
 */
export class DataFolder {
  readonly #folder: string
  #log: number | undefined
  #startedAt = 0
  #count = 0
  #bytes = 0
  #snapshotAt = 0
  #snapshotLength = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#writing('', () => makeFolder(folder, 0o700))
    if (!statSync(folder).isDirectory()) throw new InfrastructureError('ERR_DATA_FOLDER', `${folder} is no folder`)
    this.#lock()
  }

  /** Code `ERR_DATA_FOLDER` for files that are no such thing. */
  resume(): Resumed | undefined {
    const file = join(this.#folder, BEGINNING)
    if (!existsSync(file)) return undefined
    const beginning = this.#parse(file, readFileSync(file, 'utf8')) as Beginning
    if (typeof beginning?.definition?.id !== 'string' || typeof beginning.startedAt !== 'number') {
      throw new UserError('ERR_DATA_FOLDER', `${file} is not the beginning of a tenant`)
    }
    this.#startedAt = beginning.startedAt
    const snapshot = this.#snapshot()
    this.#count = snapshot?.count ?? 0
    this.#bytes = snapshot?.bytes ?? 0
    this.#snapshotAt = this.#bytes
    return { beginning, state: snapshot, requests: [...this.#tail()], count: this.#count }
  }

  begin(beginning: Beginning): void {
    this.#startedAt = beginning.startedAt
    this.#replace(BEGINNING, JSON.stringify(beginning))
  }

  /** Appends a request; it is on the disk when this returns. */
  record(recorded: Recorded): void {
    this.#log ??= this.#open()
    const log = this.#log
    const line = Buffer.from(`${lineOf(recorded)}\n`)
    this.#writing(REQUESTS, () => {
      try {
        for (let written = 0; written < line.length; ) written += writeSync(log, line, written)
        fsyncSync(log)
      } catch (error) {
        // Half a line would spoil the next one.
        ftruncateSync(log, this.#bytes)
        throw error
      }
    })
    this.#bytes += line.length
    this.#count++
  }

  /** So much has come that going over it again would take long. */
  get wantsSnapshot(): boolean {
    return this.#bytes - this.#snapshotAt >= Math.max(SNAPSHOT_BYTES_MIN, this.#snapshotLength)
  }

  /** @param state As it is after the last request recorded. */
  snapshot(state: State): void {
    if (this.#bytes === this.#snapshotAt) return
    const facts = {
      format: FORMAT,
      version: VERSION,
      startedAt: this.#startedAt,
      count: this.#count,
      bytes: this.#bytes,
    }
    const bytes = serialize({ ...facts, ...state } satisfies Snapshot)
    this.#replace(SNAPSHOT, bytes)
    this.#snapshotAt = this.#bytes
    this.#snapshotLength = bytes.length
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
    this.#log = undefined
    rmSync(join(this.#folder, LOCK), { force: true })
  }

  /** Two servers would cut off each other's requests. A lock whose process is gone is nobody's. */
  #lock(): void {
    const file = join(this.#folder, LOCK)
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (holder !== process.pid && isRunning(holder)) {
      throw new UserError('ERR_DATA_FOLDER', `${this.#folder} is in use by the process ${holder}`, [
        `If that is no oobe-sim, remove ${file}`,
      ])
    }
    this.#writing(LOCK, () => writeFileSync(file, String(process.pid), { mode: MODE }))
  }

  /** Nothing for one that cannot be read: the requests tell the same. */
  #snapshot(): Snapshot | undefined {
    const file = join(this.#folder, SNAPSHOT)
    if (!existsSync(file)) return undefined
    const bytes = readFileSync(file)
    this.#snapshotLength = bytes.length
    const snapshot = deserialized(bytes) as Snapshot | undefined
    const isOurs = snapshot?.version === VERSION && snapshot.format === FORMAT
    return isOurs && snapshot.startedAt === this.#startedAt ? snapshot : undefined
  }

  /** The requests after the first `#bytes` bytes, counting both on. What follows the last line end was broken off. */
  *#tail(): Generator<Recorded> {
    const file = join(this.#folder, REQUESTS)
    if (!existsSync(file)) return
    const bytes = bytesFrom(file, this.#bytes)
    if (!bytes) throw new UserError('ERR_DATA_FOLDER', `${file} has lost requests that ${SNAPSHOT} has seen`)
    let start = 0
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
      const recorded = toRecorded(this.#parse(`${file}:${this.#count + 1}`, bytes.toString('utf8', start, end)))
      start = end + 1
      this.#count++
      yield recorded
    }
    this.#bytes += start
  }

  /** Cuts a broken last line off before the first new one. */
  #open(): number {
    return this.#writing(REQUESTS, () => {
      const log = openSync(join(this.#folder, REQUESTS), 'a', MODE)
      ftruncateSync(log, this.#bytes)
      return log
    })
  }

  /** As a whole or not at all. */
  #replace(name: string, content: string | Uint8Array): void {
    const file = join(this.#folder, name)
    const draft = `${file}.new`
    this.#writing(name, () => {
      writeFileSync(draft, content, { mode: MODE, flush: true })
      renameSync(draft, file)
    })
  }

  #writing<Value>(name: string, act: () => Value): Value {
    try {
      return act()
    } catch (cause) {
      const why = `${join(this.#folder, name)} cannot be written: ${(cause as Error).message}`
      throw new InfrastructureError('ERR_DATA_FOLDER', why, { cause })
    }
  }

  #parse(place: string, text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new UserError('ERR_DATA_FOLDER', `${place}: ${(error as Error).message}`, [
        'Another folder starts a tenant anew',
      ])
    }
  }
}

const LINE_END = 0x0a

function bytesFrom(file: string, offset: number): Buffer | undefined {
  const descriptor = openSync(file, 'r')
  try {
    const length = fstatSync(descriptor).size - offset
    if (length < 0) return undefined
    const bytes = Buffer.alloc(length)
    for (let read = 0; read < length; ) read += readSync(descriptor, bytes, read, length - read, offset + read)
    return bytes
  } finally {
    closeSync(descriptor)
  }
}

function deserialized(bytes: Buffer): unknown {
  try {
    return deserialize(bytes)
  } catch {
    return undefined
  }
}
