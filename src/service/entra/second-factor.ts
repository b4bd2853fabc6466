import { failure, type Result, success } from '../../domain/trouble.ts'
import { decodeAnswer, flag, number, object, optional, text } from '../../protocols/json-answer.ts'
import { ask, postJson, type Service, unexpectedStatus } from '../service.ts'
import { type PendingProof, type SignInStep, submit } from './sign-in.ts'

/** The one method that OOBE is simulated with: a notification on a phone, confirmed by a number. */
const PHONE_APP = 'PhoneAppNotification'

/** AADSTS numbers of a second factor (reference: oobe-autopilot-esp.md, 4.9; the second is observed in public clients). */
export const NO_PROOF_METHOD = 'AADSTS50072'
const PROOF_REFUSED = 'AADSTS500121'

const MALFORMED = 'ERR_ENTRA_PROOF_MALFORMED'

const BEGUN = object({ Success: flag, Entropy: optional(number) })
/** What a notification that was sent has besides. */
const STARTED = object({ SessionId: text, FlowToken: text, Ctx: text })
const POLLED = object({ Success: flag, ResultValue: optional(text), FlowToken: optional(text), Ctx: optional(text) })

/** A notification on its way to a phone. */
export interface StartedProof {
  pending: PendingProof
  sessionId: string
  flowToken: string
  context: string
  /** What the person enters on the phone; empty where the service asks for no number. */
  number: string
  /** How often it was asked about. */
  polls: number
}

/** Sends the notification: `SAS/BeginAuth`. */
export async function beginProof(
  service: Service,
  pending: PendingProof,
  signal?: AbortSignal,
): Promise<Result<StartedProof>> {
  const { page, url } = pending
  const target = sameOrigin(page.proof.urlBegin, url)
  if (!target) return failure('ERR_ENTRA_LOGIN_PAGE_MALFORMED', 'the second factor is at another origin', url)
  if (!page.proof.methods.includes(PHONE_APP)) {
    return failure(NO_PROOF_METHOD, `no method that can be used here: ${page.proof.methods.join(', ')}`, url)
  }
  const body = { AuthMethodId: PHONE_APP, Method: 'BeginAuth', ctx: page.context, flowToken: page.flowToken }
  const options = { operation: 'Entra BeginAuth', ...(signal ? { signal } : {}) }
  return ask<StartedProof>(service, postJson(target, body), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('Entra BeginAuth', response, target)
    const answer = decodeAnswer(response.body, BEGUN, MALFORMED)
    if (!answer.Success) return failure(PROOF_REFUSED, 'the notification was not sent', target)
    const { SessionId, FlowToken, Ctx } = decodeAnswer(response.body, STARTED, MALFORMED)
    const { Entropy: entropy = 0 } = answer
    return success({
      pending,
      sessionId: SessionId,
      flowToken: FlowToken,
      context: Ctx,
      number: entropy === 0 ? '' : String(Math.trunc(entropy)).padStart(2, '0').slice(0, 3),
      polls: 0,
    })
  })
}

export type ProofStep = { kind: 'pending'; started: StartedProof } | SignInStep

/** Asks whether the person has answered: `SAS/EndAuth`, and when it is well `SAS/ProcessAuth`. */
export async function pollProof(
  service: Service,
  started: StartedProof,
  signal?: AbortSignal,
): Promise<Result<ProofStep>> {
  const { pending } = started
  const { page, url, attempt } = pending
  const target = sameOrigin(page.proof.urlEnd, url)
  if (!target) return failure('ERR_ENTRA_LOGIN_PAGE_MALFORMED', 'the second factor is at another origin', url)
  const polls = started.polls + 1
  const body = {
    AuthMethodId: PHONE_APP,
    Method: 'EndAuth',
    SessionId: started.sessionId,
    Ctx: started.context,
    FlowToken: started.flowToken,
    PollCount: polls,
  }
  const options = { operation: 'Entra EndAuth', ...(signal ? { signal } : {}) }
  const answer = await ask<StartedProof & { isApproved: boolean }>(
    service,
    postJson(target, body),
    options,
    (response) => {
      if (response.status !== 200) return unexpectedStatus('Entra EndAuth', response, target)
      const answered = decodeAnswer(response.body, POLLED, MALFORMED)
      const { Success: isApproved, ResultValue: result = '' } = answered
      if (!isApproved && result !== 'AuthenticationPending') {
        return failure(
          PROOF_REFUSED,
          `the sign-in was not confirmed (${result.replace(/\W/g, '').slice(0, 40)})`,
          target,
        )
      }
      const { FlowToken: flowToken = started.flowToken, Ctx: context = started.context } = answered
      return success({ ...started, flowToken, context, polls, isApproved })
    },
  )
  if (!answer.ok) return answer
  const { isApproved, ...next } = answer.value
  if (!isApproved) return success({ kind: 'pending', started: next })
  const form = {
    type: '22',
    request: next.context,
    flowToken: next.flowToken,
    mfaAuthMethod: PHONE_APP,
    login: attempt.request.email,
  }
  return submit(service, attempt, { url, target: page.urlPost, form }, signal)
}

function sameOrigin(target: string, base: string): string | undefined {
  const url = URL.canParse(target, base) ? new URL(target, base) : undefined
  return url?.origin === new URL(base).origin ? url.href : undefined
}
