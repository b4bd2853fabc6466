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

/** A hash is 4000 characters; its length field ends at 64 KiB. What is longer is something else, and is not looked at. */
export const TEXT_LENGTH_MAX = 96 * 1024

/** The bytes of that text: room for the longest report that the length field can state. */
export const BYTES_MAX = (TEXT_LENGTH_MAX / 4) * 3
