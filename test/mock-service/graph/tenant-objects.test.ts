import { expect, test } from 'vitest'
import type { GraphCall } from '../../../src/mock-service/graph/call.ts'
import { meRoutes } from '../../../src/mock-service/graph/me.ts'
import { JsonObject } from '../../../src/protocols/json.ts'
import { asking, directly, type Json, TENANT, tokenWith } from './serve.ts'

test('the organization has its documented members', () => {
  const { ask } = directly()
  const [listed] = ask('GET', '/v1.0/organization').json.value
  expect(listed).toMatchObject({ id: TENANT, tenantType: 'AAD', mobileDeviceManagementAuthority: 'intune' })
  expect(listed.assignedPlans.map(({ servicePlanId }: Json) => servicePlanId)).toContain(
    'c1ec4a95-1f05-45b3-a911-aa3fa01094f5',
  )
  const domains = listed.verifiedDomains.map(({ name, isDefault, isInitial }: Json) => [name, isDefault, isInitial])
  expect(domains).toEqual([
    ['contoso.example', true, false],
    ['contoso.onmicrosoft.test', false, true],
  ])
  expect(ask('GET', `/v1.0/organization/${TENANT}`).json.displayName).toBe(listed.displayName)
  expect(ask('GET', '/v1.0/organization/elsewhere').status).toBe(404)
})

test('domains are verified, and a federated one says so', () => {
  const { ask } = directly({ signIn: 'federated' })
  const { value } = ask('GET', '/v1.0/domains').json
  expect(value.map(({ id, authenticationType, isVerified }: Json) => [id, authenticationType, isVerified])).toEqual([
    ['contoso.example', 'Federated', true],
    ['contoso.onmicrosoft.test', 'Managed', true],
  ])
  expect(ask('GET', '/v1.0/domains/contoso.example').json.isDefault).toBe(true)
  expect(ask('GET', '/v1.0/domains/other.example').status).toBe(404)
})

test('licences are those of the people', () => {
  const { ask } = directly()
  const [sku] = ask('GET', '/v1.0/subscribedSkus').json.value
  const { value: users } = ask('GET', '/v1.0/users').json
  const licensed = users.filter(({ assignedLicenses }: Json) => assignedLicenses.length > 0)
  expect(sku).toMatchObject({
    skuPartNumber: 'M365EDU_A3_STUDENT',
    skuId: licensed[0].assignedLicenses[0].skuId,
    consumedUnits: licensed.length,
  })
  expect(ask('GET', `/v1.0/subscribedSkus/${sku.id}`).json.skuId).toBe(sku.skuId)
  for (const { id } of licensed) {
    ask('POST', `/v1.0/users/${id}/assignLicense`, { addLicenses: [], removeLicenses: [sku.skuId] })
  }
  // The tenant still has them to give.
  expect(ask('GET', '/v1.0/subscribedSkus').json.value).toMatchObject([
    { consumedUnits: 0, prepaidUnits: { enabled: users.length } },
  ])
})

test('the members of Global Administrator are the administrators', () => {
  const { ask, tenant } = directly()
  const [role] = ask('GET', '/v1.0/directoryRoles').json.value
  expect(role.roleTemplateId).toBe('62e90394-69f5-4237-9190-012177145e10')
  const members = ask('GET', `/v1.0/directoryRoles/${role.id}/members`).json.value
  const wanted = [...tenant.directory.now.users.values()].filter(({ isGlobalAdministrator }) => isGlobalAdministrator)
  expect(members.map(({ userPrincipalName }: Json) => userPrincipalName)).toEqual(wanted.map(({ email }) => email))
})

test('applications of Microsoft have their own ids in every tenant', () => {
  const { ask } = directly()
  const { value } = ask('GET', "/v1.0/servicePrincipals?$filter=appId eq 'f1346770-5b25-470b-88bd-d5744ab7952c'").json
  expect(value).toMatchObject([{ displayName: 'Intune Provisioning Client', servicePrincipalType: 'Application' }])
  expect(ask('GET', `/v1.0/servicePrincipals/${value[0].id}`).json.appId).toBe(value[0].appId)
  const [application] = ask('GET', '/v1.0/applications').json.value
  expect([application.displayName, application.passwordCredentials]).toEqual(['Autopilot upload script', []])
})

