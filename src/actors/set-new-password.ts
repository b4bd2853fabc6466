import type { NewPassword, NewPasswordAnswer } from '../../machines/pages/new-password.ts'
import { setNewPassword as set, WEAK_PASSWORD } from '../service/entra/new-password.ts'
import { accept, NEW_PASSWORD, refusal } from './authentication.ts'
import { working } from './bindings.ts'

/** Sets the new password at the page that a sign-in has come to, and continues with it. */
export const setNewPassword = working<NewPasswordAnswer, NewPassword>(
  async (run, { change, password, tenantId }, signal) => {
    const answer = await set(run.service, NEW_PASSWORD.open(change), password, signal)
    if (answer.ok) return accept(run, answer.value, password, tenantId)
    return answer.trouble.code === WEAK_PASSWORD ? { kind: 'weakPassword' } : refusal(answer.trouble)
  },
)
