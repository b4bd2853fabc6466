import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { publicKeyFrom } from '../x509/public-key.ts'
import { decodeBase64 } from '../xml/base64.ts'
import { attribute, child, filledTextOf, path, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { element, leaf, type Xml } from '../xml/write.ts'
import { canonicalize } from './canonicalize.ts'
import { X509_TOKEN_ID } from './security.ts'

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ENVELOPED = `${DSIG}enveloped-signature`
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

const MALFORMED = 'ERR_SOAP_SIGNATURE_MALFORMED'

/**
 * The signature of a request with the authentication policy Certificate: enveloped, over the whole message, rsa-sha256
 * ([MS-MDE2] 3.1.1.3; XML Signature, section 4).
 *
 * @param message the whole message without a signature
 */
export function signMessage(message: string, key: KeyObject): Xml {
  const signedInfo = encodeSignedInfo(digestOf(canonicalize(parseXml(message))))
  const canonical = canonicalize(parseXml(signedInfo))
  return element(
    'ds:Signature',
    { 'xmlns:ds': DSIG },
    signedInfo,
    leaf('ds:SignatureValue', sign('sha256', Buffer.from(canonical), key).toString('base64')),
    element(
      'ds:KeyInfo',
      {},
      element('wsse:SecurityTokenReference', {}, element('wsse:Reference', { URI: `#${X509_TOKEN_ID}` })),
    ),
  )
}

/**
 * Whether a message is what the holder of a key has signed. Its algorithms have to be the ones that {@link signMessage}
 * writes, its one reference the whole message.
 *
 * @throws DecodeError `ERR_XML_…`; `ERR_SOAP_SIGNATURE_MALFORMED` no signature, or one of another form.
 */
export function isSignedBy(message: string | Uint8Array, spki: Uint8Array): boolean {
  const root = parseXml(message, { tolerateUndeclaredPrefix: true })
  const security = path(root, 'Header', 'Security')
  const signature = child(security, 'Signature', DSIG)
  const signedInfo = child(signature, 'SignedInfo', DSIG)
  if (!signature || !signedInfo) throw new DecodeError(MALFORMED, 'the message has no signature')
  const references = signedInfo.children.filter(({ local }) => local === 'Reference')
  const [reference] = references
  if (references.length !== 1 || attribute(reference, 'URI') !== '') {
    throw new DecodeError(MALFORMED, 'a signature has one reference, to the whole message')
  }
  const transforms = (child(reference, 'Transforms')?.children ?? []).map((one) => attribute(one, 'Algorithm'))
  expectAlgorithm(transforms.join(' '), `${ENVELOPED} ${EXCLUSIVE}`, 'transforms')
  expectAlgorithm(algorithmOf(signedInfo, 'CanonicalizationMethod'), EXCLUSIVE, 'canonicalization')
  expectAlgorithm(algorithmOf(signedInfo, 'SignatureMethod'), RSA_SHA256, 'signature method')
  expectAlgorithm(algorithmOf(reference!, 'DigestMethod'), SHA256, 'digest method')
  const digest = filledTextOf(reference, 'DigestValue')?.replace(/\s+/g, '')
  const value = decodeBase64(filledTextOf(signature, 'SignatureValue') ?? '', MALFORMED, 'SignatureValue')
  if (digest !== digestOf(canonicalize(root, signature))) return false
  const key = publicKeyFrom(spki)
  return verify('sha256', Buffer.from(canonicalize(signedInfo)), key, value)
}

const algorithmOf = (at: XmlElement, local: string): string => attribute(child(at, local), 'Algorithm') ?? ''

function expectAlgorithm(found: string, wanted: string, what: string): void {
  if (found !== wanted) throw new DecodeError(MALFORMED, `another algorithm: ${what}`)
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64')

const encodeSignedInfo = (digest: string): Xml =>
  element(
    'ds:SignedInfo',
    { 'xmlns:ds': DSIG },
    element('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE }),
    element('ds:SignatureMethod', { Algorithm: RSA_SHA256 }),
    element(
      'ds:Reference',
      { URI: '' },
      element(
        'ds:Transforms',
        {},
        element('ds:Transform', { Algorithm: ENVELOPED }),
        element('ds:Transform', { Algorithm: EXCLUSIVE }),
      ),
      element('ds:DigestMethod', { Algorithm: SHA256 }),
      leaf('ds:DigestValue', digest),
    ),
  )
