import { RESTORE_STATES, type RestoreState } from '../../domain/windows-backup.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { Tenant } from '../tenant.ts'
import { type BodyType, checkBody, type MemberType } from './body-types.ts'
import { ENROLLMENT_CONFIGURATION } from './enrollment-configuration-members.ts'

const RESTORE: BodyType = {
  name: 'windowsRestoreDeviceEnrollmentConfiguration',
  members: {
    ...ENROLLMENT_CONFIGURATION,
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
