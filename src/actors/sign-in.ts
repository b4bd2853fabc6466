import type { Carried } from '../../machines/carried.ts'
import { signInMachine } from '../../machines/pages/sign-in.ts'
import type { AccountLookup, SentProof } from '../../machines/pages/sign-in-setup.ts'
import type { Account } from '../domain/autopilot.ts'
import { lookUpAccount } from '../service/entra/look-up-account.ts'
import { beginProof } from '../service/entra/second-factor.ts'
import { authenticate, PROOF, STARTED_PROOF, signInTrouble } from './authentication.ts'
import { runOf, working } from './bindings.ts'
import { loadBranding } from './load-branding.ts'
import { phoneProof } from './phone-proof.ts'

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
          realm: { page: federation?.url },
          ...(federation ? { signInPage: federation.brand } : {}),
        }
      },
    ),
    authenticate,
    sendProof: working<SentProof, Carried>(async ({ service }, proof, signal) => {
      const { pending, password } = PROOF.open(proof)
      const started = await beginProof(service, pending, signal)
      if (!started.ok) return { kind: 'trouble', trouble: signInTrouble(started.trouble) }
      const { number } = started.value
      return { kind: 'sent', number, proof: STARTED_PROOF.pack({ pending, password, started: started.value }) }
    }),
    phoneProof,
  },
})
