import { expect, test } from 'vitest'
import { decodeEnvelope, encodeEnvelope } from '../../../src/protocols/soap/envelope.ts'
import { encodeFault } from '../../../src/protocols/soap/fault.ts'

const fault = {
  code: 's:Receiver',
  subcode: 's:Authorization',
  reason: 'no <b>',
  detail: { errorType: 'DeviceCapReached', message: 'too many', traceId: 'f0000000-0000-4000-8000-000000000001' },
}

test('a fault has the shape of the specification', () => {
  expect(encodeFault(fault)).toBe(
    '<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>s:Authorization</s:Value></s:Subcode></s:Code>' +
      '<s:Reason><s:Text xml:lang="en-us">no &lt;b&gt;</s:Text></s:Reason><s:Detail>' +
      '<DeviceEnrollmentServiceError xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollment">' +
      '<ErrorType>DeviceCapReached</ErrorType><Message>too many</Message>' +
      '<TraceId>f0000000-0000-4000-8000-000000000001</TraceId></DeviceEnrollmentServiceError></s:Detail></s:Fault>',
  )
})

test.each([
  fault,
  { code: 's:Receiver', reason: '' },
  { code: 's:Receiver', subcode: 'a:InternalServiceFault', reason: 'x' },
])('a fault comes back as it went (%#)', (one) => {
  expect(decodeEnvelope(encodeEnvelope({ action: 'urn:a', body: encodeFault(one) })).fault).toEqual(one)
})

test('letter case and prefixes do not matter [point 25]', () => {
  const text = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:fault>
    <s:code><s:value>s:receiver</s:value><s:subcode><s:value> s:messageformat </s:value></s:subcode></s:code>
    <s:reason><s:text xml:lang="en-us">bad</s:text></s:reason>
    <s:detail><x:deviceenrollmentserviceerror xmlns:x="urn:x"><errortype>UserLicense</errortype></x:deviceenrollmentserviceerror></s:detail>
  </s:fault></s:Body></s:Envelope>`
  expect(decodeEnvelope(text).fault).toEqual({
    code: 's:receiver',
    subcode: 's:messageformat',
    reason: 'bad',
    detail: { errorType: 'UserLicense' },
  })
})

test('a fault of SOAP 1.1 is read [points 8, 25]', () => {
  const text =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>' +
    '<faultcode>e:Server</faultcode><faultstring>down</faultstring></e:Fault></e:Body></e:Envelope>'
  expect(decodeEnvelope(text).fault).toEqual({ code: 'e:Server', reason: 'down' })
})
