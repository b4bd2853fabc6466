import { encodeEnvelope, expectBody, type RequestHeader, type SoapEnvelope } from '../soap/envelope.ts'
import { ALL_PREFIXES, XCEP, XSD, XSI } from '../soap/namespaces.ts'
import { child, filledTextOf } from '../xml/element.ts'
import { compact } from '../xml/schema-values.ts'
import { element, optionalLeaf, type Xml } from '../xml/write.ts'
import type { GetPoliciesRequest } from './policy-types.ts'

export const GET_POLICIES_ACTION =
  'http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy/IPolicy/GetPolicies'

/** What the device posts to the policy service. One server refuses a body without both declarations. */
export const encodeGetPoliciesRequest = (request: GetPoliciesRequest, header: RequestHeader): string =>
  encodeEnvelope({
    ...header,
    action: GET_POLICIES_ACTION,
    prefixes: ALL_PREFIXES,
    bodyAttributes: { 'xmlns:xsi': XSI, 'xmlns:xsd': XSD },
    body: element(
      'GetPolicies',
      { xmlns: XCEP },
      element(
        'client',
        {},
        nil('lastUpdate'),
        nil('preferredLanguage'),
        optionalLeaf('TPMManufacturer', request.tpmManufacturer),
        optionalLeaf('TPMFirmwareVersion', request.tpmFirmwareVersion),
      ),
      nil('requestFilter'),
    ),
  })

/** @throws DecodeError `ERR_XCEP_GET_POLICIES_MALFORMED` when the body is another one. */
export function decodeGetPoliciesRequest(envelope: SoapEnvelope): GetPoliciesRequest {
  const client = child(expectBody(envelope, 'GetPolicies', XCEP, 'ERR_XCEP_GET_POLICIES_MALFORMED'), 'client')
  return compact({
    tpmManufacturer: filledTextOf(client, 'TPMManufacturer'),
    tpmFirmwareVersion: filledTextOf(client, 'TPMFirmwareVersion'),
  })
}

const nil = (name: string): Xml => element(name, { 'xsi:nil': 'true' })
