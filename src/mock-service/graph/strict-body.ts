import type { JsonObject } from '../../protocols/json.ts'
import { badRequest, type GraphCall, GraphError } from './call.ts'

const isAnnotation = (name: string): boolean => name.startsWith('@odata.')

/**
 * Intune's refusal of a member that a type does not have. The sentence and the code are those of field reports.
 *
 * @param type without its namespace: `managedDevice`
 * @throws GraphError 400
 */
export function onlyMembers(json: JsonObject, type: string, known: readonly string[]): void {
  const odd = Object.keys(json.members).find((name) => !isAnnotation(name) && !known.includes(name))
  if (odd === undefined) return
  throw new GraphError(
    400,
    'ModelValidationFailure',
    `The property '${odd}' does not exist on type 'microsoft.management.services.api.${type}'. Make sure to only use property names that are defined by the type.`,
  )
}

/** @throws GraphError 400 when one of these members is there, and can only be read */
export function noneReadOnly(json: JsonObject, readOnly: readonly string[]): void {
  const set = readOnly.find((name) => name in json.members)
  if (set !== undefined) throw badRequest(`The property '${set}' is read-only and cannot be set.`)
}

/**
 * The parameters of an action; a request without a body has none. The sentence is that of Microsoft's OData library.
 *
 * @throws GraphError 400 for a parameter that the action does not have
 */
export function parametersOf(
  { body, hasBody }: GraphCall,
  action: string,
  known: readonly string[],
): Record<string, unknown> {
  const parameters = hasBody ? { ...body().members } : {}
  const odd = Object.keys(parameters).find((name) => !isAnnotation(name) && !known.includes(name))
  if (odd === undefined) return parameters
  throw badRequest(
    `The parameter '${odd}' in the request payload is not a valid parameter for the operation '${action}'.`,
  )
}

/** @throws GraphError 400 when it is there, and no Boolean */
export function flagOf(parameters: Record<string, unknown>, name: string): boolean {
  const value = parameters[name] ?? false
  if (typeof value !== 'boolean') throw badRequest(`${name} is true or false`)
  return value
}
