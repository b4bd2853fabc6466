import type { Account } from '../../src/domain/autopilot.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import type { UserEvent } from '../page.ts'

/** Where the accounts of a domain sign in: at a page of their organization, or with Microsoft. */
export interface Realm {
  page: string | undefined
}

export interface Credentials {
  usage: Account['kind']
  email: string
  password: Secret
  tenantId?: string | undefined
  /** Left out where it is not known: after a restart. */
  realm?: Realm | undefined
  /** The password is a Temporary Access Pass. */
  isAccessPass?: boolean | undefined
}

export type Authentication =
  | { kind: 'signedIn'; account: Account }
  | { kind: 'wrongPassword' }
  /** The organization asks for a second proof of the person. */
  | { kind: 'proofWanted'; proof: Carried }
  /** The password is good, and a new one has to be set before anything else. */
  | { kind: 'newPasswordWanted'; change: Carried; trouble: Trouble }
  /** It does, and the person has nothing to prove it with. */
  | { kind: 'proofMissing'; trouble: Trouble }
  | { kind: 'trouble'; trouble: Trouble }

/** Something was typed. */
export const hasPassword = (_: unknown, password: Secret | undefined): boolean =>
  password !== undefined && password.reveal() !== ''

/** Name and password, as they were entered on a page. */
export interface Entered {
  email: string | undefined
  password: Secret | undefined
}

export const entered = ({ event: { values, secrets } }: { event: UserEvent<string> }): Entered => ({
  email: values.email,
  password: secrets.password,
})

export const isEntered = ({ email, password }: Entered): boolean => !!email?.trim() && !!password?.reveal()

export const takeEntered = ({ email, password }: Entered): { email: string; password: Secret } | null =>
  email && password ? { email: email.trim(), password } : null
