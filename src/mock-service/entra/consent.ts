import type { UserDefinition } from '../../domain/tenant.ts'
import type { Tenant } from '../tenant.ts'
import type { Client } from './clients.ts'
import { Refusal } from './refusal.ts'
import type { Wanted } from './scopes.ts'

/** What every person may consent to, and what Graph names alike in every tenant. */
const OWN = ['User.Read']

/** The broker of Windows, and what it reads for the restore page: no one is asked for consent to it [A]. */
const WINDOWS = { id: '29d9ed98-a469-4536-ade2-f981bc1d605e', permission: 'UserWindowsSettings.Read' }

/** `Group.Read.All`, `User.ReadBasic.All`, `DeviceManagementServiceConfig.ReadWrite.All`: a resource and what may be done with it. */
const SHAPE = /^[A-Z][A-Za-z]+(-[A-Z][A-Za-z]+)*\.[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)*$/

/**
 * The delegated permissions that a token for Graph has: of what was asked for, what the application has in this tenant. An application of
 * the tenant's file has those of its `permissions`, with the consent of an administrator. A well-known one has none, and a Global
 * Administrator who signs in with it consents to what it asks for.
 */
export function grantedScopes(
  tenant: Tenant,
  client: Client,
  { user, tenantId }: { user: UserDefinition; tenantId: string },
  { names }: Wanted,
): string[] | Refusal {
  // Another tenant's consents are its own.
  const isOurs = tenantId === tenant.definition.tenantId
  const isWindows = client.id.toLowerCase() === WINDOWS.id
  const permissions = isOurs ? (isWindows ? [WINDOWS.permission] : (client.application?.permissions ?? [])) : []
  if (names.includes('.default')) return [...new Set([...permissions, ...OWN])]
  const odd = names.find((name) => !SHAPE.test(name))
  if (odd !== undefined) {
    return new Refusal(
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope ${odd.slice(0, 80)} does not exist.`,
    )
  }
  const mayConsent = isOurs && client.isWellKnown && user.isGlobalAdministrator
  const refused = names.find((name) => ![...permissions, ...OWN].some((one) => sameName(one, name)) && !mayConsent)
  if (refused === undefined) return names
  return new Refusal(
    'invalid_grant',
    65001,
    `The user or administrator has not consented to use the application with ID '${client.id.slice(0, 60)}' with the permission ${refused.slice(0, 80)}.`,
    { suberror: 'consent_required' },
  )
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
