import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { canonicalize } from '../../../src/protocols/soap/canonicalize.ts'
import { isSignedBy, signMessage } from '../../../src/protocols/soap/message-signature.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { fuzz, refusal } from '../fuzz.ts'

const canonical = (text: string) => canonicalize(parseXml(text))

test.each([
  // The example of Exclusive XML Canonicalization 1.0, section 2.2: namespaces without a use are left out.
  [
    '<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff/></n1:elem2></n0:local>',
    '<n0:local xmlns:n0="foo:bar"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2></n0:local>',
  ],
  ['<a xmlns="urn:x"><b xmlns=""/></a>', '<a xmlns="urn:x"><b xmlns=""></b></a>'],
  // Canonical XML 1.0, sections 3.3 and 3.4: the order of attributes, and what is escaped.
  [
    '<e a="1" b:attr="out" a:attr="out" b="2" xmlns:b="urn:b" xmlns:a="urn:a" xmlns="urn:e"/>',
    '<e xmlns="urn:e" xmlns:a="urn:a" xmlns:b="urn:b" a="1" b="2" a:attr="out" b:attr="out"></e>',
  ],
  [`<a  x='"&#9;&lt;&gt;'>&gt;&#13;<![CDATA[<&]]><!-- c --></a >`, '<a x="&quot;&#x9;&lt;>">&gt;&#xD;&lt;&amp;</a>'],
])('%s is canonical as the specification has it', (text, expected) => {
  expect(canonical(text)).toBe(expected)
  expect(canonical(expected)).toBe(expected)
})

const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const message = `<s:Envelope xmlns:s="urn:s" xmlns:wsse="${wsse}"><s:Header><wsse:Security>SIGNATURE</wsse:Security></s:Header><s:Body>hello</s:Body></s:Envelope>`
const signed = message.replace('SIGNATURE', signMessage(message.replace('SIGNATURE', ''), key))

test('a signed message is its signer’s, as it is and laid out another way', () => {
  expect(isSignedBy(signed, spki)).toBe(true)
  expect(isSignedBy(signed.replace('<s:Body>', '<s:Body  >'), spki)).toBe(true)
  expect(isSignedBy(signed.replace('hello', 'hullo'), spki)).toBe(false)
  expect(
    isSignedBy(
      signed,
      new Uint8Array(
        createPublicKey(derivedKeys.rsa2048('no-tpm:test', 'join')).export({ type: 'spki', format: 'der' }),
      ),
    ),
  ).toBe(false)
})

test.each([
  ['no signature', message],
  ['another digest', signed.replace('xmlenc#sha256', 'xmlenc#sha1')],
  ['another transform', signed.replace('#enveloped-signature', '#base64')],
  ['another method', signed.replace('#rsa-sha256', '#rsa-sha1')],
])('a message with %s is refused', (_, text) => {
  expect(refusal(() => isSignedBy(text, spki))).toBe('ERR_SOAP_SIGNATURE_MALFORMED')
})

test('mutations are signed, not signed or refused, and nothing else is thrown', () => {
  expect(fuzz(signed, (text) => isSignedBy(text, spki)).other).toEqual([])
})
