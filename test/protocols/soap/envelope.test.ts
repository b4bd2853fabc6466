import { expect, test } from 'vitest'
import { decodeEnvelope, encodeEnvelope, expectBody } from '../../../src/protocols/soap/envelope.ts'
import { jwtSecurityToken, textOfSecurityToken } from '../../../src/protocols/soap/security.ts'
import { element, leaf } from '../../../src/protocols/xml/write.ts'
import { fuzz, refusal } from '../fuzz.ts'

const body = leaf('Ping', 'hello', { xmlns: 'urn:ping' })
const request = encodeEnvelope({
  action: 'urn:do',
  messageId: 'urn:uuid:1',
  to: 'https://mdm.contoso.example/a?b=1&c=2',
  security: { binarySecurityToken: jwtSecurityToken('aa.bb.cc') },
  prefixes: ['s', 'a', 'u', 'wsse', 'wst', 'ac'],
  body,
})

test('a request has the declarations and headers of a real one, in their order [points 4, 20: fixture]', () => {
  expect(request).toBe(
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://www.w3.org/2005/08/addressing"' +
      ' xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"' +
      ' xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"' +
      ' xmlns:wst="http://docs.oasis-open.org/ws-sx/ws-trust/200512" xmlns:ac="http://schemas.xmlsoap.org/ws/2006/12/authorization">' +
      '<s:Header><a:Action s:mustUnderstand="1">urn:do</a:Action><a:MessageID>urn:uuid:1</a:MessageID>' +
      '<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>' +
      '<a:To s:mustUnderstand="1">https://mdm.contoso.example/a?b=1&amp;c=2</a:To>' +
      '<wsse:Security s:mustUnderstand="1"><wsse:BinarySecurityToken ValueType="urn:ietf:params:oauth:token-type:jwt"' +
      ' EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd#base64binary">' +
      'YWEuYmIuY2M=</wsse:BinarySecurityToken></wsse:Security></s:Header>' +
      '<s:Body><Ping xmlns="urn:ping">hello</Ping></s:Body></s:Envelope>',
  )
})

test('a request comes back as it went', () => {
  const { body: read, ...rest } = decodeEnvelope(request)
  expect(rest).toEqual({
    version: '1.2',
    action: 'urn:do',
    messageId: 'urn:uuid:1',
    to: 'https://mdm.contoso.example/a?b=1&c=2',
    replyTo: 'http://www.w3.org/2005/08/addressing/anonymous',
    mustUnderstand: ['Action', 'To', 'Security'],
    security: { binarySecurityToken: jwtSecurityToken('aa.bb.cc') },
  })
  expect([read?.local, read?.uri, read?.text]).toEqual(['Ping', 'urn:ping', 'hello'])
})

test('an answer has an activity, what it relates to, and how long it holds', () => {
  const timestamp = { created: '2026-01-01T00:00:00Z', expires: '2026-01-01T00:05:00Z' }
  const answer = encodeEnvelope({
    action: 'urn:done',
    relatesTo: 'urn:uuid:1',
    activityId: 'f0000000-0000-4000-8000-000000000001',
    security: { timestamp },
    body,
  })
  expect(answer).toContain(
    '<s:Header><a:Action s:mustUnderstand="1">urn:done</a:Action>' +
      '<ActivityId CorrelationId="f0000000-0000-4000-8000-000000000001"' +
      ' xmlns="http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics">f0000000-0000-4000-8000-000000000001</ActivityId>' +
      '<a:RelatesTo>urn:uuid:1</a:RelatesTo><o:Security s:mustUnderstand="1" xmlns:o=',
  )
  const { body: _, ...rest } = decodeEnvelope(answer)
  expect(rest).toEqual({
    version: '1.2',
    action: 'urn:done',
    relatesTo: 'urn:uuid:1',
    mustUnderstand: ['Action', 'Security'],
    security: { timestamp },
  })
})

