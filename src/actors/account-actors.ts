import type { AccountLookup, Authentication, Credentials, SentProof } from '../../machines/pages/sign-in.ts'
import type { Account, Branding } from '../domain/autopilot.ts'
import type { Secret } from '../domain/secret.ts'
import { isCertificateTrouble, type Trouble } from '../domain/trouble.ts'
import { loadBranding, lookUpAccount } from '../service/look-up-account.ts'
import { beginProof, NO_PROOF_METHOD, pollProof } from '../service/second-factor.ts'
import { isWrongPassword, type SignedIn, type SignInStep, signIn } from '../service/sign-in.ts'
import { type Bindings, type NoInput, workOf } from './bindings.ts'
import { managementToken } from './management-token.ts'

/** Between two questions whether the phone has answered: observed of the sign-in page's script. */
const POLL_MS = 1_000

/** What sign-in and the welcome do. */
export function accountActors(bindings: Bindings) {
  const { device, service, timeline, memory } = bindings
  return {
    loadBranding: workOf<Branding | null, string>((domain, signal) => loadBranding(service, domain, signal)),
    lookUpAccount: workOf<AccountLookup, { email: string; usage: Account['kind'] }>(async ({ email }, signal) => {
      const answer = await lookUpAccount(service, email, signal)
      if (!answer.ok) return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
      if (answer.value.kind === 'unknown') return { kind: 'unknown' }
      const federation = answer.value.kind === 'federated' ? answer.value : undefined
      memory.realm = { email, page: federation?.url }
      return { kind: 'found', displayName: email, ...(federation ? { signInPage: federation.brand } : {}) }
    }),
    authenticate: workOf<Authentication, Credentials>(async ({ usage, email, password, tenantId }, signal) => {
      const purpose = device.joinCertificate ? 'logon' : 'join'
      if (memory.realm?.email !== email) {
        // After a restart: where the domain's accounts sign in is not known any more.
        const realm = await lookUpAccount(service, email, signal)
        if (!realm.ok) return { kind: 'trouble', trouble: signInTrouble(realm.trouble) }
        memory.realm = { email, page: realm.value.kind === 'federated' ? realm.value.url : undefined }
      }
      const request = { email, password, usage, purpose, federation: memory.realm.page } as const
      const answer = await signIn(service, request, signal)
      if (!answer.ok) return refusal(answer.trouble)
      return settle(answer.value, password, tenantId)
    }),
    sendProof: workOf<SentProof, NoInput>(async (_, signal) => {
      if (!memory.proof) throw new Error('a proof that nobody wants')
      const started = await beginProof(service, memory.proof.pending, signal)
      if (!started.ok) return { kind: 'trouble', trouble: signInTrouble(started.trouble) }
      memory.proof.started = started.value
      return { kind: 'sent', number: started.value.number }
    }),
    awaitProof: workOf<Authentication, { tenantId: string | undefined }>(async ({ tenantId }, signal) => {
      const { started, password } = memory.proof ?? {}
      if (!started || !password) throw new Error('waiting for a proof that was not asked for')
      for (let current = started; ; ) {
        await timeline.sleep(POLL_MS, signal)
        const answer = await pollProof(service, current, signal)
        if (!answer.ok) return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
        if (answer.value.kind !== 'pending') return settle(answer.value, password, tenantId)
        current = answer.value.started
      }
    }),
    recallCredentials: workOf<boolean, NoInput>(() => memory.credentials !== undefined),
    endSession: workOf<void, NoInput>(() => {
      device.csp.hasUser = false
      delete memory.managementToken
      delete memory.signIn
      delete memory.credentials
    }),
    openSession: workOf<void, NoInput>((_, signal) => openSession(signal)),
    createSession: workOf<void, { isStandardUser: boolean }>(async ({ isStandardUser }, signal) => {
      if (!isStandardUser) device.administrators = [memory.credentials?.upn ?? '']
      await openSession(signal)
    }),
  }

  /** A token for management, and the person's part of the tree. */
  async function openSession(signal: AbortSignal): Promise<void> {
    const upn = memory.credentials?.upn ?? ''
    delete memory.managementToken
    // Without a token the page continues all the same: what needs one asks for it again.
    await managementToken(bindings, signal)
    device.signIn(upn)
  }

  function settle(step: SignInStep, password: Secret, tenantId: string | undefined): Authentication {
    if (step.kind === 'proof') {
      memory.proof = { pending: step.pending, password }
      return { kind: 'proofWanted' }
    }
    delete memory.proof
    const { account } = step.signedIn
    // Somebody of another tenant signed in well, and is refused all the same: nothing of it is kept.
    if (tenantId === undefined || account.tenantId === tenantId) keep(step.signedIn, password)
    return { kind: 'signedIn', account }
  }

  function keep({ account, tokens, session }: SignedIn, password: Secret): void {
    memory.accessToken = tokens.accessToken
    memory.signIn = session
    memory.mdm = tokens.idClaims.mdm
    memory.credentials = { upn: account.upn, password }
  }
}

function refusal(trouble: Trouble): Authentication {
  if (isWrongPassword(trouble.code)) return { kind: 'wrongPassword' }
  if (trouble.code === NO_PROOF_METHOD) return { kind: 'proofMissing', trouble: signInTrouble(trouble) }
  return { kind: 'trouble', trouble: signInTrouble(trouble) }
}

/**
 * Codes of the sign-in page (reference: oobe-autopilot-esp.md, 4.9): no way to the service, or the provider refused. The
 * number of a refusal stands there without its prefix.
 */
function signInTrouble(trouble: Trouble): Trouble {
  if (isCertificateTrouble(trouble.code)) return { ...trouble, code: 'caa70007' }
  if (trouble.code.startsWith('0x80072')) return { ...trouble, code: 'OOBEIDPS' }
  return { ...trouble, code: trouble.code.replace(/^AADSTS(?=\d)/, '') }
}
