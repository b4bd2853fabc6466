import { textClaim } from '../../protocols/jwt/jwt.ts'
import { badRequest, entity, type GraphCall, type GraphRoute } from './call.ts'
import { managedDevicesOf } from './managed-devices.ts'
import { userOf, userToJson } from './users.ts'

/** Who has signed in. @throws GraphError 400 for a token of an application alone */
export function personOf({ tenant, claims }: GraphCall) {
  const person = textClaim(claims, 'upn') || textClaim(claims, 'preferred_username')
  if (claims.idtyp === 'app' || person === '') {
    throw badRequest('/me request is only valid with delegated authentication flow.')
  }
  return userOf(tenant, person)
}

/** `/me`: the person of the token. */
export const meRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/me',
    permission: 'User',
    // What each sign-in asks for (Graph's reference [D]).
    alsoEnough: ['User.Read', 'User.ReadWrite'],
    handle: (call) => entity(call, userToJson(personOf(call)), 'users'),
  },
  {
    method: 'GET',
    path: '/me/managedDevices',
    permission: 'DeviceManagementManagedDevices',
    handle: (call) => managedDevicesOf(call, personOf(call), 'me/managedDevices'),
  },
]
