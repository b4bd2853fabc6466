import { DecodeError } from '../../domain/trouble.ts'
import { CONSTRUCTED } from './tags.ts'

/** One value: its identifier octet, its bytes, and the values inside when it is constructed. */
export interface DerNode {
  /** Identifier octet, for example 0x30 or 0xa0. */
  tag: number
  /** Content octets, without identifier and length. */
  content: Uint8Array
  /** The whole encoding: what a signature covers. */
  raw: Uint8Array
  /** Where it begins in the input. */
  offset: number
  children: DerNode[]
}

const DEPTH_MAX = 32

/** Lengths of up to 4 GiB; nothing here comes near. */
const LENGTH_OCTETS_MAX = 4

/**
 * The one value that the input is, as a tree (X.690 with the restrictions of section 10). Malformed input is a
 * DecodeError that names the byte: `ERR_DER_TRUNCATED`, `ERR_DER_TAG` (a tag number over 30), `ERR_DER_LENGTH`
 * (indefinite, not minimal, or too long), `ERR_DER_DEPTH` (over 32 levels) or `ERR_DER_TRAILING`.
 */
export function readDer(input: Uint8Array): DerNode {
  const node = readNode(input, 0, input.length, 1)
  if (node.raw.length !== input.length) throw trouble('ERR_DER_TRAILING', node.raw.length, 'bytes follow the value')
  return node
}

function readNode(input: Uint8Array, offset: number, end: number, depth: number): DerNode {
  if (depth > DEPTH_MAX) throw trouble('ERR_DER_DEPTH', offset, `more than ${DEPTH_MAX} levels`)
  if (offset + 2 > end) throw trouble('ERR_DER_TRUNCATED', offset, 'no room for an identifier and a length')
  const tag = input[offset]!
  if ((tag & 0x1f) === 0x1f) throw trouble('ERR_DER_TAG', offset, 'a tag number over 30')

  const { length, size } = readLength(input, offset + 1, end)
  const start = offset + 1 + size
  if (length > end - start) throw trouble('ERR_DER_TRUNCATED', offset, `${length} bytes do not fit before byte ${end}`)
  const stop = start + length
  return {
    tag,
    content: input.subarray(start, stop),
    raw: input.subarray(offset, stop),
    offset,
    children: (tag & CONSTRUCTED) === 0 ? [] : readChildren(input, start, stop, depth + 1),
  }
}

function readChildren(input: Uint8Array, start: number, end: number, depth: number): DerNode[] {
  const children: DerNode[] = []
  for (let offset = start; offset < end; ) {
    const child = readNode(input, offset, end, depth)
    children.push(child)
    offset += child.raw.length
  }
  return children
}

function readLength(input: Uint8Array, offset: number, end: number): { length: number; size: number } {
  const first = input[offset]!
  if (first < 0x80) return { length: first, size: 1 }
  const octets = first & 0x7f
  if (octets === 0) throw trouble('ERR_DER_LENGTH', offset, 'an indefinite length')
  if (octets > LENGTH_OCTETS_MAX) throw trouble('ERR_DER_LENGTH', offset, `a length of ${octets} octets`)
  if (offset + 1 + octets > end) throw trouble('ERR_DER_TRUNCATED', offset, 'the length is cut')
  const length = input.subarray(offset + 1, offset + 1 + octets).reduce((sum, octet) => sum * 256 + octet, 0)
  if (length < 0x80 || length < 256 ** (octets - 1)) throw trouble('ERR_DER_LENGTH', offset, 'a length is not minimal')
  return { length, size: 1 + octets }
}

const trouble = (code: string, offset: number, text: string): DecodeError =>
  new DecodeError(code, `byte ${offset}: ${text}`)
