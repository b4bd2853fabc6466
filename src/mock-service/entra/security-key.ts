import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { UserDefinition } from '../../domain/tenant.ts'
import type { Assertion } from '../../protocols/webauthn/assertion.ts'
import { credentialIdOf, keySeedOf, userHandleOf } from '../../protocols/webauthn/synthetic-key.ts'
import type { Tenant } from '../tenant.ts'

/** What a key has to sign: of one authorization request, whose state, nonce and code challenge are in the context. */
export const challengeOf = (context: string): string =>
  createHash('sha256').update(`fido:${context}`).digest('base64url')

/** Whose key it is; undefined for one that no account of the directory has registered. */
export function registeredKeyOf(
  tenant: Tenant,
  { id, userHandle }: Pick<Assertion, 'id' | 'userHandle'>,
): { user: UserDefinition; publicKey: KeyObject } | undefined {
  for (const user of tenant.directory.now.users.values()) {
    const name = user.securityKeys?.find((one) => credentialIdOf(one) === id)
    if (name === undefined || userHandleOf(user.email) !== userHandle) continue
    return { user, publicKey: createPublicKey(tenant.keys.rsa2048(...keySeedOf(name))) }
  }
  return undefined
}
