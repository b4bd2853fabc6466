/** TPM_RC (TPM 2.0 Library, Part 2, 6.6.3). Those from 0x080 to 0x0bf say which handle, session or parameter they mean. */
export const RC = {
  SUCCESS: 0x000,
  BAD_TAG: 0x01e,
  ATTRIBUTES: 0x082,
  HASH: 0x083,
  VALUE: 0x084,
  HIERARCHY: 0x085,
  MODE: 0x089,
  TYPE: 0x08a,
  HANDLE: 0x08b,
  KDF: 0x08c,
  RANGE: 0x08d,
  AUTH_FAIL: 0x08e,
  NONCE: 0x08f,
  SCHEME: 0x092,
  SIZE: 0x095,
  SYMMETRIC: 0x096,
  TAG: 0x097,
  SELECTOR: 0x098,
  INSUFFICIENT: 0x09a,
  KEY: 0x09c,
  POLICY_FAIL: 0x09d,
  INTEGRITY: 0x09f,
  TICKET: 0x0a0,
  RESERVED_BITS: 0x0a1,
  BAD_AUTH: 0x0a2,
  CURVE: 0x0a6,
  ECC_POINT: 0x0a7,
  INITIALIZE: 0x100,
  AUTH_TYPE: 0x124,
  AUTH_MISSING: 0x125,
  AUTH_UNAVAILABLE: 0x12f,
  COMMAND_SIZE: 0x142,
  COMMAND_CODE: 0x143,
  AUTHSIZE: 0x144,
  AUTH_CONTEXT: 0x145,
  NV_RANGE: 0x146,
  NV_AUTHORIZATION: 0x149,
  NV_DEFINED: 0x14c,
  OBJECT_MEMORY: 0x902,
  SESSION_MEMORY: 0x903,
  LOCALITY: 0x907,
  /** Of the first handle, and of the first session. */
  REFERENCE_H0: 0x910,
  REFERENCE_S0: 0x918,
  LOCKOUT: 0x921,
  RETRY: 0x922,
} as const

const NAMES = new Map<number, string>(Object.entries(RC).map(([name, code]) => [code, `TPM_RC_${name}`]))

const FORMAT_ONE = 0x080

/** A format-one code about a handle, from 1. */
export const ofHandle = (code: number, number: number): number => code | (number << 8)
/** A format-one code about a session, from 1. */
export const ofSession = (code: number, number: number): number => code | 0x800 | (number << 8)
/** A format-one code about a parameter, from 1. */
export const ofParameter = (code: number, number: number): number => code | 0x040 | (number << 8)

/** A response code in words: `TPM_RC_INTEGRITY (parameter 1)`. */
export function responseText(code: number): string {
  const known = NAMES.get(code)
  if (known !== undefined) return known
  const hex = `0x${code.toString(16)}`
  if ((code & FORMAT_ONE) === 0) return `TPM response ${hex}`
  const name = NAMES.get(code & 0x0bf) ?? `TPM response ${hex}`
  const number = (code >> 8) & 0x7
  if ((code & 0x040) !== 0) return `${name} (parameter ${(code >> 8) & 0xf})`
  return (code & 0x800) === 0 ? `${name} (handle ${number})` : `${name} (session ${number})`
}
