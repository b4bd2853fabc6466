import * as v from 'valibot'
import { TPM_CONDITIONS, type TpmCondition } from '../domain/conditions.ts'
import { defineEvent } from './define-event.ts'

const WORDS: Record<TpmCondition, string> = {
  away: 'gives no answer',
  slow: 'is slow',
  cleared: 'is cleared',
  lockedOut: 'is locked out',
  certificateGone: 'has no EK certificate',
  certificateExpired: 'has an EK certificate that has expired',
  certificateWrong: 'has an EK certificate for another key',
  issuerUnknown: 'has an EK certificate of an unknown issuer',
  firmwareVulnerable: 'has firmware with a known vulnerability',
}

export const tpmConditionText = (condition: TpmCondition): string => `the TPM ${WORDS[condition]}`

/** Something becomes of the TPM. What it is like again after its time, it was before. */
export const tpm = defineEvent({
  schema: v.picklist(Object.keys(TPM_CONDITIONS) as TpmCondition[]),
  to: 'device',
  words: tpmConditionText,
  apply: (condition) => ({ kind: 'tpm', condition, isSo: true }),
  lasts: (condition) => condition !== 'cleared',
  undo: (condition) => ({ kind: 'tpm', condition, isSo: false }),
})
