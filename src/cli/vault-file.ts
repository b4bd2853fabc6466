import { readFileSync } from 'node:fs'
import { UserError } from '../domain/trouble.ts'
import type { Vault } from '../run/seal.ts'

/** Beside a journal: the secrets that it names. */
export const VAULT = 'vault.json'

const FORMAT = 1

/** @param journal digest of the journal's entry 0: it binds the two files */
export const vaultText = (journal: string, secrets: Vault): string =>
  `${JSON.stringify({ format: FORMAT, journal, secrets }, null, 2)}\n`

/**
 * The secrets of a run.
 *
 * @param journal digest of the journal's entry 0
 * @throws UserError `ERR_VAULT` with the file: it is missing, is no vault, or belongs to another journal
 */
export function readVault(path: string, journal: string): Vault {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const why = isMissing ? 'it is missing' : (error as Error).message
    throw new UserError('ERR_VAULT', `${path} cannot be read: ${why}`, [
      'It holds the secrets that the journal names. A run is played again only with both files',
    ])
  }
  const vault = parsed(text)
  if (!vault) throw new UserError('ERR_VAULT', `${path} is no vault of this version of oobe-sim`)
  if (vault.journal !== journal) {
    throw new UserError('ERR_VAULT', `${path} belongs to another journal`, [
      'Entry 0 of the journal was changed, or the two files come from different runs',
    ])
  }
  return vault.secrets
}

function parsed(text: string): { journal: string; secrets: Vault } | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { format, journal, secrets } = (value ?? {}) as { format?: unknown; journal?: unknown; secrets?: unknown }
  if (format !== FORMAT || typeof journal !== 'string' || typeof secrets !== 'object' || secrets === null)
    return undefined
  const texts = Object.values(secrets).every((secret) => typeof secret === 'string')
  return texts ? { journal, secrets: secrets as Vault } : undefined
}
