import type { AttestationPart } from '../attestation/attestation-part.ts'
import type { DirectoryPart } from '../directory/directory-part.ts'
import type { ImportsPart } from '../directory/imports.ts'
import type { EnrolmentPart } from '../enrollment/enrolment-part.ts'
import type { EntraPart } from '../entra/entra-part.ts'
import type { ManagementPart } from '../oma-dm/management-part.ts'

/**
 * All that a tenant remembers, as one plain value with a part for each slice: a copy of it is as good as itself between any
 * two requests. What a slice has to remember is a line in its part. The service for updates remembers nothing.
 */
export interface TenantState {
  /** Of this shape. Another one is read by `oobe serve --data` only. */
  version: 4
  directory: DirectoryPart
  imports: ImportsPart
  entra: EntraPart
  enrolment: EnrolmentPart
  management: ManagementPart
  attestation: AttestationPart
}
