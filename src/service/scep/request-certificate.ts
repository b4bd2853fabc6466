import { createHash, type KeyObject, sign } from 'node:crypto'
import type { HttpRequest } from '../../domain/http.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { seal, unseal } from '../../protocols/cms/enveloped-data.ts'
import { readSigned } from '../../protocols/cms/verify.ts'
import { sequence } from '../../protocols/der/writer.ts'
import {
  decodePkiMessage,
  encodePkiMessage,
  type FailInfo,
  PKI_MESSAGE_TYPE,
  type PkiMessage,
} from '../../protocols/scep/pki-message.ts'
import { createCertificate, decodeCertificate, thumbprint } from '../../protocols/x509/certificate.ts'
import { createCertificationRequest } from '../../protocols/x509/certification-request.ts'
import type { Extension } from '../../protocols/x509/extensions.ts'
import { encodeName, type NameAttribute } from '../../protocols/x509/name.ts'
import { readBasicConstraints, readKeyUsage } from '../../protocols/x509/read-extensions.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'
import { ask, get, post, type Service, unexpectedStatus } from '../service.ts'

/** What a device asks an authority for. */
export interface CertificateWish {
  /** Of the service, without its query. */
  url: string
  subject: readonly NameAttribute[]
  extensions: readonly Extension[]
  challenge: string
  key: KeyObject
  /** SHA-1 of the authority's certificate, upper-case hexadecimal; undefined where any will do. */
  authority: string | undefined
  /** Unix milliseconds. */
  now: number
  /** Bytes by chance. */
  random: (length: number) => Uint8Array
}

export type ScepAnswer =
  | { kind: 'issued'; certificate: Uint8Array }
  | { kind: 'pending' }
  | { kind: 'refused'; failInfo: FailInfo | undefined }

/** Windows always sends this word, and no node of the CSP has another (field report of 2026). */
const MESSAGE = 'default'
const DAY_MS = 86_400_000

interface Authority {
  /** DER: one of these has to sign the answer. */
  certificates: Uint8Array[]
  takesAes: boolean
  takesPost: boolean
}

/**
 * Asks for a certificate, or for the status of an earlier request (RFC 8894, 4.1 to 4.4). Trouble: `ERR_HTTP_…`, `ERR_SCEP_…`,
 * `ERR_CMS_…`, `ERR_DER_…` and the codes of connections.
 */
export async function requestCertificate(
  service: Service,
  wish: CertificateWish,
  isPoll: boolean,
  signal: AbortSignal,
): Promise<Result<ScepAnswer>> {
  const authority = await meet(service, wish, signal)
  if (!authority.ok) return authority
  const own = ownCertificate(wish)
  const message = messageFor(wish, authority.value, isPoll)
  return ask<ScepAnswer>(
    service,
    sending(wish.url, encodePkiMessage(message, own, wish.key), authority.value),
    { operation: 'SCEP PKIOperation', signal },
    (response) =>
      response.status === 200
        ? answerIn(response.body, message, wish, own, authority.value)
        : unexpectedStatus('SCEP PKIOperation', response, wish.url),
  )
}

/** GetCACaps and GetCACert. */
async function meet(service: Service, wish: CertificateWish, signal: AbortSignal): Promise<Result<Authority>> {
  const caps = await ask<string[]>(
    service,
    get(addressOf(wish.url, 'GetCACaps', MESSAGE)),
    { operation: 'SCEP GetCACaps', signal },
    ({ status, body }) => success(status === 200 ? Buffer.from(body).toString('latin1').split(/\s+/) : []),
  )
  if (!caps.ok) return caps
  const certificates = await ask<Uint8Array[]>(
    service,
    get(addressOf(wish.url, 'GetCACert', MESSAGE)),
    { operation: 'SCEP GetCACert', signal },
    (response) => {
      if (response.status !== 200) return unexpectedStatus('SCEP GetCACert', response, wish.url)
      const isChain = response.headers['content-type']?.startsWith('application/x-x509-ca-ra-cert')
      const found = isChain ? readSigned(response.body).certificates : [response.body]
      for (const one of found) decodeCertificate(one)
      return success(found)
    },
  )
  if (!certificates.ok) return certificates
  if (wish.authority && !certificates.value.some((one) => thumbprint(one) === wish.authority)) {
    const text = `the authority at ${wish.url} is not the one with the thumbprint ${wish.authority}`
    return failure(CODE.hashMismatch, text, wish.url)
  }
  const has = (...names: string[]): boolean => caps.value.some((cap) => names.includes(cap))
  return success({
    certificates: certificates.value,
    takesAes: has('AES', 'SCEPStandard'),
    takesPost: has('POSTPKIOperation', 'SCEPStandard'),
  })
}

