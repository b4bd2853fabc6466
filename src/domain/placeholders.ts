/**
 * What firmware holds when its maker did not fill it in: many devices have the same, so it tells none of them apart. One
 * table for the check of hashes, their comparison, the registration and the lookup. `source` is a section of
 * device-identity.md with its tag; `reports` are public threads of users who met the value.
 */
interface Placeholder {
  pattern: RegExp
  source: string
}

const PLACEHOLDERS: readonly Placeholder[] = [
  { pattern: /^\$?\(?default[ _]?string\)?$/i, source: '6 [V]' },
  { pattern: /^0+$/, source: '6 [V]' },
  { pattern: /^to ?be ?filled ?by ?(o\.?e\.?m\.?|oem)$/i, source: 'reports [O]' },
  {
    pattern: /^system ?(serial ?(number|numb|no\.?|#)?|product ?name|manufacturer|version|family|sku)$/i,
    source: 'reports [O]',
  },
  {
    pattern: /^((chassis|base ?board|board|type ?[123]( ?-)?) ?)?serial( ?(number|no\.?|#))?$/i,
    source: '[K]',
  },
  {
    pattern:
      /^(not (specified|applicable|available|set|settable|present|provided)|none|nil|n\/?a|unknown|undefined|invalid|null|empty|blank|tbd|sn|s\/n)$/i,
    source: 'reports [O]: "Not Specified", "None", "Not applicable"; the others [K]',
  },
  { pattern: /^(oem|o\.e\.m\.|sku|family|type1family|type1productconfigid)$/i, source: '[K]' },
  { pattern: /^([-._*?#]+|x{2,})$/i, source: '[K]' },
  { pattern: /^(.)\1{3,}$/, source: '[K]' },
  { pattern: /^0?1234567(8(9(0|abcdef)?)?)?$/i, source: 'reports [O]: 123456789' },
]

/** UUIDs that many boards share. */
const BAD_UUIDS: readonly (Placeholder & { what: string })[] = [
  { pattern: /^[0-]+$/, what: 'all zeros: the firmware has none', source: 'SMBIOS 7.2.1 [K]' },
  { pattern: /^[f-]+$/i, what: 'all ones: it was never set', source: 'SMBIOS 7.2.1 [K]' },
  {
    pattern: /^(03000200-0400-0500|00020003-0004-0005)-0006-000700080009$/,
    what: 'the default of a firmware kit, on every board that was not written',
    source: '[K]',
  },
]

/** What a text is when the maker did not fill it in; undefined for any other. */
export const placeholderOf = (text: string): Placeholder | undefined =>
  PLACEHOLDERS.find(({ pattern }) => pattern.test(text.trim()))

/** Why a UUID belongs to no single board; undefined when it may. */
export const badUuidOf = (uuid: string): (Placeholder & { what: string }) | undefined =>
  BAD_UUIDS.find(({ pattern }) => pattern.test(uuid))

/** A text, such as a serial number, that tells one device from another. */
export const isTelling = (text: string): boolean => text.trim() !== '' && placeholderOf(text) === undefined

/** A UUID that tells one board from another. */
export const isTellingUuid = (uuid: string): boolean => uuid !== '' && badUuidOf(uuid) === undefined
