import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { verdictOf } from '../../journal/outcome.ts'
import { type ReportedDeployment, reportedDeployments } from '../../mock-service/administration.ts'
import { againOf } from '../../run/again.ts'
import { judged, prepareSealed } from '../../scenario/run-scenario.ts'
import { openRecord } from '../open-record.ts'
import { silentKeys } from '../reported-keys.ts'
import { BEGINNING } from '../serve/beginning.ts'
import { DataFolder } from '../serve/data-folder.ts'
import { serveTenant } from '../serve/served-tenant.ts'

/** What a school has in its report of deployments, or why that is not known. */
export type SeenBySchool = { deployments: ReportedDeployment[] } | { unknown: string }

/**
 * The school of a finished run is gone with it: the run is played again, byte by byte, and then the school is asked. Codes as
 * `openRun`.
 */
export async function seenBySchoolOf(name: string): Promise<SeenBySchool> {
  try {
    return await playedAgain(name)
  } catch (error) {
    if (error instanceof UserError) return { unknown: error.message }
    throw error
  }
}

async function playedAgain(name: string): Promise<SeenBySchool> {
  const { sealed, lines, entries, isTorn } = openRecord(name)
  if (isTorn || !verdictOf(entries)) return { unknown: 'the journal ends before the run did' }
  let written = 0
  let isSame = true
  const prepared = await prepareSealed(sealed, {
    transport: 'direct',
    keys: silentKeys,
    again: againOf(entries),
    sink: (line) => {
      isSame &&= `${lines[written++] ?? ''}\n` === line
    },
  })
  try {
    judged(prepared, sealed.spec, await prepared.run.play())
    if (!isSame) return { unknown: 'this version of oobe-sim plays the run otherwise than it was recorded' }
    return { deployments: (await prepared.deployments?.()) ?? [] }
  } finally {
    prepared.release()
  }
}

/** A school that `oobe serve --data` keeps. Codes `ERR_BAD_ARGUMENTS` for a folder that keeps none, `ERR_DATA_FOLDER` while a server has it. */
export function keptDeployments(folder: string): { school: string; deployments: ReportedDeployment[] } {
  if (!existsSync(join(folder, BEGINNING))) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${folder} keeps no school`, [
      '--data is the folder of "oobe serve --data"',
    ])
  }
  const data = new DataFolder(folder)
  try {
    const resumed = data.resume()!
    const { tenant } = serveTenant(resumed, undefined, () => resumed.beginning.startedAt)
    return { school: tenant.definition.name, deployments: reportedDeployments(tenant) }
  } finally {
    data.close()
  }
}
