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

const OF_PASSWORD = ['password', 'forceChangePasswordNextSignIn', 'forceChangePasswordNextSignInWithMfa']

/** The password, and whether the person has to set another one at the next sign-in. */
function passwordIn(json: JsonObject): { password: string; mustChange: boolean | undefined } {
  const profile = json.optionalObject('passwordProfile')
  const odd = profile?.names.find((name) => !OF_PASSWORD.includes(name) && !name.includes('@'))
  if (odd !== undefined) throw badRequest(`Invalid property '${odd}'.`)
  const mustChange =
    profile?.optionalBoolean('forceChangePasswordNextSignIn') ??
    profile?.optionalBoolean('forceChangePasswordNextSignInWithMfa')
  return { password: profile?.optionalString('password') ?? '', mustChange }
}

/** What comes before the @ (Microsoft's page on user names [D]); not at its end, nor at its beginning, a full stop. */
const ALIAS = /^(?!\.)[A-Za-z0-9'.\-_!#^~]{1,64}(?<!\.)$/

/** A new person. A licence has to be assigned afterwards. @throws GraphError 400 */
export function userIn(tenant: Tenant, json: JsonObject): DirectoryUser {
  checkDirectoryBody(json, TAKEN)
  const email = json.optionalString('userPrincipalName') ?? ''
  const name = json.optionalString('displayName') ?? ''
  const { password, mustChange } = passwordIn(json)
  if (name === '' || password === '') throw badRequest('displayName and passwordProfile.password are required')
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
  const made: DirectoryUser = {
    email,
    name,
    password,
    licensed: false,
    isGlobalAdministrator: false,
    ...(mustChange ? { mustChangePassword: true } : {}),
    ...(json.optionalBoolean('accountEnabled') === false ? { disabled: true } : {}),
  }
  return shown.length === 0 ? made : { ...made, shown: Object.fromEntries(shown) }
}

/** A person whose sign-in is blocked or allowed, or who gets another password or name. @throws GraphError 400 */
export function changedUser(user: DirectoryUser, json: JsonObject): DirectoryUser {
  checkDirectoryBody(json, TAKEN)
  const fixed = ['userPrincipalName', 'mailNickname'].find((name) => json.members[name] !== undefined)
  if (fixed !== undefined) throw badRequest(`This simulation does not change ${fixed}.`)
  const { password, mustChange } = passwordIn(json)
  const isEnabled = json.optionalBoolean('accountEnabled')
  const shown = SHOWN.flatMap((member) => {
    const value = json.optionalString(member)
    return value === undefined ? [] : [[member, value] as const]
  })
  return {
    ...user,
    name: json.optionalString('displayName') ?? user.name,
    password: password === '' ? user.password : password,
    ...(mustChange === undefined ? {} : { mustChangePassword: mustChange }),
    // A password that an administrator has just given has not expired.
    ...(password === '' ? {} : { passwordExpired: undefined, locked: false }),
    ...(isEnabled === undefined ? {} : { disabled: !isEnabled }),
    ...(shown.length === 0 ? {} : { shown: { ...user.shown, ...Object.fromEntries(shown) } }),
  }
}
