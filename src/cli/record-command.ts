import { basename, join, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { verdictOf } from '../journal/outcome.ts'
import { ownFolders } from '../scenario/library-files.ts'
import { recordRun } from '../scenario/record/record-run.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { refuseExisting, writeWhole } from './device/write-new-file.ts'
import { EXIT } from './exit-codes.ts'
import { openRecord } from './open-record.ts'
import { parseOptions } from './options.ts'
import { print, printNote, printRaw } from './print.ts'
import { safeName } from './safe-name.ts'
import { schemaLine } from './schema-line.ts'

const HELP = `oobe record RUN     a scenario from a finished run: what the person did, what happened, and the end that it had

  RUN               a folder below oobe-results/, a path to one, or to a journal.ndjson; also of a first boot at the keyboard
  --out FILE        where the scenario goes (default: RUN-recorded.yaml, with the scenarios of this folder); - is standard output
  --force           replaces a file
  --json            what was written, for programs

The scenario is played once before it is written: it has to pass. It holds the passwords and Wi-Fi keys that the run had.

exit: 0 written, 2 bad usage, or a run that cannot be a scenario`

export async function recordCommand(args: string[]): Promise<number> {
  const types = { out: { type: 'string' }, force: { type: 'boolean' }, json: { type: 'boolean' } } as const
  const { values, positionals } = parseOptions(args, types, 'oobe record')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe record takes one run', ['oobe record RUN'])
  }
  const record = openRecord(name)
  const { entries, isTorn, sealed } = record
  if (isTorn || !verdictOf(entries)) {
    throw new UserError('ERR_NOT_RECORDED', `this run cannot be a scenario: its journal ends before the run did`)
  }
  const shown = values.out ?? join(ownFolders().scenario, `${safeName(record.name)}-recorded.yaml`)
  const path = resolve(workingFolder(), shown)
  if (shown !== '-') {
    if (!/\.ya?ml$/.test(shown)) {
      throw new UserError('ERR_BAD_ARGUMENTS', `${shown} is no name of a scenario: it has to end in .yaml`)
    }
    refuseExisting(path, shown, values.force === true)
  }
  const comments = [...schemaLine(path), `Recorded from the run ${record.name}.`]
  const { text, failures } = await recordRun(sealed, entries, basename(shown), comments)
  if (failures.length > 0) {
    throw new UserError('ERR_NOT_RECORDED', 'the scenario of this run does not pass. Nothing was written', failures)
  }
  if (shown === '-') {
    if (values.json) print(JSON.stringify({ run: record.name, scenario: text }, undefined, 2))
    else printRaw('out', text)
    return EXIT.pass
  }
  writeWhole(path, text)
  if (values.json) print(JSON.stringify({ run: record.name, file: shown }, undefined, 2))
  else print(`${shown} written: it passes`)
  printNote('it holds the passwords and keys of the run')
  return EXIT.pass
}
