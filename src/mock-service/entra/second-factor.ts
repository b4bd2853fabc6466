import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import { decodeJson } from '../../protocols/json.ts'
import type { Handler } from '../handler.ts'
import { formOf, json } from '../responses.ts'
import { admit } from './authorize.ts'
import { Refusal, refuse } from './refusal.ts'

const MALFORMED = 'ERR_SECOND_FACTOR_MALFORMED'

/** How long a person takes to find the phone, and how long the notification is good: assumptions. */
const ANSWER_MS = 8_000
const LIFETIME_MS = 60_000
/** How often a page asks. A device whose time runs faster than this service's has waited that long for each question. */
const POLL_MS = 1_000

/** AADSTS number of a proof that was denied or not given. */
const NOT_PROVEN = 500121 satisfies AadstsNumber

/** `SAS/BeginAuth`: sends the notification. The page that leads here is the one that was answered to the password. */
export const handleBeginAuth: Handler = (request, tenant) => {
  const body = decodeJson(request.body, MALFORMED)
  const asked = tenant.state.entra.proofs.get(body.string('flowToken'))
  if (!asked || asked.context !== body.string('ctx') || body.string('AuthMethodId') !== 'PhoneAppNotification') {
    return json(200, { Success: false, ResultValue: 'InvalidSession', ErrCode: NOT_PROVEN })
  }
  const sessionId = tenant.ids.guid()
  tenant.state.entra.proofs.set(sessionId, { ...asked, sentAt: tenant.now() })
  return json(200, {
    Success: true,
    ResultValue: 'Success',
    AuthMethodId: 'PhoneAppNotification',
    SessionId: sessionId,
    FlowToken: body.string('flowToken'),
    Ctx: asked.context,
    // Two digits, as since number matching came.
    Entropy: 10 + (Number.parseInt(sessionId.slice(0, 8), 16) % 90),
    Retry: false,
  })
}

/** `SAS/EndAuth`: whether the person has answered. */
export const handleEndAuth: Handler = (request, tenant) => {
  const body = decodeJson(request.body, MALFORMED)
  const sessionId = body.string('SessionId')
  const proof = tenant.state.entra.proofs.get(sessionId)
  const answer = (result: string, isApproved = false) =>
    json(200, {
      Success: isApproved,
      ResultValue: result,
      AuthMethodId: 'PhoneAppNotification',
      SessionId: sessionId,
      FlowToken: body.string('FlowToken'),
      Ctx: proof?.context ?? '',
      ErrCode: isApproved || result === 'AuthenticationPending' ? 0 : NOT_PROVEN,
    })
  const user = proof && tenant.findUser(proof.email)?.user
  if (!proof || !user || Number.isNaN(proof.sentAt)) return answer('InvalidSession')
  const passed = Math.max(tenant.now() - proof.sentAt, (body.optionalNumber('PollCount') ?? 0) * POLL_MS)
  if (passed >= LIFETIME_MS) return answer('PhoneAppNoResponse')
  const does = user.authenticator ?? 'approves'
  if (does === 'ignores' || passed < ANSWER_MS) return answer('AuthenticationPending')
  if (does !== 'approves') return answer('PhoneAppDenied')
  tenant.state.entra.proofs.set(sessionId, { ...proof, isApproved: true })
  return answer('Success', true)
}

/** `SAS/ProcessAuth`: the way back into the sign-in, once the notification was approved. */
export const handleProcessAuth: Handler = (request, tenant) => {
  const form = formOf(request)
  const context = form.get('request') ?? ''
  const email = form.get('login') ?? ''
  const approved = [...tenant.state.entra.proofs].filter(
    ([, proof]) => proof.isApproved && proof.context === context && proof.email === email,
  )
  const found = tenant.findUser(email)
  if (approved.length === 0 || !found) {
    const refusal = new Refusal(
      'interaction_required',
      NOT_PROVEN,
      'Authentication failed during strong authentication request.',
    )
    return refuse(request, tenant, refusal)
  }
  for (const [id] of approved) tenant.state.entra.proofs.delete(id)
  return admit(request, tenant, { ...found, context, hasProof: true })
}
