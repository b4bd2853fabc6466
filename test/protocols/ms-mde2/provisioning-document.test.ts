import { expect, test } from 'vitest'
import {
  certificateThumbprint,
  decodeProvisioningDocument,
  encodeProvisioningDocument,
  type ProvisioningDocument,
} from '../../../src/protocols/ms-mde2/provisioning-document.ts'
import { fuzz, refusal } from '../fuzz.ts'

const der = (...values: number[]) => new Uint8Array(values)

const document: ProvisioningDocument = {
  roots: [der(1), der(2, 2)],
  intermediates: [der(3, 3, 3)],
  client: { store: 'System', der: der(4, 0, 255) },
  renew: { roboSupport: true, renewPeriod: 42, retryInterval: 7 },
  application: {
    providerId: 'MS DM Server',
    name: 'Contoso',
    addr: 'https://mdm.contoso.example/omadm?a=1&b=2',
    connRetryFreq: 6,
    initialBackoffTime: 30_000,
    maxBackoffTime: 120_000,
    backCompatRetryDisabled: true,
    defaultEncoding: 'application/vnd.syncml.dm+xml',
    sslClientCertSearchCriteria: 'Subject=CN%3dx&Stores=My%5CSystem\uf000Subject=CN%3dy&Stores=My%5CUser',
    auth: [
      { level: 'CLIENT', type: 'DIGEST', secret: 's1', data: 'bm9uY2U=' },
      { level: 'APPSRV', type: 'DIGEST', name: 'u', secret: 's2', data: 'bm9uY2U=' },
    ],
  },
  dmClient: {
    providerId: 'MS DM Server',
    upn: 'kim@contoso.example',
    entDeviceName: 'LAB-01',
    entDmId: '{1}',
    requireMessageSigning: false,
    syncApplicationVersion: '3.0',
    poll: {
      numberOfFirstRetries: 0,
      intervalForFirstSetOfRetries: 1,
      numberOfSecondRetries: 0,
      intervalForSecondSetOfRetries: 0,
      numberOfRemainingScheduledRetries: 0,
      intervalForRemainingScheduledRetries: 1440,
      pollOnLogin: true,
      allUsersPollOnFirstLogin: false,
    },
  },
}
const text = encodeProvisioningDocument(document)

test('a document comes back as it went', () => {
  expect(decodeProvisioningDocument(text)).toEqual(document)
  expect(decodeProvisioningDocument(new TextEncoder().encode(text))).toEqual(document)
})

test('certificates are named by the SHA-1 of their DER', () => {
  expect(certificateThumbprint(new TextEncoder().encode('abc'))).toBe('A9993E364706816ABA3E25717850C26C9CD0D89D')
})

test('a small document is written exactly', () => {
  const small: ProvisioningDocument = {
    roots: [],
    intermediates: [],
    client: { store: 'User', der: new TextEncoder().encode('abc') },
    renew: { roboSupport: true, renewPeriod: 42, retryInterval: 7 },
    application: { providerId: 'P', name: 'N', addr: 'https://a.example', backCompatRetryDisabled: true },
    dmClient: { providerId: 'P', upn: 'u', poll: { numberOfFirstRetries: 0, intervalForFirstSetOfRetries: 1 } },
  }
  expect(encodeProvisioningDocument(small)).toBe(
    '<wap-provisioningdoc version="1.1"><characteristic type="CertificateStore"><characteristic type="My">' +
      '<characteristic type="User"><characteristic type="A9993E364706816ABA3E25717850C26C9CD0D89D">' +
      '<parm name="EncodedCertificate" value="YWJj"/></characteristic><characteristic type="PrivateKeyContainer"/></characteristic>' +
      '<characteristic type="WSTEP"><characteristic type="Renew"><parm name="ROBOSupport" value="true" datatype="boolean"/>' +
      '<parm name="RenewPeriod" value="42" datatype="integer"/><parm name="RetryInterval" value="7" datatype="integer"/>' +
      '</characteristic></characteristic></characteristic></characteristic>' +
      '<characteristic type="APPLICATION"><parm name="APPID" value="w7"/><parm name="PROVIDER-ID" value="P"/>' +
      '<parm name="NAME" value="N"/><parm name="ADDR" value="https://a.example"/><parm name="BACKCOMPATRETRYDISABLED"/></characteristic>' +
      '<characteristic type="DMClient"><characteristic type="Provider"><characteristic type="P">' +
      '<parm name="UPN" value="u" datatype="string"/><characteristic type="Poll">' +
      '<parm name="NumberOfFirstRetries" value="0" datatype="integer"/>' +
      '<parm name="IntervalForFirstSetOfRetries" value="1" datatype="integer"/>' +
      '</characteristic></characteristic></characteristic></characteristic></wap-provisioningdoc>',
  )
  expect(decodeProvisioningDocument(encodeProvisioningDocument(small))).toEqual(small)
})

