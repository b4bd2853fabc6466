import type { Screen } from '../domain/screen.ts'
import type { SecretRef } from '../domain/secret.ts'
import { Secret } from '../domain/secret.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import type { TenantAction } from '../domain/tenant-action.ts'
import { isSecretFact, isSecretRef } from './seal.ts'
import type { SecretNames } from './secret-names.ts'

/** What a person typed into a secret field gets a name, and so does a new password. */
export function withSecretsNamed(stimulus: Stimulus, screen: Screen | null, names: SecretNames): Stimulus {
  if (stimulus.kind === 'tenantChange') return { ...stimulus, action: named(stimulus.action, names) as TenantAction }
  if (stimulus.kind !== 'press') return stimulus
  const secretIds = new Set(screen?.controls.filter(({ kind }) => kind === 'secret').map(({ id }) => id))
  const values = Object.entries(stimulus.values).map(([id, value]) => [
    id,
    secretIds.has(id) && typeof value === 'string' ? names.nameOf(value) : value,
  ])
  return { ...stimulus, values: Object.fromEntries(values) }
}

/** What a page is given when a button is pressed: plain values, and secrets. */
export interface Fields {
  values: Record<string, string>
  secrets: Record<string, Secret>
}

export function fieldsOf(screen: Screen, given: Record<string, string | SecretRef>, names: SecretNames): Fields {
  const values: Record<string, string> = {}
  const secrets: Record<string, Secret> = {}
  for (const [field, value] of Object.entries(given)) {
    if (typeof value === 'string') values[field] = value
    else secrets[field] = new Secret(names.valueOf(value))
  }
  // A secret field that was left empty is one all the same.
  for (const field of screen.controls) if (field.kind === 'secret') secrets[field.id] ??= new Secret('')
  return { values, secrets }
}

/** Secrets of an action get a name, wherever they are in it. */
function named(value: unknown, names: SecretNames): unknown {
  return mapped(value, (inner, name) => (typeof inner === 'string' && isSecretFact(name) ? names.nameOf(inner) : inner))
}

/** An action with its secrets in the place of their names. */
export const opened = (action: TenantAction, names: SecretNames): TenantAction =>
  openedIn(action, names) as TenantAction

/** The same of any value. */
export const openedIn = (value: unknown, names: SecretNames): unknown =>
  mapped(value, (inner) => (isSecretRef(inner) ? names.valueOf(inner) : inner))

/** Each value that `change` leaves as it is, and that holds others, is looked into. */
function mapped(value: unknown, change: (value: unknown, name: string) => unknown, name = ''): unknown {
  const changed = change(value, name)
  if (changed !== value) return changed
  if (Array.isArray(value)) return value.map((item) => mapped(item, change))
  if (typeof value !== 'object' || value === null || isSecretRef(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change, key)]))
}
