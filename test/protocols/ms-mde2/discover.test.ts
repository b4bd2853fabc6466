import { expect, test } from 'vitest'
import {
  decodeDiscoverRequest,
  decodeDiscoverResponse,
  encodeDiscoverRequest,
  encodeDiscoverResponse,
} from '../../../src/protocols/ms-mde2/discover.ts'
import { decodeEnvelope } from '../../../src/protocols/soap/envelope.ts'
import { fuzz, refusal } from '../fuzz.ts'

const request = {
  emailAddress: 'kim@contoso.example',
  requestVersion: '5.0',
  deviceType: 'CIMClient_Windows',
  applicationVersion: '10.0.26100.4061',
  osEdition: '203',
  authPolicies: ['OnPremise', 'Federated'],
}
const requestText = encodeDiscoverRequest(request, {
  messageId: 'urn:uuid:748132ec-a575-4329-b01b-6171a9cf8478',
  to: 'https://mdm.contoso.example/EnrollmentServer/Discovery.svc',
})
const response = {
  authPolicy: 'Federated',
  enrollmentVersion: '4.0',
  enrollmentPolicyServiceUrl: 'https://mdm.contoso.example/policy',
  enrollmentServiceUrl: 'https://mdm.contoso.example/enroll?a=1&b=2',
  authenticationServiceUrl: 'https://mdm.contoso.example/auth',
}
const responseText = encodeDiscoverResponse(response, { relatesTo: 'urn:uuid:1', activityId: '2' })

test('the request is the message that a device posts [points 4, 6, 7: fixture]', () => {
  expect(requestText).toBe(
    '<s:Envelope xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:s="http://www.w3.org/2003/05/soap-envelope">' +
      '<s:Header><a:Action s:mustUnderstand="1">http://schemas.microsoft.com/windows/management/2012/01/enrollment/IDiscoveryService/Discover</a:Action>' +
      '<a:MessageID>urn:uuid:748132ec-a575-4329-b01b-6171a9cf8478</a:MessageID>' +
      '<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>' +
      '<a:To s:mustUnderstand="1">https://mdm.contoso.example/EnrollmentServer/Discovery.svc</a:To></s:Header>' +
      '<s:Body><Discover xmlns="http://schemas.microsoft.com/windows/management/2012/01/enrollment">' +
      '<request xmlns:i="http://www.w3.org/2001/XMLSchema-instance">' +
      '<EmailAddress>kim@contoso.example</EmailAddress><RequestVersion>5.0</RequestVersion>' +
      '<DeviceType>CIMClient_Windows</DeviceType><ApplicationVersion>10.0.26100.4061</ApplicationVersion>' +
      '<OSEdition>203</OSEdition><AuthPolicies><AuthPolicy>OnPremise</AuthPolicy><AuthPolicy>Federated</AuthPolicy></AuthPolicies>' +
      '</request></Discover></s:Body></s:Envelope>',
  )
})

test('request and response come back as they went', () => {
  expect(decodeDiscoverRequest(decodeEnvelope(requestText))).toEqual(request)
  expect(decodeDiscoverResponse(decodeEnvelope(responseText))).toEqual(response)
})

test('an answer with no more than it needs is enough', () => {
  const least = { authPolicy: 'OnPremise', enrollmentServiceUrl: 'https://mdm.contoso.example/enroll' }
  expect(decodeDiscoverResponse(decodeEnvelope(encodeDiscoverResponse(least, {})))).toEqual(least)
})

test('values are trimmed, empty ones are absent, strangers are ignored, in SOAP 1.1 too [point 8]', () => {
  const text = `<?xml version="1.0"?>
  <q:Envelope xmlns:q="http://schemas.xmlsoap.org/soap/envelope/">
    <q:Body>
      <DiscoverResponse xmlns="http://schemas.microsoft.com/windows/management/2012/01/enrollment/">
        <DiscoverResult>
          <Odd>1</Odd>
          <EnrollmentServiceUrl>
            https://mdm.contoso.example/enroll
          </EnrollmentServiceUrl>
          <EnrollmentPolicyServiceUrl/>
          <AuthPolicy> Federated </AuthPolicy>
        </DiscoverResult>
      </DiscoverResponse>
    </q:Body>
  </q:Envelope>`
  expect(decodeDiscoverResponse(decodeEnvelope(text))).toEqual({
    authPolicy: 'Federated',
    enrollmentServiceUrl: 'https://mdm.contoso.example/enroll',
  })
})

test.each(['EmailAddress', 'RequestVersion', 'DeviceType', 'ApplicationVersion', 'OSEdition'])(
  'a request without %s is refused',
  (name) => {
    const text = requestText.replace(new RegExp(`<${name}>.*</${name}>`), '')
    expect(refusal(() => decodeDiscoverRequest(decodeEnvelope(text)))).toBe('ERR_MDE2_DISCOVER_MALFORMED')
  },
)

test.each(['AuthPolicy', 'EnrollmentServiceUrl'])('a response without %s is refused', (name) => {
  const text = responseText.replace(new RegExp(`<${name}>.*</${name}>`), '')
  expect(refusal(() => decodeDiscoverResponse(decodeEnvelope(text)))).toBe('ERR_MDE2_DISCOVER_MALFORMED')
})

test('a request is no response, nor the other way round', () => {
  expect(refusal(() => decodeDiscoverResponse(decodeEnvelope(requestText)))).toBe('ERR_MDE2_DISCOVER_MALFORMED')
  expect(refusal(() => decodeDiscoverRequest(decodeEnvelope(responseText)))).toBe('ERR_MDE2_DISCOVER_MALFORMED')
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(requestText, (text) => decodeDiscoverRequest(decodeEnvelope(text))).other).toEqual([])
  expect(fuzz(responseText, (text) => decodeDiscoverResponse(decodeEnvelope(text))).other).toEqual([])
})
