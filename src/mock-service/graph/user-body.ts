import type { JsonObject } from '../../protocols/json.ts'
import type { DirectoryUser } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { badRequest } from './call.ts'
import { checkDirectoryBody, type TakenMembers } from './directory-body.ts'

/** Kept and shown: nothing here depends on them. */
const SHOWN = [
  'ageGroup',
  'city',
  'companyName',
  'consentProvidedForMinor',
  'country',
  'department',
  'employeeId',
  'employeeType',
  'givenName',
  'jobTitle',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
]

const TAKEN: TakenMembers = {
  resource: 'User',
  texts: ['displayName', 'userPrincipalName', ...SHOWN],
  booleans: ['accountEnabled'],
  others: ['passwordProfile'],
}

/** The page for a new password is not played: the password that was given stays. */
const OF_PASSWORD = ['password', 'forceChangePasswordNextSignIn', 'forceChangePasswordNextSignInWithMfa']

function passwordIn(json: JsonObject): string {
  const profile = json.optionalObject('passwordProfile')
  const odd = profile?.names.find((name) => !OF_PASSWORD.includes(name) && !name.includes('@'))
  if (odd !== undefined) throw badRequest(`Invalid property '${odd}'.`)
  return profile?.optionalString('password') ?? ''
}

/** What comes before the @ (Microsoft's page on user names [D]); not at its end, nor at its beginning, a full stop. */
const ALIAS = /^(?!\.)[A-Za-z0-9'.\-_!#^~]{1,64}(?<!\.)$/

/** A new person. A licence has to be assigned afterwards. @throws GraphError 400 */
export function userIn(tenant: Tenant, json: JsonObject): DirectoryUser {
  checkDirectoryBody(json, TAKEN)
  const email = json.optionalString('userPrincipalName') ?? ''
  const name = json.optionalString('displayName') ?? ''
  const password = passwordIn(json)
  if (name === '' || password === '') throw badRequest('displayName and passwordProfile.password are required')
  if (json.optionalBoolean('accountEnabled') === false) {
    throw badRequest('an account that is blocked is not simulated: accountEnabled is true')
  }
  if (!email.toLowerCase().endsWith(`@${tenant.definition.domain.toLowerCase()}`)) {
    throw badRequest(`userPrincipalName must be of the verified domain ${tenant.definition.domain}`)
  }
  if (!ALIAS.test(email.slice(0, email.lastIndexOf('@')))) throw badRequest('Property userPrincipalName is invalid.')
  if (tenant.directory.now.users.has(email.toLowerCase())) {
    throw badRequest('Another object with the same value for property userPrincipalName already exists.')
  }
  const shown = SHOWN.flatMap((member) => {
    const value = json.optionalString(member)
    return value === undefined ? [] : [[member, value] as const]
  })
  const made = { email, name, password, licensed: false, isGlobalAdministrator: false }
  return shown.length === 0 ? made : { ...made, shown: Object.fromEntries(shown) }
}
