import { createHash } from 'node:crypto'
import type { TpmFacts } from '../../domain/device.ts'

/** What follows a seed that a command replaced. */
export const changedSeed = (seed: string): string => createHash('sha256').update(`changed\n${seed}`).digest('hex')

/** The endorsement seed that the TPM has now. Its maker's certificate is for the key of `facts.endorsementSeed`. */
export const endorsementSeedOf = ({ endorsementSeed, faults }: TpmFacts): string =>
  faults?.includes('certificateForAnotherKey') ? changedSeed(endorsementSeed) : endorsementSeed
