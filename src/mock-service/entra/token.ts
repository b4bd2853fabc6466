import { JWT_BEARER, NONCE_GRANT } from '../../protocols/entra/device-bound-token.ts'
import type { Handler } from '../handler.ts'
import { formOf, json } from '../responses.ts'
import { directoryOf, unknownAuthority } from './authority.ts'
import { duplicateIn } from './authorization-request.ts'
import { issueToApplication } from './client-credentials.ts'
import { redeemDeviceCode } from './device-code.ts'
import { answerDevice, issueNonce } from './device-session.ts'
import { DEVICE_CODE_GRANTS, GRANT } from './grant-types.ts'
import { redeemPassword } from './password-grant.ts'
import { redeemCode } from './redeem-code.ts'
import { redeemRefreshToken } from './redeem-refresh-token.ts'
import { missing, Refusal, refuse } from './refusal.ts'
import type { TokenAnswer, TokenRequest } from './token-request.ts'

export { objectIdOf } from './claims.ts'

/** Token endpoint (RFC 6749, 3.2; [MS-OAPXBC] 3.2.5.1). */
export const handleToken: Handler = (request, tenant, { from }) => {
  const { pathname } = new URL(request.url)
  const [, authority = ''] = pathname.split('/')
  const form = formOf(request)
  const version = pathname.includes('/v2.0/') ? 2 : 1
  const type = form.get('grant_type') ?? ''
  // Its answer is not JSON.
  if (type === JWT_BEARER && form.has('request')) {
    const answer = answerDevice(tenant, form.get('request')!, { version, from })
    return answer instanceof Refusal ? refuse(request, tenant, answer) : answer
  }
  const answer = answerTo(type, { tenant, request, from, form, authority, version })
  return answer instanceof Refusal ? refuse(request, tenant, answer) : json(200, answer)
}

function answerTo(type: string, asking: TokenRequest): TokenAnswer {
  const { tenant, form, authority } = asking
  if (directoryOf(tenant, authority) === undefined) return unknownAuthority(authority)
  const twice = duplicateIn(form)
  if (twice) return twice
  if (DEVICE_CODE_GRANTS.includes(type)) return redeemDeviceCode(asking)
  switch (type) {
    case GRANT.code:
      return redeemCode(asking)
    case GRANT.refreshToken:
      return redeemRefreshToken(asking)
    case GRANT.application:
      return issueToApplication(asking)
    case GRANT.password:
      return redeemPassword(asking)
    case NONCE_GRANT:
      return issueNonce(tenant)
    case '':
      return missing('grant_type')
    default: {
      const text = `The app requested an unsupported grant type '${type.slice(0, 80)}'.`
      return new Refusal('unsupported_grant_type', 70003, text)
    }
  }
}
