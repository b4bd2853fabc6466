import type { AccountLookup, Authentication, Credentials } from '../../machines/sign-in.ts'
import type { Account, Branding } from '../domain/autopilot.ts'
import { Secret } from '../domain/secret.ts'
import type { Trouble } from '../domain/trouble.ts'
import { isWrongPassword, loadBranding, lookUpAccount, refreshToken, signIn } from '../service/sign-in.ts'
import { activityOf, type Bindings, type NoInput } from './bindings.ts'

/** What sign-in and the welcome do. */
export function accountActors(bindings: Bindings) {
  const { device, service, memory } = bindings
  return {
    loadBranding: activityOf<Branding | null, string>(bindings, (domain, signal) =>
      loadBranding(service, domain, signal),
    ),
    lookUpAccount: activityOf<AccountLookup, { email: string; usage: Account['kind'] }>(
      bindings,
      async ({ email }, signal) => {
        const answer = await lookUpAccount(service, email, signal)
        if (!answer.ok) return { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
        return answer.value === 'found' ? { kind: 'found', displayName: email } : { kind: 'unknown' }
      },
    ),
    authenticate: activityOf<Authentication, Credentials>(
      bindings,
      async ({ usage, email, password, tenantId }, signal) => {
        const answer = await signIn(service, { email, password, usage }, signal)
        if (!answer.ok) {
          return isWrongPassword(answer.trouble.code)
            ? { kind: 'wrongPassword' }
            : { kind: 'trouble', trouble: signInTrouble(answer.trouble) }
        }
        const { account, tokens } = answer.value
        // Somebody of another tenant signed in well, and is refused all the same: nothing of it is kept.
        if (tenantId === undefined || account.tenantId === tenantId) {
          memory.accessToken = new Secret(tokens.accessToken)
          memory.refreshToken = new Secret(tokens.refreshToken)
          memory.credentials = { upn: account.upn, password }
        }
        return { kind: 'signedIn', account }
      },
    ),
    recallCredentials: activityOf<boolean, NoInput>(bindings, () => memory.credentials !== undefined),
    createSession: activityOf<void, { isStandardUser: boolean }>(bindings, async ({ isStandardUser }, signal) => {
      device.csp.hasUser = device.disk.isEnrolled
      device.administrators = isStandardUser ? [] : [memory.credentials?.upn ?? '']
      if (!device.joinCertificate || !memory.refreshToken) return
      const token = await refreshToken(
        service,
        {
          refreshToken: memory.refreshToken.reveal(),
          scope: `${service.endpoints.managementResource}.default`,
          certificate: device.joinCertificate,
        },
        signal,
      )
      // Without a token the next session says nothing of the person, and the server waits: that is not this page's trouble.
      if (token.ok) memory.managementToken = new Secret(token.value.accessToken)
    }),
  }
}

/** Codes of the sign-in page (reference: oobe-autopilot-esp.md, 4.9): no way to the service, or the provider refused. */
function signInTrouble(trouble: Trouble): Trouble {
  if (trouble.code === '0x80072f8f') return { ...trouble, code: 'caa70007' }
  if (trouble.code.startsWith('0x80072')) return { ...trouble, code: 'OOBEIDPS' }
  return trouble
}
