import type { Authentication, Credentials } from '../../machines/pages/authentication.ts'
import type { Secret } from '../domain/secret.ts'
import { isCertificateTrouble, type Trouble } from '../domain/trouble.ts'
import { CODE, isConnectionCode } from '../domain/windows-codes.ts'
import { findDomainController } from '../service/connectivity/domain-controller.ts'
import { lookUpAccount } from '../service/entra/look-up-account.ts'
import { NO_PROOF_METHOD, type StartedProof } from '../service/entra/second-factor.ts'
import {
  isWrongPassword,
  type PendingPassword,
  type PendingProof,
  type SignedIn,
  type SignInStep,
  signIn,
} from '../service/entra/sign-in.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { managementToken } from './management-token.ts'
import { windowsTrouble } from './windows-trouble.ts'

/** AADSTS number of a Temporary Access Pass that is wrong, or used. */
const WRONG_ACCESS_PASS = 'AADSTS130503'

interface WantedProof {
  pending: PendingProof
  password: Secret
}

/** A new password that the sign-in waits for. */
export const NEW_PASSWORD = parcel<PendingPassword>()
/** A second proof that the sign-in waits for, and the password that it belongs to. */
export const PROOF = parcel<WantedProof>()
/** The same with a notification on its way: it can be opened as the one before, for another notification. */
export const STARTED_PROOF = parcel<WantedProof & { started: StartedProof }>()

export const authenticate = working<Authentication, Credentials>(async (run, credentials, signal) => {
  const { device, service } = run
  const { usage, email, password, tenantId, isAccessPass } = credentials
  // A member of a domain signs in there; how Windows shows it is assumed.
  const { domain } = device.disk
  const found = domain && (await findDomainController(service, domain.domain, signal))
  if (found && !found.ok) return { kind: 'trouble', trouble: found.trouble }
  let { realm } = credentials
  if (!realm) {
    // After a restart: where the domain's accounts sign in is not known any more.
    const found = await lookUpAccount(service, email, signal)
    if (!found.ok) return { kind: 'trouble', trouble: signInTrouble(found.trouble) }
    realm = { page: found.value.kind === 'federated' ? found.value.url : undefined }
  }
  const purpose = device.joinCertificate ? 'logon' : 'join'
  const request = { email, password, usage, purpose, federation: realm.page, isAccessPass } as const
  const answer = await signIn(service, request, signal)
  if (!answer.ok) return refusal(answer.trouble)
  const accepted = accept(run, answer.value, password, tenantId)
  if (isAccessPass && run.memory.logon) run.memory.logon.hasStrongProof = true
  return accepted
})

/** What a step of the sign-in leads to. */
export function accept(
  { memory }: Bindings,
  step: SignInStep,
  password: Secret,
  tenantId: string | undefined,
): Extract<Authentication, { kind: 'proofWanted' | 'signedIn' | 'newPasswordWanted' }> {
  if (step.kind === 'newPassword') {
    const trouble = { code: '50055', text: 'the sign-in asks for a new password' }
    return { kind: 'newPasswordWanted', change: NEW_PASSWORD.pack(step.pending), trouble }
  }
  if (step.kind === 'proof') return { kind: 'proofWanted', proof: PROOF.pack({ pending: step.pending, password }) }
  const { account } = step.signedIn
  // An account of another tenant signed in well, and is refused all the same: nothing of it is kept.
  if (tenantId === undefined || account.tenantId === tenantId) memory.logon = logonOf(step.signedIn, password)
  return { kind: 'signedIn', account }
}

const logonOf = ({ account, tokens, session }: SignedIn, password: Secret) => ({
  upn: account.upn,
  password,
  accessToken: tokens.accessToken,
  session,
  mdm: tokens.idClaims.mdm,
})

/** A token for management, and the person's part of the tree. */
export async function openSession(run: Bindings, signal: AbortSignal): Promise<void> {
  const { device, memory } = run
  delete memory.logon?.managementToken
  // Without a token the page continues all the same: what needs one asks for it again.
  await managementToken(run, signal)
  device.signIn(memory.logon?.upn ?? '')
}

export function refusal(trouble: Trouble): Authentication {
  if (isWrongPassword(trouble.code) || trouble.code === WRONG_ACCESS_PASS) return { kind: 'wrongPassword' }
  if (trouble.code === NO_PROOF_METHOD) return { kind: 'proofMissing', trouble: signInTrouble(trouble) }
  return { kind: 'trouble', trouble: signInTrouble(trouble) }
}

/**
 * Codes of the sign-in page (reference: oobe-autopilot-esp.md, 4.9): no way to the service, or the provider refused. The
 * page shows the number of a refusal without its prefix.
 */
export function signInTrouble(trouble: Trouble): Trouble {
  if (isCertificateTrouble(trouble.code)) return { ...trouble, code: CODE.signInIntercepted }
  if (isConnectionCode(trouble.code)) return { ...trouble, code: CODE.identityProviderBlocked }
  if (trouble.code.startsWith('ERR_')) return windowsTrouble(trouble)
  return { ...trouble, code: trouble.code.replace(/^AADSTS(?=\d)/, '') }
}
