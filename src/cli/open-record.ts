import { dirname, join, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import type { RunSpec } from '../run/run-spec.ts'
import { digestOf } from '../run/seal.ts'
import { VERSION } from '../run/version.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { type OpenedRun, openRun } from './open-run.ts'
import { printNote } from './print.ts'
import { readVault, VAULT } from './vault-file.ts'

export interface RunRecord extends OpenedRun {
  sealed: SealedRun
}

/**
 * A journal with its vault, to play it again. Codes as `openRun` and `readVault`; `ERR_JOURNAL` for entries that are not in their
 * order, `ERR_RUN_OF_SERVICE` for a run against a real service.
 */
export function openRecord(name: string): RunRecord {
  const opened = openRun(name)
  const { path, lines, entries, spec } = opened
  const wrong = lines.findIndex((line, index) => !line.includes(`"seq":${index},`))
  if (wrong >= 0) {
    throw new UserError('ERR_JOURNAL', `${path}:${wrong + 1}: entry ${wrong} is missing here: the journal was edited`)
  }
  const { service } = spec as RunSpec
  if (service) {
    throw new UserError(
      'ERR_RUN_OF_SERVICE',
      `this run talked to ${service.title}: its answers are not in the journal`,
      ['Play its scenario again with --service'],
    )
  }
  if (entries.length !== lines.length) {
    throw new UserError('ERR_JOURNAL', `${path} has entries that this version does not know: it cannot play them again`)
  }
  if (spec.product !== VERSION) {
    printNote(`recorded by oobe-sim ${spec.product}, played by ${VERSION}: the two may differ in what they do`)
  }
  const vault = readVault(join(dirname(resolve(workingFolder(), path)), VAULT), digestOf(lines[0]!))
  return { ...opened, sealed: { spec: spec as RunSpec, vault } }
}
