import type { MemberType } from './body-types.ts'

/** Of each configuration of the family. What the service sets itself is taken, and has no effect. */
export const ENROLLMENT_CONFIGURATION = {
  id: 'Edm.String',
  displayName: 'Edm.String',
  description: 'Edm.String',
  priority: 'Edm.Int32',
  createdDateTime: 'Edm.DateTimeOffset',
  lastModifiedDateTime: 'Edm.DateTimeOffset',
  version: 'Edm.Int32',
  roleScopeTagIds: { listOf: 'Edm.String' },
  deviceEnrollmentConfigurationType: 'Edm.String',
} satisfies Record<string, MemberType>
