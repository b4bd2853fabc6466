/** A service of Microsoft that tokens are for. */
export type EntraResource = 'graph' | 'registration' | 'intune' | 'enrolment'

/**
 * How Entra names them in every tenant: by application id and by App ID URI. They are audiences of tokens; no program connects to
 * anything by them. Source: Microsoft Learn, Verify first-party Microsoft applications in sign-in reports; mdm-protocols.md, 1.5 and 4.1.
 */
export const ENTRA_RESOURCES: Record<EntraResource, { id: string; uri: string }> = {
  graph: { id: '00000003-0000-0000-c000-000000000000', uri: 'https://graph.microsoft.com' },
  registration: {
    id: '01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9',
    uri: 'urn:ms-drs:enterpriseregistration.windows.net',
  },
  intune: { id: '0000000a-0000-0000-c000-000000000000', uri: 'https://api.manage.microsoft.com/' },
  enrolment: { id: 'd4ebce55-015a-49b5-a083-c84d1797ae8c', uri: 'https://enrollment.manage.microsoft.com/' },
}

/** Templates of directory roles: their ids are the same in every tenant. */
export const DIRECTORY_ROLES = { globalAdministrator: '62e90394-69f5-4237-9190-012177145e10' } as const
