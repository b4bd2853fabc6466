import { createHmac } from 'node:crypto'
import { join, sized, u16, u32 } from '../../../protocols/tpm/bytes.ts'
import { ALG, CURVE, OBJECT, RH, SHA256_SIZE, ST } from '../../../protocols/tpm/constants.ts'
import { creationHash, encodeCreationData, encodeTicket, type Ticket } from '../../../protocols/tpm/creation-data.ts'
import { type PcrSelection, pcrDigest, readPcrSelections } from '../../../protocols/tpm/pcr.ts'
import { ofHandle, ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { readPublic as readPublicArea, type TpmPublic } from '../../../protocols/tpm/tpmt-public.ts'
import { aHierarchy, anObject, kindOf, oneOf } from '../handles.ts'
import { refuseUnless, TpmRefusal } from '../refusal.ts'
import type { TpmState } from '../state.ts'
import type { CommandSpec } from './command.ts'

const LOCALITY_ZERO = 0x01

/** Part 3, 24.1. The object's key follows from the hierarchy's seed and the template. */
export const createPrimary: CommandSpec = {
  handles: [{ takes: aHierarchy, role: 'user' }],
  run({ state, handles, parameters }) {
    const [hierarchy] = handles as [number]
    const sensitive = parameters.nextSized((reader) => ({ auth: reader.sized(), data: reader.sized() }))
    const template = parameters.nextSized(readPublicArea)
    const outsideInfo = parameters.next((reader) => reader.sized())
    const selections = parameters.next(readPcrSelections)
    parameters.end()
    refuseUnless(sensitive.data.length === 0, ofParameter(RC.ATTRIBUTES, 1))
    refuseUnless(sensitive.auth.length <= SHA256_SIZE, ofParameter(RC.SIZE, 1))
    checkTemplate(template)

    const object = state.primary(hierarchy, template, sensitive.auth)
    const handle = state.load(object)
    const creationData = encodeCreationData({
      selections,
      pcrDigest: pcrDigest(selectedValues(state, selections)),
      locality: LOCALITY_ZERO,
      parentNameAlg: ALG.NULL,
      parentName: u32(hierarchy),
      parentQualifiedName: u32(hierarchy),
      outsideInfo,
    })
    const hash = creationHash(creationData)
    const ticket = creationTicket(state, hierarchy, object.name, hash)
    return {
      handle,
      parameters: join(
        sized(object.publicArea),
        sized(creationData),
        sized(hash),
        encodeTicket(ticket),
        sized(object.name),
      ),
    }
  },
}

/** Part 2, 10.7.3: proof that this TPM has made the object. */
export function creationTicket(state: TpmState, hierarchy: number, name: Uint8Array, hash: Uint8Array): Ticket {
  const digest = createHmac('sha256', state.proof(hierarchy))
    .update(u16(ST.CREATION))
    .update(name)
    .update(hash)
    .digest()
  return { tag: ST.CREATION, hierarchy, digest: new Uint8Array(digest) }
}

/** The values that a selection means, of the one bank that there is. */
export const selectedValues = (state: TpmState, selections: readonly PcrSelection[]): Uint8Array[] =>
  selections.flatMap(({ hash, pcrs }) => (hash === ALG.SHA256 ? pcrs.map((pcr) => state.pcrs[pcr]!) : []))

/** Part 3, 12.1.1, as far as it concerns asymmetric primary keys. */
function checkTemplate(template: TpmPublic): void {
  const refuse = (condition: boolean, code: number) => refuseUnless(condition, ofParameter(code, 2))
  const has = (bit: number) => (template.attributes & bit) !== 0
  const known = Object.values(OBJECT).reduce((bits, bit) => bits | bit, 0)
  refuse((template.attributes & ~known) === 0, RC.RESERVED_BITS)
  refuse(template.nameAlg === ALG.SHA256, RC.HASH)
  refuse([0, SHA256_SIZE].includes(template.authPolicy.length), RC.SIZE)
  refuse(has(OBJECT.fixedTPM) === has(OBJECT.fixedParent), RC.ATTRIBUTES)
  refuse(has(OBJECT.sensitiveDataOrigin), RC.ATTRIBUTES)
  refuse(has(OBJECT.sign) || has(OBJECT.decrypt), RC.ATTRIBUTES)
  const isRestricted = has(OBJECT.restricted)
  refuse(!(isRestricted && has(OBJECT.sign) && has(OBJECT.decrypt)), RC.ATTRIBUTES)
  if (template.type === 'rsa') {
    refuse(template.keyBits === 2048, RC.VALUE)
    // Found when the key is made, and so about no parameter.
    refuseUnless(template.exponent === 0 || template.exponent === 65_537, RC.RANGE)
    refuse(template.unique.length <= 256, RC.SIZE)
  } else {
    refuse(template.curve === CURVE.P256, RC.CURVE)
    refuse(template.kdf === null, RC.KDF)
    // An ECDSA signature needs chance, and a run has to be the same each time.
    refuse(!has(OBJECT.sign), RC.SCHEME)
  }
  const isParent = isRestricted && has(OBJECT.decrypt)
  refuse(!isParent || isAes128(template), RC.SYMMETRIC)
  refuse(isParent || template.symmetric === null, RC.SYMMETRIC)
  refuse(!isParent || template.scheme === null, RC.SCHEME)
  refuse(!(isRestricted && has(OBJECT.sign)) || template.scheme !== null, RC.SCHEME)
  refuse(template.scheme === null || isOurs(template.scheme), RC.SCHEME)
}

const isAes128 = ({ symmetric }: TpmPublic): boolean =>
  symmetric !== null && symmetric.algorithm === ALG.AES && symmetric.keyBits === 128 && symmetric.mode === ALG.CFB

const isOurs = ({ algorithm, hash }: { algorithm: number; hash: number }): boolean =>
  algorithm === ALG.RSASSA && hash === ALG.SHA256

/** Part 3, 12.4. */
export const readPublic: CommandSpec = {
  handles: [{ takes: anObject }],
  run({ state, handles, parameters }) {
    parameters.end()
    const { publicArea, name, qualifiedName } = state.objectAt(handles[0]!)!
    return { parameters: join(sized(publicArea), sized(name), sized(qualifiedName)) }
  },
}

/** Part 3, 28.5: keeps a copy of a transient object, or forgets a persistent one. */
export const evictControl: CommandSpec = {
  handles: [{ takes: oneOf(RH.OWNER, RH.PLATFORM), role: 'user' }, { takes: anObject }],
  run({ state, handles, parameters }) {
    const [authority, handle] = handles as [number, number]
    const target = parameters.next((reader) => reader.u32())
    parameters.end()
    refuseUnless(kindOf(target) === 'persistent', ofParameter(RC.VALUE, 1))
    // Part 2, 7.8: the upper half is the platform's.
    const isPlatform = (target & 0x0080_0000) !== 0
    refuseUnless(isPlatform === (authority === RH.PLATFORM), ofParameter(RC.RANGE, 1))
    if (kindOf(handle) === 'persistent') {
      refuseUnless(handle === target, ofHandle(RC.HANDLE, 2))
      state.persistent.delete(target)
      return
    }
    const object = state.transient.get(handle)!
    const isPlatformKey = object.hierarchy === RH.PLATFORM
    refuseUnless(object.hierarchy !== RH.NULL && isPlatformKey === isPlatform, ofHandle(RC.HIERARCHY, 2))
    refuseUnless(!state.persistent.has(target), RC.NV_DEFINED)
    state.persistent.set(target, object)
  },
}

/** Part 3, 28.4. The handle is a parameter here. */
export const flushContext: CommandSpec = {
  handles: [],
  isAlone: true,
  run({ state, parameters }) {
    const handle = parameters.next((reader) => reader.u32())
    parameters.end()
    if (state.transient.delete(handle) || state.sessions.delete(handle)) return
    const isTransient = kindOf(handle) === 'transient'
    const isSession = kindOf(handle) === 'hmacSession' || kindOf(handle) === 'policySession'
    throw new TpmRefusal(ofParameter(isTransient || isSession ? RC.HANDLE : RC.VALUE, 1))
  },
}
