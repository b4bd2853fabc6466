import { RESTORE_STATES, type RestoreState } from '../../domain/windows-backup.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { Tenant } from '../tenant.ts'
import { type BodyType, checkBody, type MemberType } from './body-types.ts'

const RESTORE: BodyType = {
  name: 'windowsRestoreDeviceEnrollmentConfiguration',
  members: {
    id: 'Edm.String',
    displayName: 'Edm.String',
    description: 'Edm.String',
    priority: 'Edm.Int32',
    createdDateTime: 'Edm.DateTimeOffset',
    lastModifiedDateTime: 'Edm.DateTimeOffset',
    version: 'Edm.Int32',
    roleScopeTagIds: { listOf: 'Edm.String' },
    deviceEnrollmentConfigurationType: 'Edm.String',
    state: { enumeration: 'enablement', values: RESTORE_STATES },
  } satisfies Record<string, MemberType>,
}

/** Changes "Show restore page". Devices that enrol from now on get it. @throws GraphError 400 */
export function changeRestore(tenant: Tenant, json: JsonObject): void {
  checkBody(json, RESTORE)
  const state = json.optionalString('state') as RestoreState | undefined
  if (state === undefined) return
  tenant.changes.note()
  tenant.state.enrolment.rules = { ...tenant.state.enrolment.rules, restorePage: state }
}
