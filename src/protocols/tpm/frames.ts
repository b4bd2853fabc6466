import { DecodeError } from '../../domain/trouble.ts'
import { join, readWhole, sized, TpmReader, u8, u16, u32 } from './bytes.ts'
import { RH, ST } from './constants.ts'

/** One entry of a command's authorization area: TPMS_AUTH_COMMAND (TPM 2.0 Library, Part 2, 10.13.2). */
export interface CommandAuth {
  session: number
  nonceCaller: Uint8Array
  /** TPMA_SESSION. */
  attributes: number
  /** An HMAC, or a password in plain text. */
  hmac: Uint8Array
}

/** TPMS_AUTH_RESPONSE (Part 2, 10.13.3). */
export interface ResponseAuth {
  nonceTpm: Uint8Array
  attributes: number
  hmac: Uint8Array
}

export interface Command {
  code: number
  handles: readonly number[]
  auths: readonly CommandAuth[]
  parameters: Uint8Array
}

export interface Response {
  code: number
  handle?: number
  parameters: Uint8Array
  auths: ResponseAuth[]
}

const NONE = new Uint8Array(0)
const HEADER = 10

/** A password in place of a session: the empty one unless another is given. */
export const password = (text: string | Uint8Array = NONE): CommandAuth => ({
  session: RH.PASSWORD,
  nonceCaller: NONE,
  attributes: 0x01,
  hmac: typeof text === 'string' ? new TextEncoder().encode(text) : text,
})

/** A command as bytes (Part 1, 18). */
export function encodeCommand({ code, handles, auths, parameters }: Command): Uint8Array {
  const area = join(
    ...auths.map((auth) => join(u32(auth.session), sized(auth.nonceCaller), u8(auth.attributes), sized(auth.hmac))),
  )
  const body = join(...handles.map(u32), ...(auths.length > 0 ? [u32(area.length), area] : []), parameters)
  const tag = auths.length > 0 ? ST.SESSIONS : ST.NO_SESSIONS
  return join(u16(tag), u32(HEADER + body.length), u32(code), body)
}

/**
 * A response as bytes. Whether a handle comes first depends on the command, so the caller says it. `ERR_TPM_…` on malformed
 * input, `ERR_TPM_TAG` and `ERR_TPM_SIZE` on a bad header.
 */
export function decodeResponse(bytes: Uint8Array, hasHandle = false): Response {
  return readWhole(bytes, 'a TPM response', (reader) => {
    const tag = reader.u16()
    if (tag !== ST.NO_SESSIONS && tag !== ST.SESSIONS && tag !== ST.RSP_COMMAND) {
      throw reader.trouble('ERR_TPM_TAG', `0x${tag.toString(16)} is no tag of a response`, 2)
    }
    if (reader.u32() !== bytes.length) throw reader.trouble('ERR_TPM_SIZE', 'the size is not that of the response', 4)
    const code = reader.u32()
    if (code !== 0) return { code, parameters: reader.rest(), auths: [] }
    const handle = hasHandle ? { handle: reader.u32() } : {}
    if (tag === ST.NO_SESSIONS) return { code, ...handle, parameters: reader.rest(), auths: [] }
    const parameters = reader.bytes(reader.u32())
    const auths: ResponseAuth[] = []
    while (reader.remaining > 0) {
      auths.push({ nonceTpm: reader.sized(), attributes: reader.u8(), hmac: reader.sized() })
    }
    return { code, ...handle, parameters, auths }
  })
}

export function encodeResponse(response: Response): Uint8Array {
  const { code, handle, parameters, auths } = response
  if (code !== 0) return join(u16(ST.NO_SESSIONS), u32(HEADER), u32(code))
  const withSessions = auths.length > 0
  const areas = auths.map(({ nonceTpm, attributes, hmac }) => join(sized(nonceTpm), u8(attributes), sized(hmac)))
  const body = join(
    ...(handle === undefined ? [] : [u32(handle)]),
    ...(withSessions ? [u32(parameters.length)] : []),
    parameters,
    ...areas,
  )
  return join(u16(withSessions ? ST.SESSIONS : ST.NO_SESSIONS), u32(HEADER + body.length), u32(0), body)
}

/** The authorization area of a command: one entry at least, three at most. `ERR_TPM_…` when it does not fit together. */
export function readAuthArea(reader: TpmReader): CommandAuth[] {
  const area = new TpmReader(reader.bytes(reader.u32()), 'an authorization area')
  const auths: CommandAuth[] = []
  while (area.remaining > 0) {
    if (auths.length === 3) throw area.trouble('ERR_TPM_SIZE', 'more than three sessions')
    auths.push({
      session: area.u32(),
      nonceCaller: area.sized(),
      attributes: area.u8(),
      hmac: area.sized(),
    })
  }
  return auths
}

/** Size of the first message in a stream, or undefined while its header is not whole. `ERR_TPM_SIZE` under 10 or over 4096. */
export function messageSize(stream: Uint8Array): number | undefined {
  if (stream.length < 6) return undefined
  const size = new TpmReader(stream.slice(2, 6), 'a TPM header').u32()
  if (size < HEADER || size > MESSAGE_MAX) throw new DecodeError('ERR_TPM_SIZE', `byte 2: a message of ${size} bytes`)
  return size
}

const MESSAGE_MAX = 4096

const SEND_COMMAND = 8

/** What the Microsoft simulator, and swtpm on demand, expect before a command: `TPM_SEND_COMMAND`, locality, length. */
export const encodeSimulatorCommand = (command: Uint8Array, locality = 0): Uint8Array =>
  join(u32(SEND_COMMAND), u8(locality), u32(command.length), command)

/** Length, response and a zero word. `ERR_TPM_…` on anything else. */
export const decodeSimulatorResponse = (bytes: Uint8Array): Uint8Array =>
  readWhole(bytes, 'a simulator response', (reader) => {
    const response = reader.bytes(reader.u32())
    if (reader.u32() !== 0) throw reader.trouble('ERR_TPM_VALUE', 'the closing word is not zero', 4)
    return response
  })
