import { createHash } from 'node:crypto'
import { join, sized, type TpmReader, u32 } from '../../../protocols/tpm/bytes.ts'
import { ALG, CC, RH, SHA256_SIZE, ST } from '../../../protocols/tpm/constants.ts'
import { encodeTicket } from '../../../protocols/tpm/creation-data.ts'
import { ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { anEntity, aPolicySession, entityName, oneOf } from '../handles.ts'
import { refuseUnless } from '../refusal.ts'
import type { CommandSpec } from './command.ts'

const NONCE_MIN = 16
const KINDS = new Map([
  [0x00, 'hmac'],
  [0x01, 'policy'],
  [0x03, 'trial'],
] as const)

/** Part 3, 11.1. Sessions are neither salted nor bound, and encrypt no parameters. */
export const startAuthSession: CommandSpec = {
  handles: [{ takes: oneOf(RH.NULL) }, { takes: oneOf(RH.NULL) }],
  run({ state, parameters }) {
    const nonceCaller = parameters.next((reader) => reader.sized())
    const salt = parameters.next((reader) => reader.sized())
    const kind = KINDS.get(parameters.next((reader) => reader.u8()) as 0 | 1 | 3)
    const symmetric = parameters.next(readSymmetric)
    const hash = parameters.next((reader) => reader.u16())
    parameters.end()
    refuseUnless(nonceCaller.length >= NONCE_MIN && nonceCaller.length <= SHA256_SIZE, ofParameter(RC.SIZE, 1))
    refuseUnless(salt.length === 0, ofParameter(RC.VALUE, 2))
    refuseUnless(kind !== undefined, ofParameter(RC.VALUE, 3))
    refuseUnless(symmetric === ALG.NULL || symmetric === ALG.AES, ofParameter(RC.SYMMETRIC, 4))
    refuseUnless(hash === ALG.SHA256, ofParameter(RC.HASH, 5))
    const nonceTpm = state.random(nonceCaller.length)
    const handle = state.openSession({ kind, nonceTpm, policyDigest: new Uint8Array(SHA256_SIZE) })
    return { handle, parameters: sized(nonceTpm) }
  },
}

/** TPMT_SYM_DEF. */
function readSymmetric(reader: TpmReader): number {
  const algorithm = reader.u16()
  if (algorithm !== ALG.NULL) reader.bytes(4)
  return algorithm
}

/** Part 3, 23.4. Without expiry, and so without a ticket. */
export const policySecret: CommandSpec = {
  handles: [{ takes: anEntity, role: 'user' }, { takes: aPolicySession }],
  run({ state, handles, parameters }) {
    const [entity, sessionHandle] = handles as [number, number]
    const session = state.sessions.get(sessionHandle)!
    const nonceTpm = parameters.next((reader) => reader.sized())
    const cpHash = parameters.next((reader) => reader.sized())
    const policyRef = parameters.next((reader) => reader.sized())
    const expiration = parameters.next((reader) => reader.u32())
    parameters.end()
    const isFresh = nonceTpm.length === 0 || Buffer.compare(nonceTpm, session.nonceTpm) === 0
    refuseUnless(isFresh, ofParameter(RC.NONCE, 1))
    refuseUnless(cpHash.length === 0, ofParameter(RC.SIZE, 2))
    refuseUnless(expiration === 0, ofParameter(RC.VALUE, 4))
    // Part 3, 23.2.3: what is done by whom, then the reference.
    const step = sha256(session.policyDigest, u32(CC.PolicySecret), entityName(state, entity))
    session.policyDigest = sha256(step, policyRef)
    const ticket = { tag: ST.AUTH_SECRET, hierarchy: RH.NULL, digest: new Uint8Array(0) }
    return { parameters: join(sized(), encodeTicket(ticket)) }
  },
}

/** Part 3, 23.19. */
export const policyGetDigest: CommandSpec = {
  handles: [{ takes: aPolicySession }],
  run({ state, handles, parameters }) {
    parameters.end()
    return { parameters: sized(state.sessions.get(handles[0]!)!.policyDigest) }
  },
}

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(join(...parts))
      .digest(),
  )
