import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import type { UserDefinition } from '../../domain/tenant.ts'

/** What Entra says to programs of an account that may not sign in. */
export const ACCOUNT_SENTENCES = {
  50053: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  50055: 'The password is expired.',
  50057: 'The user account is disabled.',
  50144: "The user's Active Directory password has expired.",
} as const satisfies Partial<Record<AadstsNumber, string>>

export type AccountRefusal = keyof typeof ACCOUNT_SENTENCES

/** A new password has to be set, and can be set at the sign-in. */
export const mustChange = ({ mustChangePassword, passwordExpired }: UserDefinition): boolean =>
  mustChangePassword === true || passwordExpired === 'cloud'

/** Why an account may not sign in, once its password was right. */
export function accountRefusal(user: UserDefinition): AccountRefusal | undefined {
  if (user.locked) return 50053
  if (user.disabled) return 50057
  if (user.passwordExpired === 'onPremises') return 50144
  return mustChange(user) ? 50055 : undefined
}

/** What of an account counts for a sign-in without its password. */
export const withoutPassword = (user: UserDefinition): UserDefinition => ({
  ...user,
  mustChangePassword: undefined,
  passwordExpired: undefined,
})

const [SHORTEST, LONGEST, KINDS_LEAST] = [8, 256, 3]

/** The password policy of Microsoft Entra: 8 to 256 characters of three kinds of four, and not the one of before (Microsoft Learn [L]). */
export function isStrong(password: string, user: UserDefinition): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password))
  const isLongEnough = password.length >= SHORTEST && password.length <= LONGEST
  return isLongEnough && kinds.length >= KINDS_LEAST && password !== user.password
}
