import type { Screen } from '../domain/screen.ts'
import { Secret } from '../domain/secret.ts'
import type { SecretRef, Stimulus } from '../domain/stimulus.ts'
import type { SecretNames } from './secret-names.ts'

/** What a person typed into a secret field gets a name. */
export function withSecretsNamed(stimulus: Stimulus, screen: Screen | null, names: SecretNames): Stimulus {
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
