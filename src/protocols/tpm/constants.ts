/** TPM_ALG_ID (TPM 2.0 Library, Part 2, 6.3). */
export const ALG = {
  RSA: 0x0001,
  SHA1: 0x0004,
  HMAC: 0x0005,
  AES: 0x0006,
  SHA256: 0x000b,
  NULL: 0x0010,
  RSASSA: 0x0014,
  RSAES: 0x0015,
  RSAPSS: 0x0016,
  OAEP: 0x0017,
  ECDSA: 0x0018,
  ECDH: 0x0019,
  KDF1_SP800_56A: 0x0020,
  KDF1_SP800_108: 0x0022,
  ECC: 0x0023,
  CFB: 0x0043,
} as const

/** TPM_ECC_CURVE (Part 2, 6.4). */
export const CURVE = { P256: 0x0003 } as const

/** TPM_CC (Part 2, 6.5.2), those that the built-in TPM has. */
export const CC = {
  EvictControl: 0x0120,
  ChangeEPS: 0x0124,
  Clear: 0x0126,
  CreatePrimary: 0x0131,
  DictionaryAttackLockReset: 0x0139,
  SelfTest: 0x0143,
  Startup: 0x0144,
  Shutdown: 0x0145,
  ActivateCredential: 0x0147,
  Certify: 0x0148,
  CertifyCreation: 0x014a,
  NV_Read: 0x014e,
  PolicySecret: 0x0151,
  Quote: 0x0158,
  ContextLoad: 0x0161,
  ContextSave: 0x0162,
  FlushContext: 0x0165,
  NV_ReadPublic: 0x0169,
  ReadPublic: 0x0173,
  StartAuthSession: 0x0176,
  GetCapability: 0x017a,
  GetRandom: 0x017b,
  PCR_Read: 0x017e,
  PCR_Extend: 0x0182,
  PolicyGetDigest: 0x0189,
} as const

const COMMAND_NAMES = new Map<number, string>(Object.entries(CC).map(([name, code]) => [code, `TPM2_${name}`]))

/** The command's name, or its code when it is none of ours. */
export const commandName = (code: number): string =>
  COMMAND_NAMES.get(code) ?? `command 0x${code.toString(16).padStart(8, '0')}`

/** TPM_ST (Part 2, 6.9). */
export const ST = {
  RSP_COMMAND: 0x00c4,
  NO_SESSIONS: 0x8001,
  SESSIONS: 0x8002,
  ATTEST_CERTIFY: 0x8017,
  ATTEST_QUOTE: 0x8018,
  ATTEST_CREATION: 0x801a,
  CREATION: 0x8021,
  AUTH_SECRET: 0x8023,
} as const

/** TPM_RH, permanent handles (Part 2, 7.4). */
export const RH = {
  OWNER: 0x4000_0001,
  NULL: 0x4000_0007,
  /** TPM_RS_PW: a password takes the place of a session. */
  PASSWORD: 0x4000_0009,
  LOCKOUT: 0x4000_000a,
  ENDORSEMENT: 0x4000_000b,
  PLATFORM: 0x4000_000c,
} as const

/** TPM_HT: the first handle of each range (Part 2, 7.2). */
export const HANDLE_RANGE = {
  pcr: 0x0000_0000,
  nv: 0x0100_0000,
  hmacSession: 0x0200_0000,
  policySession: 0x0300_0000,
  permanent: 0x4000_0000,
  transient: 0x8000_0000,
  persistent: 0x8100_0000,
} as const

/** Where a PC's TPM keeps its endorsement keys and their certificates (TCG EK Credential Profile, 2.2.1.4 and 2.2.1.5). */
export const EK_HANDLE = { rsa: 0x8101_0001, p256: 0x8101_0002 } as const
export const EK_CERTIFICATE_INDEX = { rsa: 0x01c0_0002, p256: 0x01c0_000a } as const

/** TPMA_OBJECT (Part 2, 8.3). */
export const OBJECT = {
  fixedTPM: 0x2,
  stClear: 0x4,
  fixedParent: 0x10,
  sensitiveDataOrigin: 0x20,
  userWithAuth: 0x40,
  adminWithPolicy: 0x80,
  noDA: 0x400,
  encryptedDuplication: 0x800,
  restricted: 0x1_0000,
  decrypt: 0x2_0000,
  sign: 0x4_0000,
} as const

/** TPMA_SESSION (Part 2, 8.4). */
export const SESSION = {
  continueSession: 0x01,

  decrypt: 0x20,
  encrypt: 0x40,
  audit: 0x80,
} as const

/** TPMA_NV (Part 2, 13.4). */
export const NV = {
  PPWRITE: 0x1,
  WRITELOCKED: 0x800,
  WRITEDEFINE: 0x2000,
  PPREAD: 0x1_0000,
  OWNERREAD: 0x2_0000,
  AUTHREAD: 0x4_0000,
  NO_DA: 0x200_0000,
  WRITTEN: 0x2000_0000,
  PLATFORMCREATE: 0x4000_0000,
} as const

/** TPM_CAP (Part 2, 6.12). */
export const CAP = { ALGS: 0, HANDLES: 1, COMMANDS: 2, PCRS: 5, TPM_PROPERTIES: 6, ECC_CURVES: 8 } as const

/** TPM_PT (Part 2, 6.13). */
export const PT = {
  FAMILY_INDICATOR: 0x100,
  LEVEL: 0x101,
  REVISION: 0x102,
  MANUFACTURER: 0x105,
  VENDOR_STRING_1: 0x106,
  FIRMWARE_VERSION_1: 0x10b,
  FIRMWARE_VERSION_2: 0x10c,
  INPUT_BUFFER: 0x10d,
  HR_TRANSIENT_MIN: 0x10e,
  HR_PERSISTENT_MIN: 0x10f,
  HR_LOADED_MIN: 0x110,
  ACTIVE_SESSIONS_MAX: 0x111,
  PCR_COUNT: 0x112,
  PCR_SELECT_MIN: 0x113,
  CONTEXT_GAP_MAX: 0x114,
  NV_INDEX_MAX: 0x117,
  CONTEXT_HASH: 0x11a,
  MAX_COMMAND_SIZE: 0x11e,
  MAX_RESPONSE_SIZE: 0x11f,
  MAX_DIGEST: 0x120,
  TOTAL_COMMANDS: 0x129,
  NV_BUFFER_MAX: 0x12c,
  PERMANENT: 0x200,
  STARTUP_CLEAR: 0x201,
  HR_NV_INDEX: 0x202,
  HR_LOADED: 0x203,
  HR_LOADED_AVAIL: 0x204,
  HR_ACTIVE: 0x205,
  HR_TRANSIENT_AVAIL: 0x207,
  HR_PERSISTENT: 0x208,
  LOCKOUT_COUNTER: 0x20e,
  MAX_AUTH_FAIL: 0x20f,
  LOCKOUT_INTERVAL: 0x210,
  LOCKOUT_RECOVERY: 0x211,
} as const

/** TPM_GENERATED_VALUE: what a TPM itself has made begins with it, and nothing else that a restricted key signs. */
export const GENERATED = 0xff54_4347

export const SHA256_SIZE = 32