test('order, repeated blocks, letter case, missing datatypes and wrapped base64 do not matter [point 21]', () => {
  const odd = `<?xml version="1.0" encoding="utf-8"?>
  <wap-provisioningdoc version="1.1">
    <characteristic type="DMClient"><characteristic type="Provider"><characteristic type="Fleet">
      <characteristic type="Poll"><parm name="PollOnLogin" value="1"/></characteristic>
      <parm name="EntDMID" value=""/>
      <parm name="UPN" value="u"/>
    </characteristic></characteristic></characteristic>
    <characteristic type="APPLICATION"><parm name="APPID" value="w4"/></characteristic>
    <characteristic type="application">
      <parm name="BACKCOMPATRETRYDISABLED" value=""/>
      <parm value="https://a.example" name="ADDR"/>
      <parm name="PROVIDER-ID" value="Fleet"/>
      <parm name="APPID" value="W7"/>
      <parm name="ROLE" value="4294967295"/>
    </characteristic>
    <characteristic type="CertificateStore"><characteristic type="My"><characteristic type="System">
      <characteristic type="abc"><characteristic type="PrivateKeyContainer"/><parm name="EncodedCertificate" value="BA
        D/"/></characteristic>
    </characteristic></characteristic></characteristic>
    <characteristic type="CertificateStore"><characteristic type="Root"><characteristic type="System">
      <characteristic type="x"><parm name="EncodedCertificate" value="AQ=="/></characteristic>
    </characteristic></characteristic></characteristic>
    <characteristic type="CertificateStore"><characteristic type="Root"><characteristic type="System">
      <characteristic type="y"><parm name="EncodedCertificate" value="AgI="/></characteristic>
    </characteristic></characteristic></characteristic>
    <characteristic type="CertificateStore"><characteristic type="My"><characteristic type="WSTEP"><characteristic type="Renew">
      <parm name="RenewalPeriod" value="30"/>
    </characteristic></characteristic></characteristic></characteristic>
  </wap-provisioningdoc>`
  expect(decodeProvisioningDocument(odd)).toEqual({
    roots: [der(1), der(2, 2)],
    intermediates: [],
    client: { store: 'System', der: der(4, 0, 255) },
    renew: { renewPeriod: 30 },
    application: { providerId: 'Fleet', name: '', addr: 'https://a.example', backCompatRetryDisabled: true },
    dmClient: { providerId: 'Fleet', upn: 'u', poll: { pollOnLogin: true } },
  })
})

test('the answer to a renewal may hold nothing but the certificate', () => {
  const renewal = { roots: [], intermediates: [], client: { store: 'System' as const, der: der(9) } }
  expect(decodeProvisioningDocument(encodeProvisioningDocument(renewal))).toEqual(renewal)
})

test.each([
  ['another root', () => '<a/>', 'ERR_MDE2_PROVISIONING_MALFORMED'],
  ['no client certificate', () => '<wap-provisioningdoc/>', 'ERR_MDE2_PROVISIONING_CERTIFICATE_STORE'],
  ['a certificate that is not base64', () => text.replace('BAD/', '%'), 'ERR_MDE2_PROVISIONING_CERTIFICATE_STORE'],
  ['a period that is no number', () => text.replace('"42"', '"soon"'), 'ERR_MDE2_PROVISIONING_CERTIFICATE_STORE'],
  ['no address', () => text.replace('"ADDR"', '"ADDRESS"'), 'ERR_MDE2_PROVISIONING_APPLICATION'],
  ['no provider id', () => text.replace('"PROVIDER-ID"', '"ID"'), 'ERR_MDE2_PROVISIONING_APPLICATION'],
  ['a try count that is no number', () => text.replace('"6"', '"six"'), 'ERR_MDE2_PROVISIONING_APPLICATION'],
  ['an interval that is no number', () => text.replace('"1440"', '"1.5"'), 'ERR_MDE2_PROVISIONING_DM_CLIENT'],
  ['a DOCTYPE', () => `<!DOCTYPE a>${text}`, 'ERR_XML_DOCTYPE'],
])('%s is refused', (_, spoil, code) => {
  expect(refusal(() => decodeProvisioningDocument(spoil()))).toBe(code)
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(text, decodeProvisioningDocument).other).toEqual([])
})
