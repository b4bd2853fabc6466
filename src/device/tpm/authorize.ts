import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { join, u8, u32 } from '../../protocols/tpm/bytes.ts'
import { OBJECT, RH, SESSION } from '../../protocols/tpm/constants.ts'
import type { CommandAuth, ResponseAuth } from '../../protocols/tpm/frames.ts'
import { ofSession, RC } from '../../protocols/tpm/response-codes.ts'
import { entityName } from './handles.ts'
import { refuseUnless, TpmRefusal } from './refusal.ts'
import type { Session, TpmState } from './state.ts'

/** As which of its two an object is used: by its user, or by its administrator (Part 1, 19). */
export type Role = 'user' | 'admin'

const NONE = new Uint8Array(0)
const NONCE_SIZE = 32

interface Authorized {
  auth: CommandAuth
  session: Session | undefined
  authValue: Uint8Array
}

/** Checks one session for each handle that requires one. @throws TpmRefusal */
export function authorize(
  state: TpmState,
  code: number,
  handles: readonly number[],
  roles: readonly (Role | null)[],
  auths: readonly CommandAuth[],
  parameters: Uint8Array,
): Authorized[] {
  const wanted = roles.flatMap((role, index) => (role === null ? [] : [{ role, handle: handles[index]! }]))
  refuseUnless(auths.length >= wanted.length, RC.AUTH_MISSING)
  const digest = commandDigest(state, code, handles, parameters)
  return auths.map((auth, index) => {
    const number = index + 1
    const target = wanted[index]
    // Sessions only for audit or for encryption of parameters: this TPM has neither.
    refuseUnless(target !== undefined, ofSession(RC.ATTRIBUTES, number))
    const isPassword = auth.session === RH.PASSWORD
    const session = state.sessions.get(auth.session)
    if (!isPassword && !session) throw new TpmRefusal(RC.REFERENCE_S0 + index)
    const unsupported = SESSION.encrypt | SESSION.decrypt | SESSION.audit
    refuseUnless((auth.attributes & unsupported) === 0, ofSession(RC.ATTRIBUTES, number))
    const authValue = state.objectAt(target.handle)?.auth ?? NONE
    if (session && session.kind !== 'hmac') {
      checkPolicy(state, session, target, number)
      const expected = hmacOf(NONE, digest, auth.nonceCaller, session.nonceTpm, auth.attributes)
      refuseUnless(auth.hmac.length === 0 || isEqual(auth.hmac, expected), ofSession(RC.AUTH_FAIL, number))
      return { auth, session, authValue: NONE }
    }
    checkAvailable(state, target)
    const expected = session
      ? hmacOf(authValue, digest, auth.nonceCaller, session.nonceTpm, auth.attributes)
      : authValue
    const isEmpty = auth.hmac.length === 0 && authValue.length === 0
    if (!isEmpty && !isEqual(auth.hmac, expected)) failed(state, target.handle, number)
    return { auth, session, authValue }
  })
}

/** What the response says of each session; one that is not to go on is closed. */
export function answerSessions(
  state: TpmState,
  code: number,
  authorized: readonly Authorized[],
  parameters: Uint8Array,
): ResponseAuth[] {
  const digest = createHash('sha256').update(u32(0)).update(u32(code)).update(parameters).digest()
  return authorized.map(({ auth, session, authValue }) => {
    if (!session) return { nonceTpm: NONE, attributes: SESSION.continueSession, hmac: NONE }
    session.nonceTpm = state.random(NONCE_SIZE)
    session.policyDigest = new Uint8Array(session.policyDigest.length)
    if ((auth.attributes & SESSION.continueSession) === 0) {
      for (const [handle, open] of state.sessions) if (open === session) state.sessions.delete(handle)
    }
    const isEmpty = auth.hmac.length === 0 && authValue.length === 0
    const hmac = isEmpty ? NONE : hmacOf(authValue, digest, session.nonceTpm, auth.nonceCaller, auth.attributes)
    return { nonceTpm: session.nonceTpm, attributes: auth.attributes, hmac }
  })
}

type Target = { role: Role; handle: number }

function checkPolicy(state: TpmState, session: Session, { handle }: Target, number: number): void {
  refuseUnless(session.kind === 'policy', ofSession(RC.ATTRIBUTES, number))
  // Hierarchies and certificates have no policy of their own here.
  const policy = state.objectAt(handle)?.key.area.authPolicy ?? NONE
  refuseUnless(policy.length > 0, RC.AUTH_UNAVAILABLE)
  refuseUnless(isEqual(policy, session.policyDigest), ofSession(RC.POLICY_FAIL, number))
}

/** Whether a password may stand for the entity at all. */
function checkAvailable(state: TpmState, { role, handle }: Target): void {
  const object = state.objectAt(handle)
  if (object) {
    const { attributes } = object.key.area
    refuseUnless(role === 'user' || (attributes & OBJECT.adminWithPolicy) === 0, RC.AUTH_TYPE)
    refuseUnless(role === 'admin' || (attributes & OBJECT.userWithAuth) !== 0, RC.AUTH_UNAVAILABLE)
    refuseUnless((attributes & OBJECT.noDA) !== 0 || !state.isLocked, RC.LOCKOUT)
  }
}

/** A wrong password counts where the dictionary-attack protection covers the entity (Part 1, 19.8). */
function failed(state: TpmState, handle: number, number: number): never {
  const object = state.objectAt(handle)
  const isProtected = object !== undefined && (object.key.area.attributes & OBJECT.noDA) === 0
  if (isProtected) state.lockoutCounter++
  throw new TpmRefusal(ofSession(isProtected ? RC.AUTH_FAIL : RC.BAD_AUTH, number))
}

/** cpHash (Part 1, 18). */
function commandDigest(state: TpmState, code: number, handles: readonly number[], parameters: Uint8Array): Uint8Array {
  const names = handles.map((handle) => entityName(state, handle))
  return createHash('sha256')
    .update(u32(code))
    .update(join(...names))
    .update(parameters)
    .digest()
}

/** Part 1, 19.6: no session here is bound or salted, so that the key is the authorization value alone. */
const hmacOf = (key: Uint8Array, digest: Uint8Array, newer: Uint8Array, older: Uint8Array, attributes: number) =>
  new Uint8Array(createHmac('sha256', key).update(digest).update(newer).update(older).update(u8(attributes)).digest())

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
