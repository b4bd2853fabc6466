import { sign } from 'node:crypto'
import { type Attested, type ClockInfo, encodeAttest } from '../../../protocols/tpm/attest.ts'
import { join, sized, u32 } from '../../../protocols/tpm/bytes.ts'
import { ALG, OBJECT, RH, ST } from '../../../protocols/tpm/constants.ts'
import { readTicket } from '../../../protocols/tpm/creation-data.ts'
import { kdfa } from '../../../protocols/tpm/kdf.ts'
import { pcrDigest, readPcrSelections } from '../../../protocols/tpm/pcr.ts'
import { ofHandle, ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { encodeSignature } from '../../../protocols/tpm/signature.ts'
import { readScheme, type Scheme } from '../../../protocols/tpm/tpmt-public.ts'
import { anObject } from '../handles.ts'
import { refuseUnless, TpmRefusal } from '../refusal.ts'
import type { TpmObject, TpmState } from '../state.ts'
import type { CommandSpec } from './command.ts'
import { creationTicket, selectedValues } from './objects.ts'

/** Part 3, 18.3: this key, that key was made in this TPM with these data. */
export const certifyCreation: CommandSpec = {
  handles: [{ takes: anObject, role: 'user' }, { takes: anObject }],
  run({ state, handles, parameters }) {
    const [signer, object] = [state.objectAt(handles[0]!)!, state.objectAt(handles[1]!)!]
    const extraData = parameters.next((reader) => reader.sized())
    const creationHash = parameters.next((reader) => reader.sized())
    const scheme = parameters.next(readScheme)
    const ticket = parameters.next(readTicket)
    parameters.end()
    checkSigner(signer, 1, scheme, 3)
    refuseUnless(ticket.tag === ST.CREATION, ofParameter(RC.TAG, 4))
    const expected = creationTicket(state, ticket.hierarchy, object.name, creationHash)
    refuseUnless(Buffer.compare(expected.digest, ticket.digest) === 0, ofParameter(RC.TICKET, 4))
    return signed(state, signer, extraData, { kind: 'creation', objectName: object.name, creationHash })
  },
}

/** Part 3, 18.2: this key, that key is in this TPM. */
export const certify: CommandSpec = {
  handles: [
    { takes: anObject, role: 'admin' },
    { takes: anObject, role: 'user' },
  ],
  run({ state, handles, parameters }) {
    const [object, signer] = [state.objectAt(handles[0]!)!, state.objectAt(handles[1]!)!]
    const extraData = parameters.next((reader) => reader.sized())
    const scheme = parameters.next(readScheme)
    parameters.end()
    checkSigner(signer, 2, scheme, 2)
    const { name, qualifiedName } = object
    return signed(state, signer, extraData, { kind: 'certify', name, qualifiedName })
  },
}

/** Part 3, 18.4: this key, these registers. */
export const quote: CommandSpec = {
  handles: [{ takes: anObject, role: 'user' }],
  run({ state, handles, parameters }) {
    const signer = state.objectAt(handles[0]!)!
    const extraData = parameters.next((reader) => reader.sized())
    const scheme = parameters.next(readScheme)
    const asked = parameters.next(readPcrSelections)
    parameters.end()
    checkSigner(signer, 1, scheme, 2)
    // A bank that is not there has no registers.
    const selections = asked.map(({ hash, pcrs }) => ({ hash, pcrs: hash === ALG.SHA256 ? pcrs : [] }))
    const values = selectedValues(state, selections)
    return signed(state, signer, extraData, { kind: 'quote', selections, pcrDigest: pcrDigest(values) })
  },
}

function checkSigner({ key }: TpmObject, handle: number, asked: Scheme, parameter: number): void {
  refuseUnless((key.area.attributes & OBJECT.sign) !== 0, ofHandle(RC.KEY, handle))
  const own = key.area.scheme
  const isSame = (a: Scheme, b: Scheme) => a?.algorithm === b?.algorithm && a?.hash === b?.hash
  refuseUnless(own === null || asked === null || isSame(own, asked), ofParameter(RC.SCHEME, parameter))
  const chosen = own ?? asked
  const isOurs = chosen?.algorithm === ALG.RSASSA && chosen.hash === ALG.SHA256
  refuseUnless(isOurs, ofParameter(RC.SCHEME, parameter))
}

function signed(state: TpmState, signer: TpmObject, extraData: Uint8Array, attested: Attested) {
  if (signer.key.type !== 'rsa') throw new TpmRefusal(RC.SCHEME)
  const { firmware } = state.facts
  const { clockInfo, firmwareVersion } = obfuscated(state, signer, {
    clockInfo: { clock: BigInt(Math.max(0, state.clock())), resetCount: state.resetCount, restartCount: 0, safe: true },
    firmwareVersion: (BigInt(firmware[0]) << 32n) | BigInt(firmware[1]),
  })
  const attest = encodeAttest({
    qualifiedSigner: signer.qualifiedName,
    extraData,
    clockInfo,
    firmwareVersion,
    attested,
  })
  const signature = new Uint8Array(sign('sha256', attest, signer.key.key))
  return {
    parameters: join(sized(attest), encodeSignature({ algorithm: ALG.RSASSA, hash: ALG.SHA256, signature })),
  }
}

interface Told {
  clockInfo: ClockInfo
  firmwareVersion: bigint
}

/** Part 1, 36: to the owner's keys a TPM tells its firmware and its counts with an offset that is theirs alone. */
function obfuscated(state: TpmState, { hierarchy, qualifiedName }: TpmObject, told: Told): Told {
  if (hierarchy === RH.ENDORSEMENT || hierarchy === RH.PLATFORM) return told
  const offsets = Buffer.from(kdfa(state.proof(RH.OWNER), 'OBFUSCATE', qualifiedName, u32(0), 128))
  const { clockInfo, firmwareVersion } = told
  return {
    firmwareVersion: BigInt.asUintN(64, firmwareVersion + offsets.readBigUInt64BE(0)),
    clockInfo: {
      ...clockInfo,
      resetCount: (clockInfo.resetCount + offsets.readUInt32BE(8)) >>> 0,
      restartCount: (clockInfo.restartCount + offsets.readUInt32BE(12)) >>> 0,
    },
  }
}
