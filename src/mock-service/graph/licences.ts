import { isRecord } from '../../protocols/json.ts'
import type { DirectoryUser } from '../directory/state.ts'
import { badRequest, type GraphCall, GraphError } from './call.ts'
import { parametersOf } from './strict-body.ts'

/** Microsoft 365 A3 for students, which includes Intune for Education: what the tenant has subscribed to. */
export const STUDENT_LICENCE = '7cfd9a2b-e110-4c39-bf20-c6a3f36a3121'

const ACTION = 'assignLicense'
const PARAMETERS = ['addLicenses', 'removeLicenses']
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const refused = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message)

/**
 * The user with what `assignLicense` adds and removes. The sentences are those of scripts in the field [M]; the directory also
 * requires `usageLocation` of the user, which users here do not need.
 *
 * @throws GraphError 400
 */
export function withLicences(call: GraphCall, user: DirectoryUser): DirectoryUser {
  const parameters = parametersOf(call, ACTION, PARAMETERS)
  const missing = PARAMETERS.filter((name) => parameters[name] === undefined)
  if (missing.length > 0) {
    throw badRequest(
      `One or more parameters of the operation '${ACTION}' are missing from the request payload. The missing parameters are: ${missing.join(',')}.`,
    )
  }
  const added = listOf(parameters, 'addLicenses').map(addedIn)
  const removed = listOf(parameters, 'removeLicenses').map(skuIn)
  if (added.length > 0 && removed.length > 0)
    throw refused('License assignment failed because a license is in both lists.')
  if (removed.length > 0 && !user.licensed) throw refused('User does not have a corresponding license.')
  return { ...user, licensed: added.length > 0 || (user.licensed && removed.length === 0) }
}

function listOf(parameters: Readonly<Record<string, unknown>>, name: string): unknown[] {
  const value = parameters[name]
  if (!Array.isArray(value)) throw badRequest(`${name} is a list`)
  return value
}

/** One of `assignedLicense`. Service plans cannot be taken out: a user has Intune, or has not. */
function addedIn(entry: unknown): string {
  if (!isRecord(entry)) throw badRequest("addLicenses has items such as { skuId: '…', disabledPlans: [] }")
  const unknown = Object.keys(entry).find((name) => !['skuId', 'disabledPlans'].includes(name) && !name.includes('@'))
  if (unknown !== undefined) throw badRequest(`The property '${unknown}' does not exist on type 'assignedLicense'.`)
  const { disabledPlans } = entry
  const isWhole = disabledPlans === undefined || disabledPlans === null || isEmpty(disabledPlans)
  if (!isWhole) throw badRequest('disabledPlans is not kept here: a licence has all of its service plans')
  return skuIn(entry.skuId)
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** @throws GraphError 400 for a licence that the tenant does not have */
function skuIn(value: unknown): string {
  if (typeof value !== 'string' || !GUID.test(value)) {
    throw badRequest(`Cannot convert the literal '${String(value)}' to the expected type 'Edm.Guid'.`)
  }
  if (value.toLowerCase() !== STUDENT_LICENCE) {
    throw refused(`License ${value} does not correspond to a valid company License.`)
  }
  return value
}