function messageFor(wish: CertificateWish, authority: Authority, isPoll: boolean): PkiMessage {
  const { subject, key, extensions, challenge, random } = wish
  const recipient = recipientOf(authority.certificates)
  const content = isPoll
    ? sequence(encodeName(decodeCertificate(recipient).subject), encodeName(subject))
    : createCertificationRequest({ subject, publicKey: key, sign: signer(key), extensions, challenge })
  return {
    type: isPoll ? 'poll' : 'request',
    // The same for a poll as for its request (RFC 8894, 3.2.1.1).
    transactionId: transactionOf(wish),
    senderNonce: random(16),
    envelope: seal({ content, recipient, cipher: authority.takesAes ? 'aes128' : 'tripleDes', random }),
  }
}

const transactionOf = ({ key, subject, url }: CertificateWish): string =>
  createHash('sha256')
    .update(spkiOf(key))
    .update(encodeName(subject))
    .update(url)
    .digest('hex')
    .slice(0, 40)
    .toUpperCase()

/** A registration authority has its own certificate for encryption. An authority without one uses a single certificate for all. */
function recipientOf(certificates: readonly Uint8Array[]): Uint8Array {
  const isFor = (certificate: Uint8Array): boolean => {
    const { extensions } = decodeCertificate(certificate)
    return !readBasicConstraints(extensions)?.ca && (readKeyUsage(extensions)?.includes('keyEncipherment') ?? true)
  }
  return certificates.find(isFor) ?? certificates[0]!
}

function answerIn(
  body: Uint8Array,
  asked: PkiMessage,
  wish: CertificateWish,
  own: Uint8Array,
  authority: Authority,
): Result<ScepAnswer> {
  const answer = decodePkiMessage(body)
  const isOurs =
    answer.type === 'answer' &&
    answer.transactionId === asked.transactionId &&
    Buffer.from(answer.recipientNonce ?? []).equals(asked.senderNonce)
  if (!isOurs) return failure('ERR_SCEP_MESSAGE', `the answer of ${wish.url} is not to this request`, wish.url)
  if (!authority.certificates.some((one) => Buffer.from(one).equals(answer.signer))) {
    return failure('ERR_SCEP_SIGNATURE', `the answer of ${wish.url} is not signed by its authority`, wish.url)
  }
  switch (answer.status) {
    case 'pending':
      return success({ kind: 'pending' })
    case 'refused':
      return success({ kind: 'refused', failInfo: answer.failInfo })
    case 'issued': {
      const spki = Buffer.from(spkiOf(wish.key))
      const { certificates } = readSigned(unseal(answer.envelope, own, wish.key))
      const certificate = certificates.find((one) => spki.equals(decodeCertificate(one).spki))
      return certificate
        ? success({ kind: 'issued', certificate })
        : failure('ERR_SCEP_MESSAGE', `the answer of ${wish.url} has no certificate for the key`, wish.url)
    }
    default:
      return failure('ERR_SCEP_MESSAGE', `the answer of ${wish.url} has no pkiStatus`, wish.url)
  }
}

/** The request is signed by the key that it is for, with a certificate of its own making (RFC 8894, 2.3). */
function ownCertificate({ subject, key, now }: CertificateWish): Uint8Array {
  return createCertificate({
    serial: Uint8Array.of(1),
    issuer: subject,
    subject,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 365 * DAY_MS),
    spki: spkiOf(key),
    sign: signer(key),
    extensions: [],
  })
}

const signer = (key: KeyObject) => (tbs: Uint8Array) => new Uint8Array(sign('sha256', tbs, key))

const sending = (url: string, message: Uint8Array, { takesPost }: Authority): HttpRequest =>
  takesPost
    ? post(addressOf(url, 'PKIOperation'), PKI_MESSAGE_TYPE, message)
    : get(addressOf(url, 'PKIOperation', Buffer.from(message).toString('base64')))

function addressOf(url: string, operation: string, message?: string): string {
  const query = new URLSearchParams({ operation, ...(message === undefined ? {} : { message }) })
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}
