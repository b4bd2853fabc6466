import type { TenantDefinition } from '../../domain/tenant.ts'
import { newAttestation } from '../attestation/attestation-part.ts'
import { newDirectory } from '../directory/directory-part.ts'
import { newImports } from '../directory/imports.ts'
import { stateOf } from '../directory/load.ts'
import { newEnrolment } from '../enrollment/enrolment-part.ts'
import { newEntra } from '../entra/entra-part.ts'
import { newManagement } from '../oma-dm/management-part.ts'
import type { TenantState } from './tenant-state.ts'

/** What a tenant's file sets up, before anything has happened. @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` */
export const newState = (definition: TenantDefinition): TenantState => ({
  version: 4,
  directory: newDirectory(stateOf(definition)),
  imports: newImports(),
  entra: newEntra(),
  enrolment: newEnrolment(),
  management: newManagement(),
  attestation: newAttestation(),
})
