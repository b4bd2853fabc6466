import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import type { Finished } from '../../report/reporter.ts'
import { writeReport } from '../output-folder.ts'

/** Beside the journals: what the next run needs to know of the last one. */
export const LAST_RUN = 'last-run.json'

const FORMAT = 1

export interface LastRun {
  /** Names of the scenarios that failed, in their order. */
  failed: string[]
  /** Real milliseconds of each scenario when it was played last, by name. */
  times: Record<string, number>
}

/**
 * What the last run into a folder has left; undefined where there was none.
 *
 * @throws UserError `ERR_LAST_RUN` for a file that cannot be read, or that this version did not write
 */
export function readLastRun(out: string): LastRun | undefined {
  const path = join(out, LAST_RUN)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UserError('ERR_LAST_RUN', `${path} cannot be read: ${message}`)
  }
  const found = parsed(text)
  if (found) return found
  throw new UserError('ERR_LAST_RUN', `${path} was not written by this version of oobe-sim, or not to its end`, [
    'Remove it: "oobe run" writes a new one',
  ])
}

function parsed(text: string): LastRun | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { format, failed, times } = (value ?? {}) as { format?: unknown } & Partial<LastRun>
  const isTime = (time: unknown) => typeof time === 'number' && Number.isFinite(time) && time >= 0
  if (format !== FORMAT || !Array.isArray(failed) || !failed.every((name) => typeof name === 'string')) return undefined
  if (typeof times !== 'object' || times === null || !Object.values(times).every(isTime)) return undefined
  return { failed, times }
}

/** The plays of the run that ends now: one sum for each name, however often it was played. */
export class PlayedNow {
  readonly #byName = new Map<string, { plays: number; sumMs: number; passed: boolean }>()

  add(name: string, { passed, realMs }: Pick<Finished, 'passed' | 'realMs'>): void {
    const known = this.#byName.get(name) ?? { plays: 0, sumMs: 0, passed: true }
    this.#byName.set(name, {
      plays: known.plays + 1,
      sumMs: known.sumMs + realMs,
      passed: known.passed && passed,
    })
  }

  /** Times of scenarios that were not played now are kept. */
  after(before: LastRun | undefined): LastRun {
    const fresh = [...this.#byName].map(([name, { plays, sumMs }]) => [name, Math.round(sumMs / plays)] as const)
    const times = Object.entries({ ...before?.times, ...Object.fromEntries(fresh) })
    return {
      failed: [...this.#byName].flatMap(([name, { passed }]) => (passed ? [] : [name])),
      times: Object.fromEntries(times.sort(([one], [other]) => (one < other ? -1 : 1))),
    }
  }
}

/** Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function writeLastRun(out: string, { failed, times }: LastRun): void {
  writeReport(out, LAST_RUN, `${JSON.stringify({ format: FORMAT, failed, times }, null, 2)}\n`)
}