test('device management is there, with the objects of every tenant', () => {
  const { ask } = directly()
  expect(ask('GET', '/v1.0/deviceManagement').json.subscriptionState).toBe('active')
  expect(ask('GET', '/beta/deviceManagement').json.intuneAccountId).toMatch(/^[0-9a-f-]{36}$/)
  expect(ask('GET', '/beta/deviceManagement/roleScopeTags').json.value).toMatchObject([
    { id: '0', displayName: 'Default' },
  ])
  expect(ask('GET', '/beta/deviceManagement/roleScopeTags/1').status).toBe(404)
  expect(ask('GET', '/v1.0/deviceManagement/managedDeviceOverview').json.enrolledDeviceCount).toBe(0)
  for (const path of [
    '/v1.0/deviceManagement/deviceCategories',
    '/v1.0/deviceManagement/deviceConfigurations',
    '/v1.0/deviceManagement/deviceCompliancePolicies',
    '/v1.0/deviceManagement/termsAndConditions',
    '/beta/deviceManagement/assignmentFilters',
  ]) {
    expect([path, ask('GET', path)]).toMatchObject([path, { status: 200, json: { value: [] } }])
  }
  const [policy] = ask('GET', '/beta/policies/mobileDeviceManagementPolicies').json.value
  expect(policy).toMatchObject({ id: '0000000a-0000-0000-c000-000000000000', appliesTo: 'all', isValid: true })
})

test('named locations are those of the tenant’s file', () => {
  const { ask } = directly({
    namedLocations: [
      { id: 'school', name: 'School', ipRanges: ['203.0.113.0/24', '2001:db8:5c::/48'], trusted: true },
      { id: 'here', name: 'Here', countries: ['US'], unknownCountries: true },
    ],
  })
  const path = '/v1.0/identity/conditionalAccess/namedLocations'
  const [school, here] = ask('GET', path).json.value
  expect(school).toMatchObject({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: 'School',
    isTrusted: true,
    ipRanges: [
      { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' },
      { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: '2001:db8:5c::/48' },
    ],
  })
  expect(ask('GET', `${path}/${here.id}`).json).toMatchObject({
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    countriesAndRegions: ['US'],
    includeUnknownCountriesAndRegions: true,
  })
  expect(ask('GET', `${path}/elsewhere`).status).toBe(404)
})

test('/me is who has signed in, and no application', () => {
  const { ask, tenant } = directly()
  const { status, json } = ask('GET', '/v1.0/me')
  expect([status, json.error.code, json.error.message]).toEqual([
    400,
    'Request_BadRequest',
    '/me request is only valid with delegated authentication flow.',
  ])
  const call: GraphCall = {
    tenant,
    version: 'v1.0',
    params: [],
    url: new URL('https://graph.microsoft.test/v1.0/me'),
    headers: {},
    hasBody: false,
    family: 'directory',
    expands: {},
    isCount: false,
    refusesComparisons: false,
    claims: { upn: 'alice@contoso.example' },
    body: () => new JsonObject({}, 'ERR_GRAPH_BODY'),
  }
  const [me] = meRoutes
  expect(me!.handle(call).body).toMatchObject({ userPrincipalName: 'alice@contoso.example' })
})

test('the permission that each sign-in asks for is enough for /me, and for no other user', () => {
  const scene = directly()
  const ask = asking(scene, tokenWith(scene, { scp: 'openid profile User.Read', upn: 'alice@contoso.example' }))
  expect(ask('GET', '/v1.0/me').json).toMatchObject({ userPrincipalName: 'alice@contoso.example' })
  expect(ask('GET', '/v1.0/users').status).toBe(403)
})
