import { join, sized } from '../../../protocols/tpm/bytes.ts'
import { NV, RH } from '../../../protocols/tpm/constants.ts'
import { nameOf } from '../../../protocols/tpm/public-area.ts'
import { ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { anIndex, oneOf, type Takes } from '../handles.ts'
import { refuseUnless } from '../refusal.ts'
import { NV_BUFFER_MAX } from './capability.ts'
import type { CommandSpec } from './command.ts'

/** Part 3, 31.6. */
export const nvReadPublic: CommandSpec = {
  handles: [{ takes: anIndex }],
  run({ state, handles, parameters }) {
    parameters.end()
    const area = state.nvPublic(handles[0]!)
    return { parameters: join(sized(area), sized(nameOf(area))) }
  },
}

const anAuthority: Takes = (handle, kind) => kind === 'nv' || oneOf(RH.OWNER, RH.PLATFORM)(handle, kind)

/** Part 3, 31.13. */
export const nvRead: CommandSpec = {
  handles: [{ takes: anAuthority, role: 'user' }, { takes: anIndex }],
  run({ state, handles, parameters }) {
    const [authority, index] = handles as [number, number]
    const size = parameters.next((reader) => reader.u16())
    const offset = parameters.next((reader) => reader.u16())
    parameters.end()
    const { attributes, data } = state.nv.get(index)!
    const needed = { [RH.OWNER]: NV.OWNERREAD, [RH.PLATFORM]: NV.PPREAD }[authority] ?? NV.AUTHREAD
    const isOwn = authority === index || authority === RH.OWNER || authority === RH.PLATFORM
    refuseUnless(isOwn && (attributes & needed) !== 0, RC.NV_AUTHORIZATION)
    refuseUnless(size <= NV_BUFFER_MAX, ofParameter(RC.VALUE, 1))
    refuseUnless(offset + size <= data.length, RC.NV_RANGE)
    return { parameters: sized(data.slice(offset, offset + size)) }
  },
}
