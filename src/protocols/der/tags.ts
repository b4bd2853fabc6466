/** Identifier octets of the universal types in use (X.690 section 8.1.2); SEQUENCE and SET with their constructed bit. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

const CONTEXT_CLASS = 0x80

export const CONSTRUCTED = 0x20

/** Identifier octet of `[number]`; constructed when it holds other values, primitive when it has bare bytes. */
export const contextTagOf = (number: number, constructed = true): number =>
  CONTEXT_CLASS | (constructed ? CONSTRUCTED : 0) | number
