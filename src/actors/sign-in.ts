import type { Carried } from '../../machines/carried.ts'
import { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../machines/pages/phone-proof.ts'
import { signInMachine } from '../../machines/pages/sign-in.ts'
import type { AccountLookup, SentProof } from '../../machines/pages/sign-in-setup.ts'
import { welcomeMachine } from '../../machines/pages/welcome.ts'
import type { Account, Branding } from '../domain/autopilot.ts'
import { loadBranding as brandingOf, lookUpAccount } from '../service/entra/look-up-account.ts'
import { beginProof, pollProof } from '../service/entra/second-factor.ts'
import { accept, authenticate, openSession, PROOF, STARTED_PROOF, signInTrouble } from './authentication.ts'
import { runOf, working } from './bindings.ts'

const loadBranding = working<Branding | null, string>(({ service }, domain, signal) =>
  brandingOf(service, domain, signal),
)

const phoneProof = phoneProofMachine.provide({
  actors: {
    pollProof: working<ProofAnswer, PhoneProofInput>(async (run, { proof, tenantId }, signal) => {
      const sent = STARTED_PROOF.open(proof)
      const answer = await pollProof(run.service, sent.started, signal)
      if (!answer.ok) return { kind: 'refused', trouble: signInTrouble(answer.trouble) }
      if (answer.value.kind === 'pending') {
        return { kind: 'pending', proof: STARTED_PROOF.pack({ ...sent, started: answer.value.started }) }
      }
      const accepted = accept(run, answer.value, sent.password, tenantId)
      return accepted.kind === 'signedIn' ? accepted : { kind: 'refused', trouble: null }
    }),
  },
})

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

export const welcome = welcomeMachine.provide({
  actors: {
    loadBranding,
    recallCredentials: working<boolean>(({ memory }) => memory.logon !== undefined),
    authenticate,
    createSession: working<void, { isStandardUser: boolean }>(async (run, { isStandardUser }, signal) => {
      if (!isStandardUser) run.device.administrators = [run.memory.logon?.upn ?? '']
      await openSession(run, signal)
    }),
  },
})

export const nextSignIn = nextSignInMachine.provide({
  actors: {
    endSession: working<void>(({ device, memory }) => {
      device.csp.hasUser = false
      delete memory.logon
    }),
    authenticate,
    openSession: working<void>((run, _, signal) => openSession(run, signal)),
  },
})
