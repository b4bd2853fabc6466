import {
  type AutopilotProfile,
  isLookupCode,
  type LookupAnswer,
  NOT_ASKED,
  type ProfileAnswer,
} from '../../domain/autopilot.ts'
import { failure, success, type Trouble } from '../../domain/trouble.ts'
import { decodeAutopilotProfile } from '../../protocols/autopilot/profile.ts'
import { decodeJson } from '../../protocols/json.ts'
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
): Promise<LookupAnswer> {
  const account = request.needsAccount ? await reach(service, 'account', 'device identity', signal) : success(undefined)
  if (!account.ok) return { answer: unreachable(account.trouble) }
  const url = `${service.endpoints.deployment}/profiles/lookup`
  const operation = 'Autopilot lookup'
  const body = { hardwareHash: request.hardwareHash, productKeyId: request.productKeyId }
  const options = { operation, ...(signal ? { signal } : {}) }
  const answer = await ask<LookupAnswer>(service, postJson(url, body), options, (response) => {
    if (response.status === 200) {
      const profile = decodeAutopilotProfile(response.body)
      return success({ answer: { kind: 'assigned', profile }, ...associationOf(response.body) })
    }
    if (response.status !== 404) return unexpectedStatus(operation, response, url)
    const answer = decodeAnswer(response.body, NO_PROFILE, 'ERR_AUTOPILOT_LOOKUP_MALFORMED')
    const code = String(answer.code)
    if (!isLookupCode(code)) {
      return failure('ERR_AUTOPILOT_LOOKUP_MALFORMED', `unknown answer ${code}`, url)
    }
    return success({ answer: { kind: 'none', code, text: answer.name }, ...associationOf(response.body) })
  })
  return answer.ok ? answer.value : { answer: unreachable(answer.trouble) }
}

/** What the answer says of device association, if anything. @throws DecodeError `ERR_AUTOPILOT_…` */
function associationOf(body: Uint8Array): { association?: AutopilotProfile } {
  const json = decodeJson(body, 'ERR_AUTOPILOT_LOOKUP_MALFORMED').members.DeviceAssociation
  if (json === undefined) return {}
  return { association: { ...decodeAutopilotProfile(JSON.stringify(json)), isAssociation: true } }
}

const unreachable = ({ code, text }: Trouble): ProfileAnswer => ({
  kind: 'unreachable',
  code: NOT_ASKED,
  text: `${code} ${text}`,
})
