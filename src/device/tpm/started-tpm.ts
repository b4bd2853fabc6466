import type { JournalWriter } from '../../domain/journal.ts'
import { commandName, EK_HANDLE, RH } from '../../protocols/tpm/constants.ts'
import { ekP256, ekRsa } from '../../protocols/tpm/templates.ts'
import { BuiltInTpm } from './built-in-tpm.ts'
import { TpmClient } from './client.ts'
import { manufacture } from './manufacture.ts'
import type { TpmParts } from './state.ts'
import type { Tpm } from './tpm.ts'

/** A chip from the factory that the firmware has started, with its endorsement keys where Windows looks for them. */
export async function startedTpm(parts: Omit<TpmParts, 'nv'>, journal: JournalWriter): Promise<Tpm> {
  const tpm = new BuiltInTpm({ ...parts, nv: manufacture(parts.facts, parts.keys).nv })
  const firmware = new TpmClient(tpm)
  await firmware.startup()
  for (const [template, handle] of [
    [ekRsa(), EK_HANDLE.rsa],
    [ekP256(), EK_HANDLE.p256],
  ] as const) {
    const made = await firmware.createPrimary(RH.ENDORSEMENT, template)
    if (!made.ok) throw new Error(`the built-in TPM made no endorsement key: 0x${made.code.toString(16)}`)
    await firmware.evictControl(made.value.handle, handle)
    await firmware.flushContext(made.value.handle)
  }
  return journalled(tpm, journal)
}

const journalled = (tpm: Tpm, journal: JournalWriter): Tpm => ({
  async execute(command) {
    const response = await tpm.execute(command)
    journal.write({ kind: 'tpm', command: commandName(wordAt(command, 6)), code: wordAt(response, 6) })
    return response
  },
})

const wordAt = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset)
