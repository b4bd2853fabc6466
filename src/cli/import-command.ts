import { basename, join, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { importedScenario } from '../import/played.ts'
import { type FileReport, readIncident } from '../import/read-incident.ts'
import { outcomeText } from '../journal/outcome.ts'
import { ownFolders } from '../scenario/library-files.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { refuseExisting, writeWhole } from './device/write-new-file.ts'
import { EXIT } from './exit-codes.ts'
import { inputFiles } from './import/input-files.ts'
import { parseOptions, refuseWithout } from './options.ts'
import { print, printNote, printRaw } from './print.ts'
import { safeName } from './safe-name.ts'
import { schemaLine } from './schema-line.ts'

const HELP = `oobe import FILE   a scenario from what a real device left: the first boot that went wrong, to play again

  FILE              a diagnostics archive (.zip), a folder, or one file: registry export, event log as XML or JSON, log of the
                    management extension, SyncML capture (XML or HAR), session of a monitoring tool (JSON lines), Autopilot profile
  --out FILE        where the scenario goes (default: FILE-imported.yaml, with the scenarios of this folder); - is standard output
  --force           replaces a file
  --json            what was recognised in which file, for programs; needs --out

It says of each file what it was recognised as, and what of it could not be read. The scenario has synthetic identities, a shipped device
and a shipped school with the facts of the incident; a comment marks what was guessed. It is played once before it is written.

exit: 0 written, 1 written, and it does not end as the files say, 2 bad usage or nothing that could be read, 3 the file cannot be written`

const OPTIONS = { out: { type: 'string' }, force: { type: 'boolean' }, json: { type: 'boolean' } } as const

export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe import')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  refuseWithout(values, 'json', 'out')
  const [operand] = positionals
  if (operand === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe import takes one file or folder', [
      'oobe import FILE --out scenario.yaml',
    ])
  }
  const name = safeName(basename(resolve(workingFolder(), operand)).replace(/\.\w{1,5}$/, '')) || 'incident'
  const shown = values.out ?? join(ownFolders().scenario, `${name}-imported.yaml`)
  const path = resolve(workingFolder(), shown)
  if (shown !== '-') {
    if (!/\.ya?ml$/.test(shown)) {
      throw new UserError('ERR_BAD_ARGUMENTS', `${shown} is no name of a scenario: it has to end in .yaml`)
    }
    refuseExisting(path, shown, values.force === true)
  }
  const leftOut: FileReport[] = []
  const { incident, files } = readIncident(
    inputFiles(operand, (file, why) => leftOut.push({ name: file, facts: 0, remarks: [why] })),
  )
  const all = [...files, ...leftOut]
  const isQuiet = values.json === true
  const say = shown === '-' ? printNote : print
  if (!isQuiet) for (const line of reportLines(all)) say(line)
  if (!all.some(({ facts }) => facts > 0)) {
    throw new UserError(
      'ERR_NOT_IMPORTED',
      `${operand} has nothing of a first boot that could be read`,
      isQuiet ? reportLines(all) : [],
    )
  }
  const read = all.filter(({ facts }) => facts > 0).length
  const comments = [
    ...schemaLine(path),
    `Imported from ${read} ${read === 1 ? 'file' : 'files'} of a device. Identities are synthetic; "guessed" marks what no file says.`,
  ]
  const { text, outcome, failures, draft } = await importedScenario(incident, basename(shown), comments)
  if (shown === '-') printRaw('out', text)
  else writeWhole(path, text)
  const end = outcomeText(outcome)
  if (isQuiet) print(JSON.stringify({ out: shown, files: all, end: draft.end, outcome, failures }, undefined, 2))
  else if (shown !== '-') print(`${shown} written: ${failures.length === 0 ? end : 'it does not end as the files say'}`)
  if (failures.length > 0 && !isQuiet) for (const failure of failures) printNote(failure)
  return failures.length === 0 ? EXIT.pass : EXIT.scenarioFailed
}

/** A line a file; what of it was not read is below it. */
const reportLines = (files: readonly FileReport[]): string[] =>
  files.flatMap(({ name, format, facts, remarks }) =>
    format === undefined
      ? [`- ${name}: not read: ${remarks.join('; ')}`]
      : [
          `${facts > 0 ? '✓' : '-'} ${name}: ${format}, ${facts} ${facts === 1 ? 'fact' : 'facts'}`,
          ...remarks.map((remark) => `    ${remark}`),
        ],
  )