test('a user name and password go both ways', () => {
  const usernameToken = { username: 'kim@contoso.example', password: ' p<w ' }
  const text = encodeEnvelope({
    action: 'a',
    messageId: 'b',
    prefixes: ['s', 'a', 'wsse'],
    security: { usernameToken },
    body,
  })
  expect(decodeEnvelope(text).security).toEqual({ usernameToken })
})

test.each([
  ['SOAP 1.1 under other prefixes', 'http://schemas.xmlsoap.org/soap/envelope/', '1.1'],
  ['SOAP 1.2 under other prefixes', 'http://www.w3.org/2003/05/soap-envelope', '1.2'],
])('%s, indented and with a declaration, is read [point 8]', (_, uri, version) => {
  const text = `<?xml version="1.0" encoding="utf-8"?>\r\n<E:Envelope xmlns:E="${uri}" xmlns:w="http://www.w3.org/2005/08/addressing">
    <E:Header>
      <w:Action>
        urn:do
      </w:Action>
      <Odd xmlns="urn:odd"/>
    </E:Header>
    <E:Body>
      <Ping/>
    </E:Body>
  </E:Envelope>`
  const { body: read, ...rest } = decodeEnvelope(text)
  expect([rest, read?.local]).toEqual([{ version, action: 'urn:do' }, 'Ping'])
})

test('a message without a header, and one with an empty body, are read', () => {
  const envelope = (inside: string) =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">${inside}</s:Envelope>`
  expect(decodeEnvelope(envelope('<s:Body/>'))).toEqual({ version: '1.2', body: undefined })
  expect(refusal(() => decodeEnvelope(envelope('')))).toBe('ERR_SOAP_ENVELOPE')
  expect(refusal(() => decodeEnvelope(envelope('<s:Body/><s:Body/>')))).toBe('ERR_SOAP_ENVELOPE')
})

test.each([
  ['another root', '<a/>'],
  ['another namespace', '<Envelope xmlns="urn:x"><Body/></Envelope>'],
  ['an undeclared prefix', '<s:Envelope><s:Body/></s:Envelope>'],
])('%s is no envelope', (_, text) => {
  expect(refusal(() => decodeEnvelope(text))).toBe('ERR_SOAP_ENVELOPE')
})

test('a body is the expected one by name and namespace [point 8]', () => {
  const read = (markup: string) =>
    decodeEnvelope(
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${markup}</s:Body></s:Envelope>`,
    )
  const check = (markup: string) => refusal(() => expectBody(read(markup), 'Ping', 'urn:ping', 'ERR_X'))
  const right = ['<Ping xmlns="urn:ping"/>', '<Ping xmlns="urn:ping/"/>', '<x:Ping/>']
  const wrong = ['<Pong xmlns="urn:ping"/>', '<Ping xmlns="urn:pong"/>', '<Ping/>', '']
  expect(right.map(check)).toEqual(Array(3).fill('nothing was refused'))
  expect(wrong.map(check)).toEqual(Array(4).fill('ERR_X'))
})

test('a token that is no text is refused', () => {
  const token = (value: string) => ({ valueType: '', encodingType: '', value })
  expect(textOfSecurityToken(jwtSecurityToken('aa.bb.cc'))).toBe('aa.bb.cc')
  expect(refusal(() => textOfSecurityToken(token('/w==')))).toBe('ERR_SOAP_TOKEN_MALFORMED')
  expect(refusal(() => textOfSecurityToken(token('!')))).toBe('ERR_SOAP_TOKEN_MALFORMED')
})

test('mutations of a message are read or refused, and nothing else is thrown', () => {
  const fault = encodeEnvelope({ action: 'a', body: element('s:Fault', {}, leaf('s:Reason', 'r')) })
  expect(fuzz(request, decodeEnvelope).other).toEqual([])
  expect(fuzz(fault, decodeEnvelope).other).toEqual([])
})
