import { DecodeError } from '../../domain/trouble.ts'
import { encodeEnvelope, expectBody, type ResponseHeader, type SoapEnvelope } from '../soap/envelope.ts'
import { BASE64_BINARY, PKI_ENROLLMENT, WS_TRUST, WSSE } from '../soap/namespaces.ts'
import { encodeBinarySecurityToken } from '../soap/security.ts'
import { decodeBase64, encodeBase64 } from '../xml/base64.ts'
import { filledTextOf, path } from '../xml/element.ts'
import { compact, required } from '../xml/schema-values.ts'
import { element, leaf } from '../xml/write.ts'
import { ENROLLMENT_TOKEN_TYPE } from './request.ts'

const MALFORMED = 'ERR_WSTEP_RSTRC_MALFORMED'

export const RSTRC_ACTION = 'http://schemas.microsoft.com/windows/pki/2009/01/enrollment/RSTRC/wstep'
export const PROVISION_DOC_VALUE_TYPE =
  'http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentProvisionDoc'

/** [MS-WSTEP] 3.1.4.1.1.2. */
export interface RequestSecurityTokenResponse {
  /** The text of a `wap-provisioningdoc`; see `decodeProvisioningDocument`. */
  provisioningDocument: string
  /** `0` in every sample. */
  requestId?: string
}

/** What the enrolment service answers; times of the security header are the caller's. */
export const encodeRequestSecurityTokenResponse = (
  response: RequestSecurityTokenResponse,
  header: ResponseHeader,
): string =>
  encodeEnvelope({
    ...header,
    action: RSTRC_ACTION,
    body: element(
      'RequestSecurityTokenResponseCollection',
      { xmlns: WS_TRUST },
      element(
        'RequestSecurityTokenResponse',
        {},
        leaf('TokenType', ENROLLMENT_TOKEN_TYPE),
        element('DispositionMessage', { xmlns: PKI_ENROLLMENT }),
        element(
          'RequestedSecurityToken',
          {},
          encodeBinarySecurityToken(
            {
              valueType: PROVISION_DOC_VALUE_TYPE,
              encodingType: BASE64_BINARY,
              value: encodeBase64(response.provisioningDocument),
            },
            'BinarySecurityToken',
            WSSE,
          ),
        ),
        leaf('RequestID', response.requestId ?? '0', { xmlns: PKI_ENROLLMENT }),
      ),
    ),
  })

/**
 * Reads the answer, also one without the collection around it.
 *
 * @throws DecodeError `ERR_WSTEP_RSTRC_MALFORMED` when the body is another one, or its token is not base64 of UTF-8.
 */
export function decodeRequestSecurityTokenResponse(envelope: SoapEnvelope): RequestSecurityTokenResponse {
  const single = envelope.body?.local === 'RequestSecurityTokenResponse'
  const name = single ? 'RequestSecurityTokenResponse' : 'RequestSecurityTokenResponseCollection'
  const root = expectBody(envelope, name, WS_TRUST, MALFORMED)
  const response = single ? root : path(root, 'RequestSecurityTokenResponse')
  const token = path(response, 'RequestedSecurityToken', 'BinarySecurityToken')
  const encoded = required(token?.text.trim() || undefined, MALFORMED, 'BinarySecurityToken')
  return compact({
    provisioningDocument: decodeUtf8Text(decodeBase64(encoded, MALFORMED, 'BinarySecurityToken')),
    requestId: filledTextOf(response, 'RequestID'),
  })
}

function decodeUtf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DecodeError(MALFORMED, 'the provisioning document is not UTF-8', { cause })
  }
}
