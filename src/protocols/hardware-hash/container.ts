/** The frame around the records (device-identity.md section 1.2); all integers are little-endian. */

/** `OA`. */
export const MAGIC = [0x4f, 0x41] as const

/** Magic and `totalLength`. */
export const PREFIX_LENGTH = 4

/** Type and length of a record; a record's length counts these bytes. */
export const RECORD_HEADER_LENGTH = 4

/** `CS`. */
export const CHECKSUM_TYPE = 0x5343

/** Record header and SHA-256. */
export const CHECKSUM_RECORD_LENGTH = 36

/** A whole hash; as base64 4000 characters without `=`. */
export const HASH_LENGTH = 3000
