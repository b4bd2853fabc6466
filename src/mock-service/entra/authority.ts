import type { Tenant } from '../tenant.ts'
import { CONSUMERS_TENANT } from './claims.ts'
import { Refusal } from './refusal.ts'

/** Authorities whose accounts are of any tenant. */
const ANY = ['common', 'organizations']

/** Who issues the tokens of an authority (the first segment of a path); undefined when the directory knows none by that name. */
export function directoryOf({ definition }: Tenant, authority: string): string | undefined {
  const name = authority.toLowerCase()
  const { tenantId, domain, otherAccounts } = definition
  if (ANY.includes(name)) return '{tenantid}'
  if (name === 'consumers' || name === CONSUMERS_TENANT) return CONSUMERS_TENANT
  if (name === domain.toLowerCase()) return tenantId
  return [tenantId, ...otherAccounts.map((account) => account.tenantId)].find((id) => id === name)
}

export const unknownAuthority = (authority: string): Refusal =>
  new Refusal(
    'invalid_request',
    90002,
    `Tenant '${authority.slice(0, 60)}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  )

/** Whether an account may sign in at an authority: at that of a tenant, its own alone. */
export function mayEnter(tenant: Tenant, authority: string, tenantId: string): boolean {
  const directory = directoryOf(tenant, authority)
  return directory === '{tenantid}' || directory === tenantId
}
