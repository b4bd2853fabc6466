import type { Secret } from '../../domain/secret.ts'
import type { Result } from '../../domain/trouble.ts'
import type { Service } from '../service.ts'
import { type PendingPassword, type SignInStep, submit } from './sign-in.ts'

/** AADSTS number of a new password that the service does not take. */
export const WEAK_PASSWORD = 'AADSTS120002'

/** Sets a new password at the page that the sign-in came to. The wire of that page is not published [U]: field names are assumed. */
export function setNewPassword(
  service: Service,
  { attempt, page, url }: PendingPassword,
  password: Secret,
  signal?: AbortSignal,
): Promise<Result<SignInStep>> {
  const form = {
    login: attempt.request.email,
    oldpasswd: attempt.request.password,
    newpasswd: password,
    confirmnewpasswd: password,
    flowToken: page.flowToken,
    ctx: page.context,
  }
  return submit(service, attempt, { url, target: page.urlPost, form }, signal)
}
