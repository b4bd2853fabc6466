import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { JournalEntry } from '../domain/journal.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { flawOf } from '../journal/schema.ts'
import { type EvidenceFile, evidenceManifest, evidenceOf } from '../report/evidence/evidence.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { EXIT } from './exit-codes.ts'
import { makeFolder, makeOutputFolder, replaceFile, writing } from './new-file.ts'
import { type OpenedRun, openToRead } from './open-run.ts'
import { parseOptions } from './options.ts'
import { print, printNote } from './print.ts'

const HELP = `oobe evidence RUN   what a real device leaves: profile, registry, event logs, extension logs, reports

  RUN                 the folder of a run, its journal, or its name in oobe-results
  --out DIR           an empty folder, or a new one: evidence/ beside the journal when left out
  --force             replaces the files of an earlier evidence in DIR
  --json              the names of the files, for programs

manifest.json says of each file, key and event whether it is documented, observed or assumed. The event logs are XML and JSON
lines: .evtx is not written. A journal that ends in the middle of a line is read as far as it goes.

exit: 0, 2 bad usage or no journal, 3 DIR cannot be written, 70 a bug of ours`

const MANIFEST = 'manifest.json'

export function evidenceCommand(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { out: { type: 'string' }, force: { type: 'boolean' }, json: { type: 'boolean' } },
    'oobe evidence',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe evidence takes one run', ['oobe evidence RUN --out DIR'])
  }
  if (values.out === '')
    throw new UserError('ERR_BAD_ARGUMENTS', '--out names no folder', ['oobe evidence RUN --out DIR'])
  const run = openToRead(name)
  const here = workingFolder()
  const out = values.out ?? join(dirname(run.path), 'evidence')
  const folder = resolve(here, out)
  refuseFull(folder, out, values.force === true)
  const entries = whole(run)
  const files = evidenceOf(entries)
  const manifest = evidenceManifest(entries, files)
  writeAll(folder, files, manifest)
  const names = [...files.map((file) => file.name), MANIFEST]
  if (values.json)
    print(
      JSON.stringify(
        names.map((one) => join(out, one)),
        undefined,
        2,
      ),
    )
  else {
    print(`${run.name}: ${names.length} files in ${out}`)
    for (const one of names) print(`  ${one}`)
  }
  return EXIT.pass
}

const NAMED_MAX = 5

/** Entries that are as their schema says; a note names the others. */
function whole({ entries, path }: OpenedRun): JournalEntry[] {
  const flaws: string[] = []
  const kept = entries.filter((entry) => {
    const flaw = flawOf(entry)
    if (flaw !== undefined) flaws.push(`entry ${entry.seq} (${entry.kind}): ${flaw}`)
    return flaw === undefined
  })
  if (flaws.length > 0) {
    printNote(
      `${path}: ${flaws.length} entries cannot be read and are left out. The first: ${flaws.slice(0, NAMED_MAX).join('; ')}`,
    )
  }
  return kept
}

/** What lies in the folder is not overwritten, unless it is an earlier evidence and the user says so. */
function refuseFull(folder: string, shown: string, isForced: boolean): void {
  if (!existsSync(folder)) return
  if (!lstatSync(folder).isDirectory()) {
    throw new InfrastructureError(
      'ERR_OUTPUT_NOT_WRITABLE',
      `${shown} cannot be written: it is no folder. Name another one with --out`,
    )
  }
  const there = writing(shown, () => readdirSync(folder))
  if (there.length === 0) return
  if (!there.includes(MANIFEST) || !isEvidence(join(folder, MANIFEST))) {
    throw new UserError('ERR_OUTPUT_NOT_EMPTY', `${shown} is not empty, and holds no evidence of a run`, [
      'Name an empty folder with --out',
    ])
  }
  if (!isForced) {
    throw new UserError('ERR_OUTPUT_NOT_EMPTY', `${shown} holds the evidence of a run`, [
      'Name an empty folder with --out, or replace it with --force',
    ])
  }
}

function isEvidence(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { files?: unknown }).files !== undefined
  } catch {
    return false
  }
}

/** The manifest last: a folder without one is not whole. */
function writeAll(folder: string, files: readonly EvidenceFile[], manifest: string): void {
  makeOutputFolder(folder)
  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name)
    writing(path, () => {
      makeFolder(dirname(path))
      replaceFile(path, bytes)
    })
  }
  for (const { name, bytes } of files) write(name, bytes)
  write(MANIFEST, manifest)
}
