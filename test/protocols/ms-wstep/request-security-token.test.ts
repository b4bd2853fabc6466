import { expect, test } from 'vitest'
import {
  contextItem,
  decodeRequestSecurityToken,
  decodeRequestSecurityTokenResponse,
  encodeRequestSecurityToken,
  encodeRequestSecurityTokenResponse,
  PKCS7_VALUE_TYPE,
  PKCS10_VALUE_TYPE,
} from '../../../src/protocols/ms-wstep/request-security-token.ts'
import { decodeEnvelope } from '../../../src/protocols/soap/envelope.ts'
import { fuzz, refusal } from '../fuzz.ts'

const header = { messageId: 'urn:uuid:1', to: 'https://mdm.contoso.example/enroll' }
const request = {
  requestType: 'Issue' as const,
  certificateRequest: { valueType: PKCS10_VALUE_TYPE, der: new Uint8Array([0x30, 0, 255]) },
  contextItems: [
    { name: 'UXInitiated', value: 'false' },
    { name: 'MAC', value: '00-11-22-33-44-55' },
    { name: 'MAC', value: '00-11-22-33-44-66' },
    { name: 'DeviceID', value: 'A1B2' },
    { name: 'EnrollmentData', value: '' },
  ],
}
const requestText = encodeRequestSecurityToken(request, header)
const response = { provisioningDocument: '<wap-provisioningdoc version="1.1">é</wap-provisioningdoc>', requestId: '0' }
const responseText = encodeRequestSecurityTokenResponse(response, { relatesTo: 'urn:uuid:1' })

test('the request has the spelling that servers match on [point 17]', () => {
  expect(requestText.slice(requestText.indexOf('<s:Body'))).toBe(
    '<s:Body><wst:RequestSecurityToken>' +
      '<wst:TokenType>http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken</wst:TokenType>' +
      '<wst:RequestType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue</wst:RequestType>' +
      '<wsse:BinarySecurityToken ValueType="http://schemas.microsoft.com/windows/pki/2009/01/enrollment#PKCS10"' +
      ' EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd#base64binary">' +
      'MAD/</wsse:BinarySecurityToken>' +
      '<ac:AdditionalContext xmlns="http://schemas.xmlsoap.org/ws/2006/12/authorization">' +
      '<ac:ContextItem Name="UXInitiated"><ac:Value>false</ac:Value></ac:ContextItem>' +
      '<ac:ContextItem Name="MAC"><ac:Value>00-11-22-33-44-55</ac:Value></ac:ContextItem>' +
      '<ac:ContextItem Name="MAC"><ac:Value>00-11-22-33-44-66</ac:Value></ac:ContextItem>' +
      '<ac:ContextItem Name="DeviceID"><ac:Value>A1B2</ac:Value></ac:ContextItem>' +
      '<ac:ContextItem Name="EnrollmentData"><ac:Value></ac:Value></ac:ContextItem>' +
      '</ac:AdditionalContext></wst:RequestSecurityToken></s:Body></s:Envelope>',
  )
})

test('the envelope declares all six prefixes in order', () => {
  const head = requestText.slice(0, requestText.indexOf('>'))
  expect([...head.matchAll(/xmlns:(\w+)=/g)].map((match) => match[1])).toEqual(['s', 'a', 'u', 'wsse', 'wst', 'ac'])
})

test('requests come back as they went, in order', () => {
  const renewal = {
    ...request,
    requestType: 'Renew' as const,
    certificateRequest: { valueType: PKCS7_VALUE_TYPE, der: new Uint8Array([1]) },
  }
  expect(decodeRequestSecurityToken(decodeEnvelope(requestText))).toEqual(request)
  expect(decodeRequestSecurityToken(decodeEnvelope(encodeRequestSecurityToken(renewal, header)))).toEqual(renewal)
  expect([contextItem(request, 'MAC'), contextItem(request, 'IMEI')]).toEqual(['00-11-22-33-44-55', undefined])
})

test('the response is written exactly and comes back as it went', () => {
  expect(responseText.slice(responseText.indexOf('<s:Body'))).toBe(
    '<s:Body><RequestSecurityTokenResponseCollection xmlns="http://docs.oasis-open.org/ws-sx/ws-trust/200512">' +
      '<RequestSecurityTokenResponse>' +
      '<TokenType>http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken</TokenType>' +
      '<DispositionMessage xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollment"/><RequestedSecurityToken>' +
      '<BinarySecurityToken xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"' +
      ' ValueType="http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentProvisionDoc"' +
      ' EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd#base64binary">' +
      'PHdhcC1wcm92aXNpb25pbmdkb2MgdmVyc2lvbj0iMS4xIj7DqTwvd2FwLXByb3Zpc2lvbmluZ2RvYz4=</BinarySecurityToken>' +
      '</RequestedSecurityToken>' +
      '<RequestID xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollment">0</RequestID>' +
      '</RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection></s:Body></s:Envelope>',
  )
  expect(decodeRequestSecurityTokenResponse(decodeEnvelope(responseText))).toEqual(response)
})

test('a response without its collection, indented, with wrapped base64, is read', () => {
  const text = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
    <t:RequestSecurityTokenResponse xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512">
      <t:RequestedSecurityToken><w:BinarySecurityToken xmlns:w="urn:w">
        PGEv
        Pg==
      </w:BinarySecurityToken></t:RequestedSecurityToken>
    </t:RequestSecurityTokenResponse></e:Body></e:Envelope>`
  expect(decodeRequestSecurityTokenResponse(decodeEnvelope(text))).toEqual({ provisioningDocument: '<a/>' })
})

test.each([
  ['no certificate request', (text: string) => text.replace(/<wsse:Binary.*?<\/wsse:BinarySecurityToken>/, '')],
  ['a certificate request that is not base64', (text: string) => text.replace('MAD/', '***')],
  ['a request type of another kind', (text: string) => text.replace('200512/Issue', '200512/Cancel')],
  ['no request type', (text: string) => text.replace(/<wst:RequestType>.*<\/wst:RequestType>/, '')],
  ['another body', () => responseText],
])('%s is refused', (_, spoil) => {
  expect(refusal(() => decodeRequestSecurityToken(decodeEnvelope(spoil(requestText))))).toBe('ERR_WSTEP_RST_MALFORMED')
})

test.each([
  ['no token', (text: string) => text.replace(/<BinarySecurityToken .*<\/BinarySecurityToken>/, '')],
  ['an empty token', (text: string) => text.replace(/PHd.*?</, '<')],
  ['a token that is not UTF-8', (text: string) => text.replace(/PHd.*?</, '/w==<')],
  ['another body', () => requestText],
])('%s in a response is refused', (_, spoil) => {
  expect(refusal(() => decodeRequestSecurityTokenResponse(decodeEnvelope(spoil(responseText))))).toBe(
    'ERR_WSTEP_RSTRC_MALFORMED',
  )
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(requestText, (text) => decodeRequestSecurityToken(decodeEnvelope(text))).other).toEqual([])
  expect(fuzz(responseText, (text) => decodeRequestSecurityTokenResponse(decodeEnvelope(text))).other).toEqual([])
})
