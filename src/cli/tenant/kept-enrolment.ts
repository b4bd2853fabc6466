import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { recognise } from '../../mock-service/autopilot/registration.ts'
import { BEGINNING } from '../serve/beginning.ts'
import { DataFolder } from '../serve/data-folder.ts'
import { serveTenant } from '../serve/served-tenant.ts'

/**
 * The id of the managed device that a registered one is in a school that `oobe serve --data` keeps; undefined when it is not enrolled.
 * Codes `ERR_BAD_ARGUMENTS` for another school's folder or for none, `ERR_DATA_FOLDER` while a server has it.
 */
export function keptEnrolment(folder: string, tenantId: string, hardwareHash: string): string | undefined {
  if (!existsSync(join(folder, BEGINNING))) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${folder} keeps no school`, [
      '--data is the folder of "oobe serve --data"',
    ])
  }
  const data = new DataFolder(folder)
  try {
    const resumed = data.resume()!
    if (resumed.beginning.definition.tenantId !== tenantId) {
      throw new UserError('ERR_BAD_ARGUMENTS', `${folder} keeps another school: ${resumed.beginning.definition.name}`)
    }
    const { tenant } = serveTenant(resumed, undefined, () => resumed.beginning.startedAt)
    const known = recognise(tenant, hardwareHash)
    if (known.kind !== 'recognised') return undefined
    const managed = [...tenant.state.management.managed.values()]
    return managed.find(({ device }) => device.registered?.id === known.device.id)?.device.entDmId
  } finally {
    data.close()
  }
}
