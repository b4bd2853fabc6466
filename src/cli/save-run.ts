import { existsSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { JournalEntry, RecordedSpec } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import { outcomeOf } from '../journal/outcome.ts'
import { filmOf } from '../report/film/film.ts'
import { ownFolders } from '../scenario/library-files.ts'
import { recordRun } from '../scenario/record/record-run.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { SIZE_MIN } from '../ui/model.ts'
import { writeWhole } from './device/write-new-file.ts'
import { FILM_PACE } from './film-command.ts'
import { safeName } from './safe-name.ts'
import { schemaLine } from './schema-line.ts'

/**
 * A scenario of a run that has ended, with the scenarios of this folder, as `oobe record` makes it. @returns its path
 *
 * @throws UserError `ERR_NOT_RECORDED`
 */
export async function saveScenario(sealed: SealedRun, entries: readonly JournalEntry[], name: string): Promise<string> {
  if (!outcomeOf(entries)) {
    throw new UserError('ERR_NOT_RECORDED', 'a scenario needs an end to expect: it can be saved once the run has ended')
  }
  const path = freeName((number) =>
    join(ownFolders().scenario, `${safeName(name)}-recorded${number === 1 ? '' : `-${number}`}.yaml`),
  )
  const comments = [...schemaLine(resolve(workingFolder(), path)), `Recorded from the run ${name}.`]
  const { text, failures } = await recordRun(sealed, entries, basename(path), comments)
  if (failures.length > 0) {
    throw new UserError('ERR_NOT_RECORDED', 'the scenario of this run does not pass. Nothing was written', failures)
  }
  writeWhole(resolve(workingFolder(), path), text)
  return path
}

/** A moving picture of a run as far as it has come, beside its journal. @returns its path */
export function saveFilm(entries: readonly JournalEntry[], spec: RecordedSpec, folder: string): string {
  const film = filmOf(entries, spec, { size: SIZE_MIN })
  if (!film) throw new UserError('ERR_NOT_FOUND', 'nothing was on the screen yet')
  const path = freeName((number) => join(folder, number === 1 ? 'film.svg' : `film-${number}.svg`))
  writeWhole(resolve(workingFolder(), path), film.animated(FILM_PACE))
  return relative(workingFolder(), resolve(workingFolder(), path)) || path
}

/** The first name that no file has. */
function freeName(nameOf: (number: number) => string): string {
  let number = 1
  while (existsSync(resolve(workingFolder(), nameOf(number)))) number++
  return nameOf(number)
}
