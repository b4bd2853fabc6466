import { signInMachine } from '../../machines/pages/sign-in.ts'
import type { AccountLookup } from '../../machines/pages/sign-in-setup.ts'
import type { Account } from '../domain/autopilot.ts'
import { lookUpAccount } from '../service/entra/look-up-account.ts'
import { authenticate, signInTrouble } from './authentication.ts'
import { runOf, working } from './bindings.ts'
import { loadBranding } from './load-branding.ts'
import { phoneProof } from './phone-proof.ts'
import { signInWithKey } from './security-key.ts'
import { sendProof } from './send-proof.ts'
import { setNewPassword } from './set-new-password.ts'

export const signIn = signInMachine.provide({
  actions: {
    reportTenantMatch: ({ context, system }, { matched }) => {
      // Without a profile there is no tenant to match.
      if (context.tenant) runOf({ system }).device.tenantMatched = matched
    },
  },
  actors: {
    loadBranding,
    lookUpAccount: working<AccountLookup, { email: string; usage: Account['kind'] }>(
      async ({ service }, { email }, signal) => {
        const answer = await lookUpAccount(service, email, signal)
        if (!answer.ok) return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
        if (answer.value.kind === 'unknown') return { kind: 'unknown' }
        const federation = answer.value.kind === 'federated' ? answer.value : undefined
        return {
          kind: 'found',
          displayName: email,
          hasAccessPass: answer.value.kind === 'managed' && answer.value.hasAccessPass === true,
          realm: { page: federation?.url },
          ...(federation ? { signInPage: federation.brand } : {}),
        }
      },
    ),
    authenticate,
    signInWithKey,
    setNewPassword,
    sendProof,
    phoneProof,
  },
})
