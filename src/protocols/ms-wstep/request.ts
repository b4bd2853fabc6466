import { DecodeError } from '../../domain/trouble.ts'
import { encodeEnvelope, expectBody, type RequestHeader, type SoapEnvelope } from '../soap/envelope.ts'
import { ALL_PREFIXES, AUTHORIZATION, BASE64_BINARY, PKI_ENROLLMENT, WS_TRUST, WSSE } from '../soap/namespaces.ts'
import { encodeBinarySecurityToken } from '../soap/security.ts'
import { decodeBase64, encodeBase64 } from '../xml/base64.ts'
import { attribute, child, children, filledTextOf } from '../xml/element.ts'
import { required } from '../xml/schema-values.ts'
import { element, leaf } from '../xml/write.ts'

const MALFORMED = 'ERR_WSTEP_RST_MALFORMED'

export const RST_ACTION = 'http://schemas.microsoft.com/windows/pki/2009/01/enrollment/RST/wstep'
export const ENROLLMENT_TOKEN_TYPE =
  'http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken'

/** `ValueType` of a certificate request (RFC 2986). */
export const PKCS10_VALUE_TYPE = `${PKI_ENROLLMENT}#PKCS10`
/** `ValueType` of a renewal, signed with the old certificate (RFC 5652). */
export const PKCS7_VALUE_TYPE = `${WSSE}#PKCS7`
/** As [MS-MDE] and deployed servers have it. */
export const PKCS7_VALUE_TYPES: readonly string[] = [PKCS7_VALUE_TYPE, `${PKI_ENROLLMENT}#PKCS7`]

export const REQUEST_TYPES = ['Issue', 'Renew', 'Recovery'] as const
export type RequestType = (typeof REQUEST_TYPES)[number]

/** One statement of the device about itself. Some, as `MAC`, come more than once. */
export interface ContextItem {
  name: string
  value: string
}

/** [MS-WSTEP] 3.1.4.1.1.1, with the context of [MS-MDE2] 3.6. */
export interface RequestSecurityToken {
  requestType: RequestType
  /** PKCS#10, or PKCS#7 for a renewal. */
  certificateRequest: { valueType: string; der: Uint8Array }
  /** In the order of the wire. */
  contextItems: readonly ContextItem[]
}

/**
 * What the device posts to the enrolment service. The redundant namespace on the context, the explicit close tags
 * and the order of the token's attributes are what servers that read by pattern look for.
 */
export const encodeRequestSecurityToken = (request: RequestSecurityToken, header: RequestHeader): string =>
  encodeEnvelope({
    ...header,
    action: RST_ACTION,
    prefixes: ALL_PREFIXES,
    body: element(
      'wst:RequestSecurityToken',
      {},
      leaf('wst:TokenType', ENROLLMENT_TOKEN_TYPE),
      leaf('wst:RequestType', `${WS_TRUST}/${request.requestType}`),
      encodeBinarySecurityToken({
        valueType: request.certificateRequest.valueType,
        encodingType: BASE64_BINARY,
        value: encodeBase64(request.certificateRequest.der),
      }),
      element(
        'ac:AdditionalContext',
        { xmlns: AUTHORIZATION },
        request.contextItems.map(({ name, value }) =>
          element('ac:ContextItem', { Name: name }, leaf('ac:Value', value)),
        ),
      ),
    ),
  })

/** @throws DecodeError `ERR_WSTEP_RST_MALFORMED` when the body is another one or has no usable certificate request. */
export function decodeRequestSecurityToken(envelope: SoapEnvelope): RequestSecurityToken {
  const root = expectBody(envelope, 'RequestSecurityToken', WS_TRUST, MALFORMED)
  const token = required(child(root, 'BinarySecurityToken'), MALFORMED, 'BinarySecurityToken')
  const wanted = required(filledTextOf(root, 'RequestType'), MALFORMED, 'RequestType')
  const requestType = REQUEST_TYPES.find((type) => wanted === `${WS_TRUST}/${type}`)
  if (requestType === undefined) throw new DecodeError(MALFORMED, 'RequestType is not Issue, Renew or Recovery')
  return {
    requestType,
    certificateRequest: {
      valueType: attribute(token, 'ValueType') ?? '',
      der: decodeBase64(token.text, MALFORMED, 'BinarySecurityToken'),
    },
    contextItems: children(child(root, 'AdditionalContext'), 'ContextItem').map((item) => ({
      name: attribute(item, 'Name') ?? '',
      value: child(item, 'Value')?.text.trim() ?? '',
    })),
  }
}

/** The value of the first context item of a name. */
export const contextItem = (request: Pick<RequestSecurityToken, 'contextItems'>, name: string): string | undefined =>
  request.contextItems.find((item) => item.name === name)?.value
