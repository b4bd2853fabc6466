import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Counters, readCoverage } from '../../coverage/counters.ts'
import { UserError } from '../../domain/trouble.ts'
import { VERSION } from '../../run/version.ts'
import { readTextFile } from '../../scenario/read-text-file.ts'
import { isFolder } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { printNote } from '../print.ts'

/** Of one file of counters. */
const SIZE_MAX = 16 * 2 ** 20

/** The sum of all files; only one of them is in memory at a time. Codes `ERR_NOT_FOUND`, `ERR_COVERAGE`, and as `readTextFile`. */
export function countersIn(operands: readonly string[]): Counters {
  const counters = new Counters()
  for (const file of new Set(operands.flatMap(filesOf))) {
    const text = readTextFile(resolve(workingFolder(), file), file, SIZE_MAX)
    const { counts, runs, product } = readCoverage(text, file)
    if (product !== VERSION) printNote(`${file} was written by oobe-sim ${product}, and this is ${VERSION}`)
    counters.add(counts, runs)
  }
  return counters
}

function filesOf(operand: string): string[] {
  const path = resolve(workingFolder(), operand)
  if (!existsSync(path)) {
    throw new UserError('ERR_NOT_FOUND', `there is no coverage at ${operand}`, [
      `"oobe run --coverage ${operand}" makes it`,
    ])
  }
  if (!isFolder(path)) return [operand]
  const names = readdirSync(path).filter((name) => /^coverage.*\.json$/.test(name))
  if (names.length > 0) return names.sort().map((name) => join(operand, name))
  throw new UserError('ERR_NOT_FOUND', `there is no coverage in the folder ${operand}`)
}
