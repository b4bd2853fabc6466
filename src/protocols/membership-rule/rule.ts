import type { Pattern } from './pattern.ts'

/** A membership rule, read. Columns count from 1. */
export type Rule =
  | { kind: 'and' | 'or'; left: Rule; right: Rule }
  | { kind: 'not'; rule: Rule }
  | Comparison
  /** `device.devicePhysicalIds -any (_ -startsWith "[ZTDId]")`. */
  | { kind: 'quantified'; quantifier: 'any' | 'all'; property: CollectionProperty; rule: Rule }
  /** `device.memberOf -any (group.objectId -in ['…'])`. */
  | { kind: 'memberOf'; groups: readonly string[] }

export interface Comparison {
  kind: 'comparison'
  /** `_` is the item that -any or -all looks at. */
  property: ScalarProperty | '_'
  operator: Operator
  value: Value
}

/** A pattern is what -match and -notMatch compare with; a list is for -in and -notIn. */
export type Value = string | number | boolean | null | readonly string[] | Pattern

const NEGATIONS = {
  ne: 'eq',
  notStartsWith: 'startsWith',
  notEndsWith: 'endsWith',
  notContains: 'contains',
  notMatch: 'match',
  notIn: 'in',
} as const

type Positive = (typeof NEGATIONS)[keyof typeof NEGATIONS]
export type Operator = Positive | keyof typeof NEGATIONS

/** What an operator denies; undefined for one that affirms. */
export const denied = (operator: Operator): Positive | undefined =>
  operator in NEGATIONS ? NEGATIONS[operator as keyof typeof NEGATIONS] : undefined

/** In the spelling of the documentation; a rule may use another. */
export const OPERATORS: readonly Operator[] = [
  ...(Object.keys(NEGATIONS) as (keyof typeof NEGATIONS)[]),
  ...Object.values(NEGATIONS),
]

/** "Rules for devices"; `memberOf` (preview) is the only condition of its rule. */
export const SCALAR_PROPERTIES = [
  'accountEnabled',
  'deviceCategory',
  'deviceId',
  'deviceManagementAppId',
  'deviceManufacturer',
  'deviceModel',
  'deviceOSType',
  'deviceOSVersion',
  'deviceOwnership',
  'deviceTrustType',
  'displayName',
  'enrollmentProfileName',
  'extensionAttribute1',
  'extensionAttribute2',
  'extensionAttribute3',
  'extensionAttribute4',
  'extensionAttribute5',
  'extensionAttribute6',
  'extensionAttribute7',
  'extensionAttribute8',
  'extensionAttribute9',
  'extensionAttribute10',
  'extensionAttribute11',
  'extensionAttribute12',
  'extensionAttribute13',
  'extensionAttribute14',
  'extensionAttribute15',
  'isRooted',
  'managementType',
  'objectId',
  'profileType',
] as const
export type ScalarProperty = (typeof SCALAR_PROPERTIES)[number]

export const COLLECTION_PROPERTIES = ['devicePhysicalIds', 'systemLabels'] as const
export type CollectionProperty = (typeof COLLECTION_PROPERTIES)[number]

/** Collections that Microsoft's page compares without -any too: `device.systemLabels -startsWith "M365Managed"`. */
export const COMPARED_WHOLE: readonly CollectionProperty[] = ['systemLabels']

/** A device as the directory shows it to rules. What is left out is null to them. */
export type DirectoryDevice = { [Name in ScalarProperty]?: string | boolean } & {
  [Name in CollectionProperty]: readonly string[]
}
