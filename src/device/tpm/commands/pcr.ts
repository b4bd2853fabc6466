import { join, list, sized, u32 } from '../../../protocols/tpm/bytes.ts'
import { ALG, SHA256_SIZE } from '../../../protocols/tpm/constants.ts'
import { encodePcrSelections, extended, readPcrSelections } from '../../../protocols/tpm/pcr.ts'
import { RC } from '../../../protocols/tpm/response-codes.ts'
import { aPcr } from '../handles.ts'
import { refuseUnless } from '../refusal.ts'
import type { CommandSpec } from './command.ts'

/** Part 2, 10.9.7: a list of digests holds so many. */
const DIGESTS_MAX = 8

/** Registers of a dynamic launch: software cannot extend them from locality 0 (PC Client Platform TPM Profile, 4.6). */
const isForOtherLocalities = (pcr: number): boolean => pcr >= 17 && pcr <= 22

/** Part 3, 22.2. */
export const pcrExtend: CommandSpec = {
  handles: [{ takes: aPcr, role: 'user' }],
  run({ state, handles, parameters }) {
    const [pcr] = handles as [number]
    const digests = parameters.next((reader) =>
      reader.list(1, () => {
        const hash = reader.u16()
        if (hash !== ALG.SHA256) throw reader.trouble('ERR_TPM_HASH', 'no bank of this TPM', 2)
        return reader.bytes(SHA256_SIZE)
      }),
    )
    parameters.end()
    refuseUnless(!isForOtherLocalities(pcr), RC.LOCALITY)
    for (const digest of digests) state.pcrs[pcr] = extended(state.pcrs[pcr]!, digest)
    state.pcrUpdates += digests.length
  },
}

/** Part 3, 22.4: the first eight that were asked for, and which they are. */
export const pcrRead: CommandSpec = {
  handles: [],
  run({ state, parameters }) {
    const asked = parameters.next(readPcrSelections)
    parameters.end()
    let left = DIGESTS_MAX
    const selections = asked.map(({ hash, pcrs }) => {
      const shown = hash === ALG.SHA256 ? pcrs.filter((pcr) => pcr < state.pcrs.length).slice(0, left) : []
      left -= shown.length
      return { hash, pcrs: shown }
    })
    const values = selections.flatMap(({ pcrs }) => pcrs.map((pcr) => sized(state.pcrs[pcr]!)))
    return { parameters: join(u32(state.pcrUpdates), encodePcrSelections(selections), list(values)) }
  },
}
