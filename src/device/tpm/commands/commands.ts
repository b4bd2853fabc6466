import { CC } from '../../../protocols/tpm/constants.ts'
import { certify, certifyCreation, quote } from './attestation.ts'
import { getCapability } from './capability.ts'
import type { CommandSpec } from './command.ts'
import { contextLoad, contextSave } from './contexts.ts'
import { activateCredential } from './credential.ts'
import { getRandom, selfTest, shutdown, startup } from './general.ts'
import { changeEps, clear, dictionaryAttackLockReset } from './hierarchies.ts'
import { nvRead, nvReadPublic } from './nv.ts'
import { createPrimary, evictControl, flushContext, readPublic } from './objects.ts'
import { pcrExtend, pcrRead } from './pcr.ts'
import { policyGetDigest, policySecret, startAuthSession } from './sessions.ts'

export const COMMANDS: ReadonlyMap<number, CommandSpec> = new Map([
  [CC.EvictControl, evictControl],
  [CC.ChangeEPS, changeEps],
  [CC.Clear, clear],
  [CC.CreatePrimary, createPrimary],
  [CC.DictionaryAttackLockReset, dictionaryAttackLockReset],
  [CC.SelfTest, selfTest],
  [CC.Startup, startup],
  [CC.Shutdown, shutdown],
  [CC.ActivateCredential, activateCredential],
  [CC.Certify, certify],
  [CC.CertifyCreation, certifyCreation],
  [CC.NV_Read, nvRead],
  [CC.PolicySecret, policySecret],
  [CC.Quote, quote],
  [CC.ContextLoad, contextLoad],
  [CC.ContextSave, contextSave],
  [CC.FlushContext, flushContext],
  [CC.NV_ReadPublic, nvReadPublic],
  [CC.ReadPublic, readPublic],
  [CC.StartAuthSession, startAuthSession],
  [CC.GetCapability, getCapability],
  [CC.GetRandom, getRandom],
  [CC.PCR_Read, pcrRead],
  [CC.PCR_Extend, pcrExtend],
  [CC.PolicyGetDigest, policyGetDigest],
] as const satisfies readonly (readonly [number, CommandSpec])[])
