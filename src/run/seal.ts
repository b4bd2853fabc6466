import { createHash } from 'node:crypto'
import type { SecretRef } from '../domain/secret.ts'
import { UserError } from '../domain/trouble.ts'

/** Facts whose text is a secret, wherever they are in a RunSpec. */
const SECRET_FACTS = [
  ...(['password', 'secret', 'key', 'pin', 'endorsementSeed'] as const),
  ...(['confirmPin', 'newPassword', 'confirmPassword', 'accessPass', 'temporaryAccessPass'] as const),
]

type SecretFact = (typeof SECRET_FACTS)[number]

/** The same facts with names in the place of secrets. */
export type Sealed<Facts> = Facts extends readonly unknown[]
  ? { [Index in keyof Facts]: Sealed<Facts[Index]> }
  : Facts extends object
    ? { [Name in keyof Facts]: Name extends SecretFact ? SealedText<Facts[Name]> : Sealed<Facts[Name]> }
    : Facts

type SealedText<Value> = Value extends string ? SecretRef : Sealed<Value>

export const isSecretFact = (name: string): boolean => (SECRET_FACTS as readonly string[]).includes(name)

/** Secrets by their names: the path of the fact, or `typed.0` for what a person typed during the run. */
export type Vault = Record<string, string>

/** Replaces secrets by their names, and puts their values into the vault. */
export function seal<Facts>(facts: Facts, path: string, vault: Vault): Sealed<Facts> {
  return sealed(facts, path, vault) as Sealed<Facts>
}

function sealed(value: unknown, path: string, vault: Vault): unknown {
  if (Array.isArray(value)) return value.map((item, index) => sealed(item, `${path}.${index}`, vault))
  if (typeof value !== 'object' || value === null) return value
  const entries: [string, unknown][] = []
  for (const [name, inner] of Object.entries(value)) {
    // What is left out and what is undefined are one thing, in JSON.
    if (inner === undefined) continue
    const at = `${path}.${name}`
    if (typeof inner === 'string' && isSecretFact(name)) {
      vault[at] = inner
      entries.push([name, { secret: at }])
    } else {
      entries.push([name, sealed(inner, at, vault)])
    }
  }
  return Object.fromEntries(entries)
}

/** Puts secrets in the place of their names. Code `ERR_VAULT` for a name that the vault does not have. */
export function open<Facts>(facts: Sealed<NoInfer<Facts>>, vault: Vault): Facts {
  return opened(facts, vault) as Facts
}

function opened(value: unknown, vault: Vault): unknown {
  if (Array.isArray(value)) return value.map((item) => opened(item, vault))
  if (typeof value !== 'object' || value === null) return value
  if (isSecretRef(value)) return secretOf(value, vault)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, opened(inner, vault)]))
}

/** Code `ERR_VAULT` for a name that the vault does not have. */
export function refuseMissing(facts: unknown, vault: Vault): void {
  if (typeof facts !== 'object' || facts === null) return
  if (isSecretRef(facts)) secretOf(facts, vault)
  else for (const inner of Object.values(facts)) refuseMissing(inner, vault)
}

export const isSecretRef = (value: unknown): value is SecretRef =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as SecretRef).secret === 'string' &&
  Object.keys(value).length === 1

export function secretOf({ secret }: SecretRef, vault: Vault): string {
  const value = Object.hasOwn(vault, secret) ? vault[secret] : undefined
  if (value === undefined) throw new UserError('ERR_VAULT', `the vault of this run has no secret "${secret}"`)
  return value
}

/** What binds a vault to its journal: the digest of entry 0. */
export const digestOf = (line: string): string => createHash('sha256').update(line.trimEnd()).digest('hex')
