import { describe, expect, test } from 'vitest'
import { directly } from './serve.ts'

const GROUPS = '/v1.0/groups'
const USERS = '/v1.0/users'

/** As Microsoft's page has it. */
const GROUP = { displayName: 'Carts', mailEnabled: false, mailNickname: 'carts-1', securityEnabled: true }
const USER = {
  accountEnabled: true,
  displayName: 'Eve Lim',
  mailNickname: 'eve',
  userPrincipalName: 'eve@contoso.example',
  passwordProfile: { forceChangePasswordNextSignIn: true, password: 'new-shoes' },
}

describe('the body of a group', () => {
  test('is kept, and a change changes what it names', () => {
    const { ask } = directly()
    const { status, json } = ask('POST', GROUPS, { ...GROUP, description: 'On wheels', groupTypes: [] })
    expect([status, json]).toMatchObject([201, { ...GROUP, description: 'On wheels' }])
    const path = `${GROUPS}/${json.id}`
    expect(ask('PATCH', path, { mailNickname: 'carts-2' }).status).toBe(204)
    expect(ask('GET', path).json).toMatchObject({ ...GROUP, mailNickname: 'carts-2', description: 'On wheels' })
    expect(ask('PATCH', path, { description: null }).status).toBe(204)
    expect(ask('GET', path).json.description).toBeNull()
  })

  test.each<[object, string]>([
    [{ dispalyName: 'x' }, "Invalid property 'dispalyName'."],
    [{ description: 5 }, "Invalid value specified for property 'description' of resource 'Group'."],
    [{ securityEnabled: 'true' }, "Invalid value specified for property 'securityEnabled' of resource 'Group'."],
    [{ groupTypes: ['Dynamic'] }, "Invalid value specified for property 'groupTypes' of resource 'Group'."],
    [{ groupTypes: ['Unified'] }, 'only security groups without mail are simulated'],
    [{ mailEnabled: true }, 'only security groups without mail are simulated'],
    [{ securityEnabled: false }, 'only security groups without mail are simulated'],
    [{ isAssignableToRole: true }, 'isAssignableToRole is not kept here: leave it out'],
    [{ 'owners@odata.bind': ['x'] }, 'owners@odata.bind is not kept here: leave it out'],
  ])('with %j is refused, in a change too', (body, message) => {
    const { ask } = directly()
    const groups = () => ask('GET', GROUPS).json.value
    const before = groups()
    const made = ask('POST', GROUPS, { ...GROUP, ...body })
    expect([made.status, made.json.error.message]).toEqual([400, message])
    const changed = ask('PATCH', `${GROUPS}/${before[0].id}`, body)
    expect([changed.status, changed.json.error.message]).toEqual([400, message])
    expect(groups()).toEqual(before)
  })

  test('does not turn a rule into listed members', () => {
    const { ask } = directly()
    const [{ id }] = ask('GET', GROUPS).json.value
    expect(ask('PATCH', `${GROUPS}/${id}`, { groupTypes: [] }).status).toBe(400)
    expect(ask('PATCH', `${GROUPS}/${id}`, { groupTypes: ['DynamicMembership'] }).status).toBe(204)
  })
})

describe('the body of a user', () => {
  test('is kept and shown, without its password', () => {
    const { ask } = directly()
    const facts = { givenName: 'Eve', surname: 'Lim', usageLocation: 'US', department: null, businessPhones: [] }
    const { status, json } = ask('POST', USERS, { ...USER, ...facts })
    const shown = { mailNickname: 'eve', givenName: 'Eve', surname: 'Lim', usageLocation: 'US' }
    expect([status, json]).toMatchObject([201, shown])
    expect(JSON.stringify(json)).not.toContain('new-shoes')
    const [{ skuId }] = ask('GET', '/v1.0/subscribedSkus').json.value
    ask('POST', `${USERS}/${json.id}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] })
    expect(ask('GET', `${USERS}/${json.id}`).json).toMatchObject({ ...shown, assignedLicenses: [{ skuId }] })
    expect(ask('GET', `${USERS}/${json.id}?$select=usageLocation`).json).toMatchObject({ usageLocation: 'US' })
  })

  test('an account is made blocked, with a password that has to be changed, and a script enables it', () => {
    const { ask, tenant } = directly()
    const passwordProfile = { password: 'Chalk-Board-7', forceChangePasswordNextSignIn: true }
    const { json } = ask('POST', USERS, { ...USER, accountEnabled: false, passwordProfile })
    const kept = () => tenant.directory.now.users.get(json.userPrincipalName.toLowerCase())
    expect([json.accountEnabled, kept()]).toMatchObject([false, { disabled: true, mustChangePassword: true }])
    const change = {
      accountEnabled: true,
      passwordProfile: { password: 'Other-Board-8', forceChangePasswordNextSignIn: false },
    }
    expect(ask('PATCH', `${USERS}/${json.id}`, change).status).toBe(204)
    expect(kept()).toMatchObject({ disabled: false, mustChangePassword: false, password: 'Other-Board-8' })
    expect(ask('GET', `${USERS}/${json.id}`).json.accountEnabled).toBe(true)
    expect(ask('PATCH', `${USERS}/${json.id}`, { userPrincipalName: 'x@contoso.example' }).status).toBe(400)
  })

  test.each<[object, string]>([
    [{ usagelocation: 'US' }, "Invalid property 'usagelocation'."],
    [{ displayName: ['x'] }, "Invalid value specified for property 'displayName' of resource 'User'."],
    [{ accountEnabled: 'yes' }, "Invalid value specified for property 'accountEnabled' of resource 'User'."],
    [{ businessPhones: ['1'] }, 'businessPhones is not kept here: leave it out'],
    [{ userPrincipalName: '@contoso.example' }, 'Property userPrincipalName is invalid.'],
    [{ userPrincipalName: 'a b@contoso.example' }, 'Property userPrincipalName is invalid.'],
    [{ userPrincipalName: 'a@b@contoso.example' }, 'Property userPrincipalName is invalid.'],
    [{ passwordProfile: { password: 'x', secret: 'y' } }, "Invalid property 'secret'."],
  ])('with %j is refused', (body, message) => {
    const { ask, tenant } = directly()
    const before = tenant.directory.now.users.size
    const { status, json } = ask('POST', USERS, { ...USER, ...body })
    expect([status, json.error.message]).toEqual([400, message])
    expect(tenant.directory.now.users.size).toBe(before)
  })
})
