/** How a corporate identifier names a device (`importedDeviceIdentityType`). */
export const IDENTIFIER_TYPES = ['unknown', 'imei', 'serialNumber', 'manufacturerModelSerial'] as const
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number]

/** `platform`. */
export const IDENTIFIER_PLATFORMS = [
  'unknown',
  'ios',
  'android',
  'windows',
  'windowsMobile',
  'macOS',
  'visionOS',
  'tvos',
  'unknownFutureValue',
] as const

/** A device that an administrator has named before it enrols, so that it counts as the school's own. */
export interface CorporateIdentifier {
  id: string
  identifier: string
  type: IdentifierType
  description: string
  platform: string
  /** Unix milliseconds. */
  createdAt: number
  /** Of the description, Unix milliseconds. */
  lastModifiedAt: number
}

const partsOf = (identifier: string): string[] => identifier.split(',').map((part) => part.trim())

/** The same for identifiers that mean the same device: letter case and blanks around a part do not count (an assumption). */
export const keyOfIdentifier = ({ identifier, type }: Pick<CorporateIdentifier, 'identifier' | 'type'>): string =>
  `${type} ${partsOf(identifier).join(',').toLowerCase()}`

/**
 * Whether an identifier has the form of its type. An IMEI is a number (field report of 2021); manufacturer, model and serial number
 * are three parts with commas between them, as scripts write them. What the service checks besides is not known.
 */
export function hasFormOfType({ identifier, type }: Pick<CorporateIdentifier, 'identifier' | 'type'>): boolean {
  if (type === 'imei') return /^\d+$/.test(identifier)
  const parts = partsOf(identifier)
  const count = type === 'manufacturerModelSerial' ? 3 : 1
  return parts.length === count && parts.every((part) => part !== '')
}
