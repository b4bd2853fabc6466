import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { pause } from '../../ports/stopwatch.ts'
import { digestOf } from '../../run/seal.ts'
import { ownFolders } from '../../scenario/library-files.ts'
import { PROJECT_FILE } from '../../scenario/project.ts'
import { isFolder } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { print, printError } from '../print.ts'
import { type Stopping, stopOnSignals } from '../stopping.ts'
import type { CaseToPlay } from './players.ts'

/** Real time between two looks at the files. */
const LOOK_MS = 250

export interface Watched {
  /** Reads all files and makes the plays anew. Codes as reading them. */
  load(): CaseToPlay[]
  /** Plays some of them; returns the exit code, that of a signal included. */
  play(cases: readonly CaseToPlay[]): Promise<number>
  /** Paths of files that are not below the folders of the project. */
  files(): readonly string[]
  /** Of the program itself; undefined while it is being written. */
  product(): string | undefined
}

/** The program itself has changed. */
export const NEW_PRODUCT = 'new product'

const SIGNALLED = 128

/**
 * Plays all once, and again what a change is about: those whose run is another one now, whichever file it comes from. A file
 * with a mistake is reported, and waited for. Returns with a signal, its exit code; or when the program itself is another one.
 */
export async function watch(watched: Watched): Promise<number | typeof NEW_PRODUCT> {
  // Held from the first round to the last: a signal between two of them ends in order as well.
  const stopping = stopOnSignals()
  try {
    return await watchUntil(stopping, watched)
  } finally {
    stopping.release()
  }
}

async function watchUntil(
  stopping: Stopping,
  { load, play, files, product }: Watched,
): Promise<number | typeof NEW_PRODUCT> {
  const began = product()
  const known = new Map<string, string>()
  let seen = ''
  for (;;) {
    const built = product()
    const now = stampOf(files())
    if (now !== seen) {
      seen = now
      const code = await playChanged()
      if (code > SIGNALLED) return code
      // What was changed while it was played counts as a change.
    }
    await waitForLook(stopping)
    if (stopping.code !== undefined) return stopping.code
    // Twice the same: it has been written to its end.
    if (built !== undefined && built !== began && product() === built) return NEW_PRODUCT
  }

  async function playChanged(): Promise<number> {
    let cases: CaseToPlay[]
    try {
      cases = load()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      printError(error)
      print('waiting for a change; Ctrl+C ends')
      return 0
    }
    const changed = cases.filter(({ about, seal }) => {
      const digest = digestOf(textOf(seal))
      const isNew = known.get(about.id) !== digest
      known.set(about.id, digest)
      return isNew
    })
    if (changed.length === 0) return 0
    const code = await play(changed)
    if (code <= SIGNALLED) print(`\nwatching ${cases.length} scenarios; Ctrl+C ends`)
    return code
  }
}

/** A bug in it is reported when it is played. */
function textOf(seal: CaseToPlay['seal']): string {
  try {
    return JSON.stringify(seal())
  } catch (error) {
    return String(error)
  }
}

async function waitForLook(stopping: Stopping): Promise<void> {
  if (stopping.code !== undefined) return
  const over = new AbortController()
  const undo = stopping.onStop(() => over.abort())
  try {
    await pause(LOOK_MS, over.signal)
  } finally {
    undo()
  }
}

/** Settings that are wrong for now have another time when they are right. */
function watchedFolders(): string[] {
  try {
    return Object.values(ownFolders())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return ['scenarios', 'devices']
  }
}

/** What scenarios are made of in this project, and the named files: which there are, and when each was written. */
function stampOf(named: readonly string[]): string {
  const here = workingFolder()
  const below = watchedFolders().flatMap((folder) => {
    const root = join(here, folder)
    if (!isFolder(root)) return []
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => join(root, name))
  })
  return [...new Set([...below, join(here, PROJECT_FILE), ...named])]
    .sort()
    .flatMap((path) => {
      if (!existsSync(path)) return []
      const { mtimeMs, size, ino } = statSync(path)
      return [`${path} ${mtimeMs} ${size} ${ino}`]
    })
    .join('\n')
}
