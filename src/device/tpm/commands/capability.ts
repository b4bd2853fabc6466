import { tpmVendor } from '../../../domain/tpm-vendors.ts'
import { join, list, u8, u16, u32 } from '../../../protocols/tpm/bytes.ts'
import { ALG, CAP, CC, CURVE, PT, SHA256_SIZE } from '../../../protocols/tpm/constants.ts'
import { encodePcrSelections } from '../../../protocols/tpm/pcr.ts'
import { ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { TpmRefusal } from '../refusal.ts'
import { LOCKOUT, PCR_COUNT, SLOTS, type TpmState } from '../state.ts'
import type { CommandSpec } from './command.ts'

/** TPMA_ALGORITHM (Part 2, 8.2). */
const ALGORITHMS: readonly (readonly [number, number])[] = [
  [ALG.RSA, 0x0009],
  [ALG.HMAC, 0x0104],
  [ALG.AES, 0x0002],
  [ALG.SHA256, 0x0004],
  [ALG.RSASSA, 0x0101],
  [ALG.OAEP, 0x0204],
  [ALG.ECDH, 0x0401],
  [ALG.KDF1_SP800_56A, 0x0404],
  [ALG.KDF1_SP800_108, 0x0404],
  [ALG.ECC, 0x0009],
  [ALG.CFB, 0x0202],
]

const FAMILY_2_0 = 0x322e_3000
/** `SIM`. */
const VENDOR_STRING = 0x5349_4d00

/** TPMA_PERMANENT: the endorsement hierarchy was made by the TPM; bit 9 is inLockout. */
const EPS_FROM_TPM = 0x400
const IN_LOCKOUT = 0x200

/** Part 3, 30.2. */
export const getCapability: CommandSpec = {
  handles: [],
  run({ state, parameters }) {
    const capability = parameters.next((reader) => reader.u32())
    const property = parameters.next((reader) => reader.u32())
    const count = parameters.next((reader) => reader.u32())
    parameters.end()
    const { isMore, data } = answer(state, capability, property, count)
    return { parameters: join(u8(isMore ? 1 : 0), u32(capability), data) }
  },
}

function answer(state: TpmState, capability: number, property: number, count: number) {
  const listed = <Entry>(entries: readonly (readonly [number, Entry])[], write: (entry: Entry) => Uint8Array) => {
    const following = entries.filter(([key]) => key >= property)
    const shown = following.slice(0, count)
    return { isMore: shown.length < following.length, data: list(shown.map(([, entry]) => write(entry))) }
  }
  switch (capability) {
    case CAP.ALGS:
      return listed(
        ALGORITHMS.map((entry) => [entry[0], entry] as const),
        ([id, attributes]) => join(u16(id), u32(attributes)),
      )
    case CAP.HANDLES:
      return listed(
        handlesOf(state, property).map((handle) => [handle, handle] as const),
        u32,
      )
    case CAP.COMMANDS:
      return listed(
        Object.values(CC)
          .sort((a, b) => a - b)
          .map((code) => [code, code] as const),
        u32,
      )
    case CAP.PCRS:
      return {
        isMore: false,
        data: encodePcrSelections([{ hash: ALG.SHA256, pcrs: Array.from({ length: PCR_COUNT }, (_, pcr) => pcr) }]),
      }
    case CAP.TPM_PROPERTIES:
      return listed(
        propertiesOf(state).map((entry) => [entry[0], entry] as const),
        ([id, value]) => join(u32(id), u32(value)),
      )
    case CAP.ECC_CURVES:
      return listed([[CURVE.P256, CURVE.P256]], u16)
    default:
      throw new TpmRefusal(ofParameter(RC.VALUE, 1))
  }
}

/** The handles of the range that a property lies in. */
function handlesOf(state: TpmState, property: number): number[] {
  const range = (property >>> 24) & 0xff
  const all = [...state.nv.keys(), ...state.sessions.keys(), ...state.transient.keys(), ...state.persistent.keys()]
  const pcrs = Array.from({ length: PCR_COUNT }, (_, pcr) => pcr)
  return [...pcrs, ...all].filter((handle) => handle >>> 24 === range).sort((a, b) => a - b)
}

function propertiesOf(state: TpmState): (readonly [number, number])[] {
  const { specification, vendor, firmware } = state.facts
  const [major, minor] = specification.revision.split('.')
  return [
    [PT.FAMILY_INDICATOR, FAMILY_2_0],
    [PT.LEVEL, specification.level],
    [PT.REVISION, Number(major) * 100 + Number(minor)],
    [PT.MANUFACTURER, tpmVendor(vendor).word],
    [PT.VENDOR_STRING_1, VENDOR_STRING],
    [PT.FIRMWARE_VERSION_1, firmware[0]],
    [PT.FIRMWARE_VERSION_2, firmware[1]],
    [PT.INPUT_BUFFER, 1024],
    [PT.HR_TRANSIENT_MIN, SLOTS],
    [PT.HR_PERSISTENT_MIN, 7],
    [PT.HR_LOADED_MIN, SLOTS],
    [PT.ACTIVE_SESSIONS_MAX, 64],
    [PT.PCR_COUNT, PCR_COUNT],
    [PT.PCR_SELECT_MIN, 3],
    [PT.CONTEXT_GAP_MAX, 0xffff],
    [PT.NV_INDEX_MAX, 2048],
    [PT.CONTEXT_HASH, ALG.SHA256],
    [PT.MAX_COMMAND_SIZE, 4096],
    [PT.MAX_RESPONSE_SIZE, 4096],
    [PT.MAX_DIGEST, SHA256_SIZE],
    [PT.TOTAL_COMMANDS, Object.keys(CC).length],
    [PT.NV_BUFFER_MAX, NV_BUFFER_MAX],
    [PT.PERMANENT, EPS_FROM_TPM | (state.isLocked ? IN_LOCKOUT : 0)],
    [PT.STARTUP_CLEAR, 0x8000_000f],
    [PT.HR_NV_INDEX, state.nv.size],
    [PT.HR_LOADED, state.sessions.size],
    [PT.HR_LOADED_AVAIL, SLOTS - state.sessions.size],
    [PT.HR_ACTIVE, state.sessions.size],
    [PT.HR_TRANSIENT_AVAIL, SLOTS - state.transient.size],
    [PT.HR_PERSISTENT, state.persistent.size],
    [PT.LOCKOUT_COUNTER, state.lockoutCounter],
    [PT.MAX_AUTH_FAIL, LOCKOUT.maxAuthFail],
    [PT.LOCKOUT_INTERVAL, LOCKOUT.intervalSeconds],
    [PT.LOCKOUT_RECOVERY, LOCKOUT.recoverySeconds],
  ]
}

export const NV_BUFFER_MAX = 1024
