import { DecodeError } from '../../domain/trouble.ts'
import type { DerNode } from './reader.ts'
import { TAG } from './tags.ts'

/**
 * Values of parsed nodes. A node of another type is `ERR_DER_TYPE`; content that its type does not allow is
 * `ERR_DER_VALUE`; a missing node is `ERR_DER_MISSING`.
 */

/** The children of a SEQUENCE, or of another constructed node when `tag` says so. */
export const childrenOf = (node: DerNode | undefined, what: string, tag: number = TAG.sequence): DerNode[] =>
  expectTag(node, what, tag).children

/** Non-negative INTEGER as its magnitude, without leading zeros; 0 is one zero byte. */
export function readUnsigned(node: DerNode | undefined, what: string): Uint8Array {
  const { content } = expectTag(node, what, TAG.integer)
  const [first, second] = content
  const padded = first === 0 && second !== undefined
  if (first === undefined || first >= 0x80 || (padded && second < 0x80)) {
    throw bad(node!, what, 'not a minimal non-negative integer')
  }
  return content.slice(padded ? 1 : 0)
}

export function readOid(node: DerNode | undefined, what: string): string {
  const { content } = expectTag(node, what, TAG.oid)
  let dotted = ''
  let arc = 0
  // An arc may be of any size; those in use are small.
  let large: bigint | undefined
  let fresh = true
  for (const byte of content) {
    if (fresh && byte === 0x80) throw bad(node!, what, 'an arc is not minimal')
    if (large !== undefined || arc > ARC_MAX) large = ((large ?? BigInt(arc)) << 7n) | BigInt(byte & 0x7f)
    else arc = arc * 128 + (byte & 0x7f)
    fresh = byte < 0x80
    if (!fresh) continue
    dotted = dotted === '' ? headOf(large ?? arc) : `${dotted}.${large ?? arc}`
    arc = 0
    large = undefined
  }
  if (dotted === '' || !fresh) throw bad(node!, what, 'a cut object identifier')
  return dotted
}

/** Seven bits more than this are still a number that JavaScript holds exactly. */
const ARC_MAX = 2 ** 45

/** The first two arcs, which are written as one (X.690, 8.19.4). */
function headOf(head: number | bigint): string {
  if (typeof head === 'bigint') return `2.${head - 80n}`
  const first = Math.min(2, Math.floor(head / 40))
  return `${first}.${head - first * 40}`
}

export function readBoolean(node: DerNode | undefined, what: string): boolean {
  const { content } = expectTag(node, what, TAG.boolean)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw bad(node!, what, 'no DER boolean')
  return content[0] === 0xff
}

/** A BIT STRING of whole bytes: keys and signatures. */
export function readBitBytes(node: DerNode | undefined, what: string): Uint8Array {
  const { content } = expectTag(node, what, TAG.bitString)
  if (content[0] !== 0) throw bad(node!, what, 'not a bit string of whole bytes')
  return content.slice(1)
}

export const readOctets = (node: DerNode | undefined, what: string): Uint8Array =>
  expectTag(node, what, TAG.octetString).content.slice()

/** Any string type of X.520; a NUL, which old clients send, is kept. */
export function readText(node: DerNode | undefined, what: string): string {
  const { tag, content } = present(node, what)
  const bytes = Buffer.from(content)
  switch (tag) {
    case TAG.utf8String:
      return fatalUtf8(node!, what, bytes)
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.teletexString:
      return bytes.toString('latin1')
    case TAG.bmpString:
      if (bytes.length % 2 !== 0) throw bad(node!, what, 'half a character')
      return bytes.swap16().toString('utf16le')
    default:
      throw wrongType(node!, what)
  }
}

/** UTCTime (1950 to 2049) or GeneralizedTime, in the one form that RFC 5280 section 4.1.2.5 allows. */
export function readTime(node: DerNode | undefined, what: string): Date {
  const { tag, content } = present(node, what)
  if (tag !== TAG.utcTime && tag !== TAG.generalizedTime) throw wrongType(node!, what)
  const text = Buffer.from(content).toString('latin1')
  const century = tag === TAG.generalizedTime ? '' : Number(text.slice(0, 2)) < 50 ? '20' : '19'
  const iso = `${century}${text}`.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z')
  const time = new Date(iso)
  // A Date turns 31 February into March; the text has to come out as it went in.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== iso) throw bad(node!, what, 'no time')
  return time
}

export function expectTag(node: DerNode | undefined, what: string, tag: number): DerNode {
  const found = present(node, what)
  if (found.tag !== tag) {
    throw new DecodeError(
      'ERR_DER_TYPE',
      `byte ${found.offset}: ${what} is not of type ${hex(tag)}: it is ${hex(found.tag)}`,
    )
  }
  return found
}

function present(node: DerNode | undefined, what: string): DerNode {
  if (node === undefined) throw new DecodeError('ERR_DER_MISSING', `${what} is missing`)
  return node
}

function fatalUtf8(node: DerNode, what: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new DecodeError('ERR_DER_VALUE', `byte ${node.offset}: ${what}: not UTF-8`, { cause: error })
  }
}

const bad = (node: DerNode, what: string, text: string): DecodeError =>
  new DecodeError('ERR_DER_VALUE', `byte ${node.offset}: ${what}: ${text}`)

const wrongType = (node: DerNode, what: string): DecodeError =>
  new DecodeError('ERR_DER_TYPE', `byte ${node.offset}: ${what} cannot be of type ${hex(node.tag)}`)

const hex = (tag: number): string => `0x${tag.toString(16)}`
