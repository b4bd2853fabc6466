import { createHash } from 'node:crypto'
import type { Tenant } from '../tenant.ts'
import type { PendingCode } from './entra-part.ts'

/** An authorization code is good for about ten minutes (Microsoft Learn, OAuth 2.0 authorization code flow). */
const LIFETIME_MS = 600_000

/** A new code. Those that are long over are forgotten; until then one that was used has another refusal than one that never was. */
export function keepCode(tenant: Tenant, pending: PendingCode): string {
  const { codes } = tenant.state.entra
  const now = tenant.now()
  // They came in order: the first one that is remembered has only such ones behind it.
  for (const [old, { expiresAt = 0 }] of codes) {
    if (expiresAt + LIFETIME_MS > now) break
    codes.delete(old)
  }
  const code = tenant.ids.short()
  codes.set(code, { ...pending, expiresAt: now + LIFETIME_MS })
  return code
}

/** `c_hash` of an ID token that comes with a code (OpenID Connect Core 1.0, 3.3.2.11). */
export const codeHash = (code: string): string =>
  createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url')
