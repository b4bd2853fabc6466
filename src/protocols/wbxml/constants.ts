export const WBXML_CONTENT_TYPE = 'application/vnd.syncml.dm+wbxml'

/** Global tokens (WBXML 1.3, 7.1). */
export const TOKEN = {
  switchPage: 0x00,
  end: 0x01,
  entity: 0x02,
  inlineString: 0x03,
  literal: 0x04,
  tableString: 0x83,
  opaque: 0xc3,
} as const

/** Bits of a tag token (WBXML 1.3, 5.8.2). */
export const HAS_ATTRIBUTES = 0x80
export const HAS_CONTENT = 0x40
export const TAG_MASK = 0x3f

/** `-//SYNCML//DTD SyncML 1.2//EN` has a number; a server may write its name into the string table instead. */
export const PUBLIC_ID = 0x1201
export const PUBLIC_NAME = '-//SYNCML//DTD SyncML 1.2//EN'
export const PUBLIC_ID_UNKNOWN = 1

/** MIBenum of IANA: UTF-8, US-ASCII, and what leaves it to the transport (WBXML 1.3, 5.6). */
export const UTF_8 = 106
export const CHARSETS: readonly number[] = [UTF_8, 3, 0]

/** 1.1 to 1.3. A header of 1.0 has no charset. */
export const VERSIONS: readonly number[] = [0x01, 0x02, 0x03]
/** 1.2, as SyncML 1.2 has it (reference: mdm-protocols.md, 2.8 [T]). */
export const VERSION = 0x02
