/** When hashes are captured that no run captures: a fixed moment, so that the hash of a device is the same every time. */
export const CAPTURED_AT = Date.UTC(2024, 10, 4, 8)
