import { BuiltInTpm } from '../../../src/device/tpm/built-in-tpm.ts'
import type { TpmFacts } from '../../../src/domain/device.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { loadDeviceFile } from '../../../src/scenario/library.ts'

/** The TPM of a shipped device: its keys need no search. */
export const FACTS: TpmFacts = loadDeviceFile('asus-br1100fka').tpm!

export const builtIn = (changes: Partial<TpmFacts> = {}, nv?: ReadonlyMap<number, Uint8Array>): BuiltInTpm =>
  new BuiltInTpm({ facts: { ...FACTS, ...changes }, keys: derivedKeys, clock: () => 1_000, ...(nv ? { nv } : {}) })
