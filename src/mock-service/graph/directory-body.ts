import type { JsonObject } from '../../protocols/json.ts'
import { badRequest, GraphError } from './call.ts'
import { ENTITY_TYPES, propertiesOf } from './entity-types.ts'

/** What a request of the directory reads of a body. All texts may be null. */
export interface TakenMembers {
  /** As the directory's sentences call it. */
  resource: 'Group' | 'User'
  texts: readonly string[]
  booleans?: readonly string[]
  /** Read by the request itself, `x@odata.bind` too. */
  others: readonly string[]
}

/** The directory's refusal of a body, with its code [A]. */
const invalid = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message)

/** The directory's sentence for a value that a member cannot have [M]. */
export const invalidValue = (name: string, { resource }: Pick<TakenMembers, 'resource'>): GraphError =>
  invalid(`Invalid value specified for property '${name}' of resource '${resource}'.`)

/** An empty value says nothing beyond what each object has. */
const saysNothing = (value: unknown): boolean =>
  value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)

const isBinding = (name: string): boolean => name.endsWith('@odata.bind')

/**
 * Refuses a member that the type does not have, a value of another type, and what nothing here keeps: a body is not taken in part.
 *
 * @throws GraphError 400
 */
export function checkDirectoryBody({ members }: JsonObject, taken: TakenMembers): void {
  const type = ENTITY_TYPES.find(({ name }) => name === taken.resource.toLowerCase())
  const known = new Set(type ? propertiesOf(type).map(({ name }) => name) : [])
  for (const [name, value] of Object.entries(members)) {
    const isAnnotation = name.includes('@') && !isBinding(name)
    if (isAnnotation || taken.others.includes(name)) continue
    if (taken.texts.includes(name)) {
      if (value !== null && typeof value !== 'string') throw invalidValue(name, taken)
    } else if (taken.booleans?.includes(name)) {
      if (typeof value !== 'boolean') throw invalidValue(name, taken)
    } else {
      if (!known.has(name.replace('@odata.bind', ''))) throw invalid(`Invalid property '${name}'.`)
      if (!saysNothing(value)) throw badRequest(`${name} is not kept here: leave it out`)
    }
  }
}
