import * as v from 'valibot'
import type { TenantDefinition } from '../domain/tenant.ts'
import { keptTenantSchema } from './schema/tenant.ts'

/**
 * A tenant's definition that was written down by this version or an earlier one, or what is wrong with it: `users.0.email: …`. What an
 * earlier version did not know gets its default.
 */
export function keptDefinition(value: unknown): TenantDefinition | string {
  const { id, ...definition } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof id !== 'string' || id === '') return 'id: is missing'
  const read = v.safeParse(keptTenantSchema, definition)
  if (read.success) return { id, ...read.output }
  const [issue] = read.issues
  const path = v.getDotPath(issue)
  return `${path === null ? '' : `${path}: `}${issue.message}`
}
