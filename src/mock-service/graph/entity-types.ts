import { DIRECTORY_TYPES } from './types/directory-types.ts'
import type { EntityType } from './types/entity-type.ts'
import { INTUNE_TYPES } from './types/intune-types.ts'
import { MANAGEMENT_TYPES } from './types/management-types.ts'
import { TENANT_TYPES } from './types/tenant-types.ts'

const KINDS = ['text', 'texts', 'boolean', 'number', 'dateTime', 'guid', 'complex', 'navigation'] as const
export type Kind = (typeof KINDS)[number]

export const ENTITY_TYPES: readonly EntityType[] = [
  ...DIRECTORY_TYPES,
  ...TENANT_TYPES,
  ...INTUNE_TYPES,
  ...MANAGEMENT_TYPES,
]

interface Property {
  name: string
  kind: Kind
  isBeta: boolean
  isDerived: boolean
}

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '')

/** All properties of a type. */
export function propertiesOf(type: EntityType): Property[] {
  const [beta, derived] = [new Set(words(type.beta)), new Set(words(type.derived))]
  return KINDS.flatMap((kind) =>
    words(type[kind]).map((name) => ({ name, kind, isBeta: beta.has(name), isDerived: derived.has(name) })),
  )
}

const INDEX = new Map(
  ENTITY_TYPES.map((type) => [
    type.name,
    new Map(propertiesOf(type).map((property) => [property.name.toLowerCase(), property])),
  ]),
)
const SETS = new Map(ENTITY_TYPES.flatMap((type) => type.sets.map((set) => [set.toLowerCase(), type] as const)))

/** The type of what a set holds; undefined of a set that no table lists. */
export const typeOfSet = (entitySet: string): EntityType | undefined =>
  SETS.get(entitySet.replace(/\('[^']*'\)/g, '').toLowerCase())

/** Whether a query may name a property: undefined where the table does not have it. @param name In lower case */
export function knows(type: EntityType, name: string, version: 'v1.0' | 'beta'): boolean | undefined {
  const property = INDEX.get(type.name)?.get(name)
  return property && !property.isDerived && (version === 'beta' || !property.isBeta)
}
