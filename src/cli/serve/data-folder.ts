import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InfrastructureError } from '../../domain/trouble.ts'
import { elapsed } from '../../ports/stopwatch.ts'
import { makeFolder } from '../new-file.ts'
import { BEGINNING, type Beginning, readBeginning, writeBeginning } from './beginning.ts'
import { damaged, writing } from './folder-files.ts'
import { FolderLock } from './folder-lock.ts'
import type { Recorded } from './recorded.ts'
import { LOG, RequestLog } from './request-log.ts'
import { readSnapshot, SNAPSHOT, type State, writeSnapshot } from './snapshot.ts'

/** What an earlier start left: the state, and the requests since. */
export interface Resumed {
  beginning: Beginning
  state: State | undefined
  requests: Recorded[]
  /** Of all requests, those that made the state among them. */
  count: number
}

/** So long has the log to be before a new snapshot is worth it, and no shorter than the last snapshot. */
const LOG_BYTES_MIN = 4 * 1024 * 1024
/** Nor may it take longer to ask the log's requests again: a start has to be short. Real milliseconds. */
const LOG_MS_MAX = 1_500
/** After a snapshot that could not be written, so much has to come before the next try. */
const RETRY_BYTES = 256 * 1024

/** The state of version 0.1.0, which that version alone could read; its log is whole. */
const OLD_SNAPSHOT = 'state.bin'

/**
 * Where a served tenant lives on between starts. A tenant is a function of its beginning and of the requests that changed it. The folder
 * holds the beginning (`tenant.json`), the tenant as it was after the first so many requests (`state.json`), and the requests since
 * (`requests.ndjson`): a start takes the state, and asks the requests after it again.
 *
 * Each request is on the disk before it is carried out; one that has changed nothing is taken out again. When the log has grown, the
 * state is written as a whole: to a draft, which then takes the name. When that is on the disk the log is replaced in the same
 * way by one that begins after it. Both say by number how far they reach. So a crash between the two leaves requests that the
 * state has seen, which are passed over; what is between them can never be missing without a start that says so.
 */
export class DataFolder {
  readonly #folder: string
  readonly #lock: FolderLock
  #log: RequestLog | undefined
  #beginning: Beginning | undefined
  #isOld = false
  #snapshotCount = 0
  #snapshotBytes = 0
  /** What the last one took. */
  #snapshotMs = 0
  /** What the log's requests took. */
  #logMs = 0
  #nextTryAt = 0

  constructor(folder: string) {
    this.#folder = folder
    writing(folder, '', () => makeFolder(folder, 0o700))
    if (!statSync(folder).isDirectory()) throw new InfrastructureError('ERR_DATA_FOLDER', `${folder} is no folder`)
    this.#lock = new FolderLock(folder)
  }

  /** Code `ERR_DATA_FOLDER` for files that are not as they were written: then nothing was changed. */
  resume(): Resumed | undefined {
    const known = readBeginning(this.#folder)
    if (!known) {
      this.#refuseOrphans()
      return undefined
    }
    const { isOld, ...beginning } = known
    const snapshot = readSnapshot(this.#folder, beginning.startedAt)
    const log = new RequestLog(this.#folder, beginning.startedAt)
    const requests = log.read(snapshot?.count ?? 0, isOld)
    this.#beginning = beginning
    this.#isOld = isOld
    this.#log = log
    this.#snapshotCount = snapshot?.count ?? 0
    this.#snapshotBytes = snapshot?.bytes ?? 0
    // What a kill left half written takes space.
    for (const name of [BEGINNING, LOG, SNAPSHOT]) rmSync(join(this.#folder, `${name}.new`), { force: true })
    return { beginning, state: snapshot?.state, requests, count: log.count }
  }

  begin(beginning: Beginning): void {
    const log = new RequestLog(this.#folder, beginning.startedAt)
    log.begin()
    // The last thing, so that a folder with a beginning is whole.
    writeBeginning(this.#folder, beginning)
    this.#beginning = beginning
    this.#log = log
  }

  /** Appends a request; it is on the disk when this returns. Codes `ERR_DISK_FULL` and `ERR_DATA_FOLDER`: nothing was kept. */
  record(recorded: Recorded): void {
    this.#log!.append(recorded)
  }

  /** The request that was just recorded has changed nothing. */
  takeBack(): void {
    this.#log!.takeBack()
  }

  /** What the request that was just recorded has taken, and would again; real milliseconds. */
  took(ms: number): void {
    this.#logMs += ms
  }

  /** So much has come that going over it again would take long. A snapshot takes half of the time at most. */
  get wantsSnapshot(): boolean {
    const { bytes } = this.#log!
    if (bytes < this.#nextTryAt) return false
    return (
      bytes >= Math.max(LOG_BYTES_MIN, this.#snapshotBytes) || this.#logMs >= Math.max(LOG_MS_MAX, this.#snapshotMs)
    )
  }

  /**
   * Codes `ERR_DISK_FULL` and `ERR_DATA_FOLDER`: all is as it was before.
   *
   * @param state As it is after the last request recorded.
   */
  snapshot(state: State): void {
    const log = this.#log!
    if (log.isEmpty) return
    this.#nextTryAt = log.bytes + RETRY_BYTES
    const { startedAt } = this.#beginning!
    const since = elapsed()
    if (log.count > this.#snapshotCount) {
      // From here on the log alone is not enough, which the beginning has to say.
      if (this.#isOld) writeBeginning(this.#folder, this.#beginning!)
      this.#isOld = false
      this.#snapshotBytes = writeSnapshot(this.#folder, state, startedAt, log.count)
      this.#snapshotCount = log.count
    }
    log.cut()
    this.#nextTryAt = 0
    this.#logMs = 0
    this.#snapshotMs = since()
    rmSync(join(this.#folder, OLD_SNAPSHOT), { force: true })
  }

  close(): void {
    this.#log?.close()
    this.#lock.release()
  }

  /** What is there without a beginning was a school once, and is not begun over. A start that was killed leaves an empty log. */
  #refuseOrphans(): void {
    const file = join(this.#folder, BEGINNING)
    const orphan = [SNAPSHOT, OLD_SNAPSHOT].find((name) => existsSync(join(this.#folder, name)))
    if (orphan) throw damaged(file, `the file is missing, and ${orphan} is there`)
    if (existsSync(join(this.#folder, LOG)) && !RequestLog.isUnused(this.#folder)) {
      throw damaged(file, `the file is missing, and ${LOG} holds requests`)
    }
  }
}
