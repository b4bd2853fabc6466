import type { Explanation } from './explanation.ts'

const AGAIN = 'Try again: the TPM or its firmware was busy.'
const OURS = 'A device of a real maker does not get there: the command was malformed.'
const KEYS = 'Look at the keys and certificates of the TPM: clear it, or update its firmware.'

/** TPM_RC by the names of the specification (TPM 2.0 Library, Part 2, 6.6.3): why, and what to do. */
export const TPM_RESPONSES = {
  SUCCESS: ['The command was carried out.', 'Nothing.'],
  BAD_TAG: [
    'The command has a tag that a TPM 2.0 does not know: often TPM 1.2.',
    'Switch the TPM to 2.0 in the firmware.',
  ],
  ATTRIBUTES: ['The attributes of a key do not fit.', OURS],
  HASH: ['The TPM does not support the hash.', OURS],
  VALUE: ['A value is out of its range.', OURS],
  HIERARCHY: ['The hierarchy is not enabled or does not fit.', 'Enable the TPM in the firmware.'],
  MODE: ['The mode is not supported.', OURS],
  TYPE: ['The type of a value does not fit.', OURS],
  HANDLE: ['There is no such object.', KEYS],
  KDF: ['The key derivation is not supported.', OURS],
  RANGE: ['A value is out of its range.', OURS],
  AUTH_FAIL: [
    'The password of an object is wrong, and tries are counted.',
    'Clear the TPM if another system has taken it.',
  ],
  NONCE: ['A nonce does not fit.', OURS],
  SCHEME: ['The scheme of a signature is not supported.', OURS],
  SIZE: ['A size does not fit.', OURS],
  SYMMETRIC: ['The cipher is not supported.', OURS],
  TAG: ['A structure has a wrong tag.', OURS],
  SELECTOR: ['A union has a wrong selector.', OURS],
  INSUFFICIENT: ['The command is too short.', OURS],
  KEY: ['The key does not fit.', KEYS],
  POLICY_FAIL: ['The policy of an object is not fulfilled.', KEYS],
  INTEGRITY: ['The challenge was made for another key, or was changed.', KEYS],
  TICKET: ['A ticket is not valid.', OURS],
  RESERVED_BITS: ['Bits are set that are reserved.', OURS],
  BAD_AUTH: ['The password of an object is wrong.', 'Clear the TPM if another system has taken it.'],
  CURVE: ['The curve is not supported.', OURS],
  ECC_POINT: ['The point is not on the curve.', OURS],
  INITIALIZE: ['The TPM was not started.', 'Restart the device.'],
  AUTH_TYPE: ['The kind of authorization does not fit.', OURS],
  AUTH_MISSING: ['The authorization is missing.', OURS],
  AUTH_UNAVAILABLE: ['The authorization cannot be used for this object.', OURS],
  COMMAND_SIZE: ['The size of the command does not fit.', OURS],
  COMMAND_CODE: ['The TPM does not know the command.', 'Update the firmware of the TPM.'],
  AUTHSIZE: ['The size of the authorization does not fit.', OURS],
  AUTH_CONTEXT: ['The command takes no authorization.', OURS],
  NV_RANGE: ['An index of the TPM is shorter than what was asked for.', KEYS],
  NV_AUTHORIZATION: ['An index of the TPM may not be read so.', KEYS],
  NV_DEFINED: ['The index exists already.', KEYS],
  OBJECT_MEMORY: ['The TPM has no room for another object.', AGAIN],
  SESSION_MEMORY: ['The TPM has no room for another session.', AGAIN],
  LOCALITY: ['The command may not come from here.', OURS],
  REFERENCE_H0: ['The first handle names nothing that is loaded.', AGAIN],
  REFERENCE_S0: ['The first session is not there.', AGAIN],
  LOCKOUT: ['The TPM is locked after too many wrong passwords.', 'Wait, or clear the TPM.'],
  RETRY: ['The TPM was busy.', AGAIN],
} as const satisfies Readonly<Record<string, readonly [why: string, help: string]>>

export type TpmResponseName = keyof typeof TPM_RESPONSES

export const tpmExplanation = (name: TpmResponseName, number: number): Explanation => {
  const [why, help] = TPM_RESPONSES[name]
  return {
    family: 'tpm',
    code: `TPM_RC_${name}`,
    also: [`0x${number.toString(16).padStart(3, '0')}`],
    causes: [{ why, source: 'TPM 2.0 Library, Part 2, 6.6.3 [S]' }],
    pages: ['tpmAttestation'],
    seen: 'entries of the kind "tpm" in a journal; as a Windows code 0x8028 with the number behind it (assumed)',
    help,
  }
}
