import { isLookupCode, NOT_ASKED, type ProfileAnswer } from '../../domain/autopilot.ts'
import { failure, success, type Trouble } from '../../domain/trouble.ts'
import { decodeAutopilotProfile } from '../../protocols/autopilot/profile.ts'
import { decodeAnswer, number, object, text } from '../../protocols/json-answer.ts'
import { reach } from '../connectivity/reach.ts'
import { ask, postJson, type Service, unexpectedStatus } from '../service.ts'

export interface LookupRequest {
  /** Base64. */
  hardwareHash: string
  productKeyId: string
  /** It is asked with a ticket of the Microsoft account service. */
  needsAccount: boolean
}

const NO_PROFILE = object({ code: number, name: text })

/**
 * The Autopilot lookup. Its wire form is unpublished, so this contract is ours (docs/lookup.md): POST `/profiles/lookup`
 * with the hash, 200 with the public profile JSON, 404 with an event code.
 */
export async function lookUpProfile(
  service: Service,
  request: LookupRequest,
  signal?: AbortSignal,
): Promise<ProfileAnswer> {
  const account = request.needsAccount ? await reach(service, 'account', 'device identity', signal) : success(undefined)
  if (!account.ok) return unreachable(account.trouble)
  const url = `${service.endpoints.deployment}/profiles/lookup`
  const operation = 'Autopilot lookup'
  const body = { hardwareHash: request.hardwareHash, productKeyId: request.productKeyId }
  const options = { operation, ...(signal ? { signal } : {}) }
  const answer = await ask<ProfileAnswer>(service, postJson(url, body), options, (response) => {
    if (response.status === 200) return success({ kind: 'assigned', profile: decodeAutopilotProfile(response.body) })
    if (response.status !== 404) return unexpectedStatus(operation, response, url)
    const answer = decodeAnswer(response.body, NO_PROFILE, 'ERR_AUTOPILOT_LOOKUP_MALFORMED')
    const code = String(answer.code)
    if (!isLookupCode(code)) {
      return failure('ERR_AUTOPILOT_LOOKUP_MALFORMED', `unknown answer ${code}`, url)
    }
    return success({ kind: 'none', code, text: answer.name })
  })
  return answer.ok ? answer.value : unreachable(answer.trouble)
}

const unreachable = ({ code, text }: Trouble): ProfileAnswer => ({
  kind: 'unreachable',
  code: NOT_ASKED,
  text: `${code} ${text}`,
})
