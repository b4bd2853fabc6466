/** An entity type of Graph's model: its properties by their EDM type, names separated by spaces. */
export interface EntityType {
  name: string
  /** The set that it is reached by, below the version: `deviceManagement/managedDevices`. Types that derive from one share it. */
  sets: readonly string[]
  text?: string
  texts?: string
  boolean?: string
  number?: string
  dateTime?: string
  guid?: string
  /** Complex types and enumerations, by the name of the property: `state`. */
  complex?: string
  /** What leads to other entities. */
  navigation?: string
  /** Those of all these that v1.0 does not have. */
  beta?: string
  /** Those of types that derive from this one: shown, and no query may name them. */
  derived?: string
}
