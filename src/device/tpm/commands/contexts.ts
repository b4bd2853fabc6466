import { createHmac, timingSafeEqual } from 'node:crypto'
import { join, sized, TpmReader, u8, u32, u64 } from '../../../protocols/tpm/bytes.ts'
import { HANDLE_RANGE, RH } from '../../../protocols/tpm/constants.ts'
import { ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { encodePublic, readPublic } from '../../../protocols/tpm/tpmt-public.ts'
import { aContext, kindOf } from '../handles.ts'
import { refuseUnless } from '../refusal.ts'
import type { Session, TpmState } from '../state.ts'
import type { CommandSpec } from './command.ts'

const KINDS: readonly Session['kind'][] = ['hmac', 'policy', 'trial']

/**
 * Part 3, 28.2. A saved key holds no secret: its template and its hierarchy make it again. A saved session leaves the TPM's
 * memory, a saved object stays.
 */
export const contextSave: CommandSpec = {
  handles: [{ takes: aContext }],
  isAlone: true,
  run({ state, handles, parameters }) {
    const [handle] = handles as [number]
    parameters.end()
    const object = state.transient.get(handle)
    if (object) {
      const content = join(sized(object.auth), encodePublic(object.template))
      return { parameters: contextOf(state, HANDLE_RANGE.transient, object.hierarchy, content) }
    }
    const session = state.sessions.get(handle)!
    state.sessions.delete(handle)
    const content = join(u8(KINDS.indexOf(session.kind)), sized(session.nonceTpm), session.policyDigest)
    return { parameters: contextOf(state, handle, RH.NULL, content) }
  },
}

/** Part 3, 28.3. */
export const contextLoad: CommandSpec = {
  handles: [],
  isAlone: true,
  run({ state, parameters }) {
    const context = parameters.next((reader) => ({
      sequence: reader.u64(),
      handle: reader.u32(),
      hierarchy: reader.u32(),
      blob: reader.sized(),
    }))
    parameters.end()
    const { handle, hierarchy, blob } = context
    const isWhole = blob.length > 32
    refuseUnless(isWhole, ofParameter(RC.SIZE, 1))
    const content = blob.slice(32)
    const expected = integrityOf(state, handle, hierarchy, content)
    refuseUnless(timingSafeEqual(blob.slice(0, 32), expected), ofParameter(RC.INTEGRITY, 1))
    const reader = new TpmReader(content, 'a context')
    if (kindOf(handle) === 'transient') {
      const auth = reader.sized()
      return { handle: state.load(state.primary(hierarchy, readPublic(reader), auth)) }
    }
    refuseUnless(!state.sessions.has(handle), ofParameter(RC.HANDLE, 1))
    const kind = KINDS[reader.u8()]!
    return { handle: state.openSession({ kind, nonceTpm: reader.sized(), policyDigest: reader.rest() }, handle) }
  },
}

/** TPMS_CONTEXT (Part 2, 14.5). */
const contextOf = (state: TpmState, handle: number, hierarchy: number, content: Uint8Array): Uint8Array =>
  join(u64(1n), u32(handle), u32(hierarchy), sized(integrityOf(state, handle, hierarchy, content), content))

const integrityOf = (state: TpmState, handle: number, hierarchy: number, content: Uint8Array): Uint8Array =>
  new Uint8Array(
    createHmac('sha256', state.proof(hierarchy)).update(u32(handle)).update(u32(hierarchy)).update(content).digest(),
  )
