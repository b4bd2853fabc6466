import type { KeyObject } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type Attribute, signContent } from '../cms/signed-data.ts'
import { readSigned } from '../cms/verify.ts'
import type { DerNode } from '../der/reader.ts'
import { readOctets, readText } from '../der/values.ts'
import { octetString, printableString } from '../der/writer.ts'

export const PKI_MESSAGE_TYPE = 'application/x-pki-message'

/** Attributes of a pkiMessage (RFC 8894, 3.2.1). */
const ATTRIBUTE = {
  messageType: '2.16.840.1.113733.1.9.2',
  pkiStatus: '2.16.840.1.113733.1.9.3',
  failInfo: '2.16.840.1.113733.1.9.4',
  senderNonce: '2.16.840.1.113733.1.9.5',
  recipientNonce: '2.16.840.1.113733.1.9.6',
  transactionId: '2.16.840.1.113733.1.9.7',
} as const

/** RFC 8894, 3.2.1.2. */
const MESSAGE_TYPE = { answer: '3', request: '19', poll: '20' } as const
/** RFC 8894, 3.2.1.3. */
const STATUS = { issued: '0', refused: '2', pending: '3' } as const
/** RFC 8894, 3.2.1.4, by number. */
export const FAIL_INFO = ['badAlg', 'badMessageCheck', 'badRequest', 'badTime', 'badCertId'] as const

export type FailInfo = (typeof FAIL_INFO)[number]

export interface PkiMessage {
  type: keyof typeof MESSAGE_TYPE
  transactionId: string
  senderNonce: Uint8Array
  /** Of an answer: the nonce of the request. */
  recipientNonce?: Uint8Array | undefined
  /** Of an answer. */
  status?: keyof typeof STATUS | undefined
  /** Of a refusal. */
  failInfo?: FailInfo | undefined
  /** An EnvelopedData in DER; empty in a refusal and in an answer that is pending. */
  envelope: Uint8Array
}

/** DER of a pkiMessage (RFC 8894, 3.2). */
export function encodePkiMessage(message: PkiMessage, certificate: Uint8Array, key: KeyObject): Uint8Array {
  const { type, transactionId, senderNonce, recipientNonce, status, failInfo, envelope } = message
  const attributes: Attribute[] = [
    [ATTRIBUTE.transactionId, printableString(transactionId)],
    [ATTRIBUTE.messageType, printableString(MESSAGE_TYPE[type])],
    [ATTRIBUTE.senderNonce, octetString(senderNonce)],
    ...(recipientNonce ? [[ATTRIBUTE.recipientNonce, octetString(recipientNonce)] as const] : []),
    ...(status ? [[ATTRIBUTE.pkiStatus, printableString(STATUS[status])] as const] : []),
    ...(failInfo ? [[ATTRIBUTE.failInfo, printableString(String(FAIL_INFO.indexOf(failInfo)))] as const] : []),
  ]
  return signContent({ content: envelope, isAttached: true, certificate, key, attributes })
}

export interface SignedPkiMessage extends PkiMessage {
  /** DER of the certificate whose key signed it. */
  signer: Uint8Array
}

/**
 * @throws DecodeError `ERR_DER_…`, `ERR_X509_…` and `ERR_CMS_…` on malformed input, `ERR_SCEP_MESSAGE` where an attribute is missing or
 *   unknown, `ERR_SCEP_SIGNATURE` where it is not signed by the certificate that came along.
 */
export function decodePkiMessage(der: Uint8Array): SignedPkiMessage {
  const { content, signer } = readSigned(der)
  // An answer without an envelope has no content at all.
  const envelope = content ?? new Uint8Array()
  if (!signer?.certificate || !signer.isOf(envelope)) {
    throw new DecodeError('ERR_SCEP_SIGNATURE', 'the message is not signed by a certificate in it')
  }
  const textOf = (name: keyof typeof ATTRIBUTE): string | undefined => textIn(signer.attributes, name)
  const octetsOf = (name: keyof typeof ATTRIBUTE): Uint8Array | undefined =>
    signer.attributes.has(ATTRIBUTE[name])
      ? readOctets(signer.attributes.get(ATTRIBUTE[name]), name).slice()
      : undefined
  const transactionId = textOf('transactionId')
  if (transactionId === undefined) throw new DecodeError('ERR_SCEP_MESSAGE', 'the message has no transactionID')
  const failNumber = textOf('failInfo')
  return {
    type: nameOf(MESSAGE_TYPE, textOf('messageType') ?? '', 'messageType'),
    transactionId,
    senderNonce: octetsOf('senderNonce') ?? new Uint8Array(),
    recipientNonce: octetsOf('recipientNonce'),
    status: textOf('pkiStatus') === undefined ? undefined : nameOf(STATUS, textOf('pkiStatus')!, 'pkiStatus'),
    failInfo: failNumber === undefined ? undefined : FAIL_INFO[Number(failNumber)],
    envelope,
    signer: signer.certificate,
  }
}

const textIn = (attributes: ReadonlyMap<string, DerNode | undefined>, name: keyof typeof ATTRIBUTE) =>
  attributes.has(ATTRIBUTE[name]) ? readText(attributes.get(ATTRIBUTE[name]), name) : undefined

function nameOf<Name extends string>(table: Record<Name, string>, number: string, what: string): Name {
  const found = (Object.keys(table) as Name[]).find((name) => table[name] === number)
  if (!found) throw new DecodeError('ERR_SCEP_MESSAGE', `the ${what} of the message is "${number}"`)
  return found
}
