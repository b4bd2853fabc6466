import { describe, expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const DEVICES = '/deviceManagement/windowsAutopilotDeviceIdentities'
const EVENTUAL = { ConsistencyLevel: 'eventual' }
const lower = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const scene = () =>
  directly({}, [
    { device: 'surface-laptop-se', details: { groupTag: 'Classroom' } },
    { device: 'asus-br1100fka', details: { groupTag: 'Library' } },
    { device: 'dell-latitude-3120', details: { groupTag: 'Library' } },
  ])

describe('registered devices', () => {
  const answer = (query: string, version = 'beta') => {
    const { ask } = scene()
    const { status, json } = ask('GET', `/${version}${DEVICES}?${query}`)
    return status === 200 ? json.value.map(({ manufacturer }: Json) => manufacturer.split(' ')[0]) : json.error.message
  }
  const unknown = (name: string) =>
    `Could not find a property named '${name}' on type 'microsoft.graph.windowsAutopilotDeviceIdentity'.`

  test.each<[string, string[] | string]>([
    ["$filter=startsWith(serialNumber, 'SIM-SLSE')", ['Microsoft']],
    [
      "$Filter=StartsWith(SerialNumber,'sim-slse') OR CONTAINS(GroupTag,'library') AND contains(tolower(model),'latitude')",
      ['Microsoft', 'Dell'],
    ],
    ["filter=not contains(groupTag,'Library')", ['Microsoft']],
    ['$orderby=groupTag desc,manufacturer', ['ASUSTeK', 'Dell', 'Microsoft']],
    ['orderby=groupTag desc,manufacturer desc&top=1', ['Dell']],
    ['$format=json&$top=1', ['Microsoft']],
    ['custom=1&$top=1', ['Microsoft']],
    ["$filter=toaster eq 'x'", `Invalid filter clause: ${unknown('toaster')}`],
    ['$orderby=toaster', `Invalid filter clause: ${unknown('toaster')}`],
    ['$select=id,toaster', `Parsing OData Select and Expand failed: ${unknown('toaster')}`],
    ['$expand=toaster', `Parsing OData Select and Expand failed: ${unknown('toaster')}`],
    ['$expand=groupTag', "Parsing OData Select and Expand failed: Property 'groupTag' cannot be expanded here."],
    ['$expand=(', 'Invalid expand clause: "("'],
    ['$orderby=model up', 'Invalid orderby clause: "model up"'],
    ['$top=1&$top=2', "Query option '$top' was specified more than once, but it must be specified at most once."],
    ['$format=atom', "The value 'atom' for $format is not supported."],
    ['$search="displayName:x"', "The query option '$search' is not supported."],
    ['$skiptoken=x', "Invalid value 'x' for $skiptoken query option found."],
  ])('%s', (query, expected) => {
    expect(answer(query)).toEqual(expected)
  })

  test.each([
    "serialNumber eq 'SIM-SLSE-000001'",
    "SerialNumber EQ 'SIM-SLSE-000001'",
    "groupTag ne ''",
    "serialNumber in ('SIM-SLSE-000001')",
    "model ge 'A'",
    "contains(model,'Laptop') and groupTag eq 'Classroom'",
    "not (groupTag eq 'Library')",
    'length(serialNumber) gt 3',
  ])('a comparison is refused, as on the live service: %s', (filter) => {
    expect(answer(`$filter=${filter}`)).toBe('An error has occurred')
    expect(answer(`$filter=${filter}`, 'v1.0')).toBe('An error has occurred')
  })

  test('so is one by id, and one that is counted; other lists of Intune take it', () => {
    const { ask } = scene()
    const [{ id }] = ask('GET', `/beta${DEVICES}`).json.value
    const byId = ask('GET', `/beta${DEVICES}?$filter=id eq '${id}'`)
    expect([byId.status, byId.json.error.code]).toEqual([400, 'BadRequest'])
    expect(byId.text).toContain('\\r\\n  \\"_version\\": 3')
    expect(ask('GET', `/beta${DEVICES}/$count?$filter=groupTag eq 'Library'`).status).toBe(400)
    for (const list of ['managedDevices', 'importedWindowsAutopilotDeviceIdentities', 'importedDeviceIdentities']) {
      expect(ask('GET', `/beta/deviceManagement/${list}?$filter=id eq '${id}'`).status).toBe(200)
    }
  })

  test('a property of beta is none of v1.0; without its sign an option is one in beta alone', () => {
    const text = `Invalid filter clause: ${unknown('remediationState')}`
    expect(answer("$filter=contains(remediationState,'x')", 'v1.0')).toBe(text)
    expect(answer("$filter=contains(remediationState,'x')")).toEqual([])
    expect(answer('top=1', 'v1.0')).toHaveLength(3)
    expect(answer('$expand=deploymentProfile', 'v1.0')).toBe(
      `Parsing OData Select and Expand failed: ${unknown('deploymentProfile')}`,
    )
  })

  test('a property of a derived type is none of the set', () => {
    const { ask } = scene()
    const text = (query: string) => ask('GET', `/beta/deviceAppManagement/mobileApps?${query}`).json.error?.message
    expect(text('$select=productVersion')).toBe(
      "Parsing OData Select and Expand failed: Could not find a property named 'productVersion' on type 'microsoft.graph.mobileApp'.",
    )
    expect(text("$filter=isof('microsoft.graph.windowsMobileMSI')&$select=displayName")).toBeUndefined()
  })

  test('a property that the service has and the mock never fills is known', () => {
    expect(answer('$select=deploymentProfileAssignedDateTime,manufacturer&$top=1')).toEqual(['Microsoft'])
  })

  test('$select takes any letter case, and shows the name as it is', () => {
    const { ask } = scene()
    const { json } = ask('GET', `/v1.0${DEVICES}?$select=SERIALNUMBER,Id&$top=1`)
    expect(Object.keys(json.value[0])).toEqual(['@odata.type', 'id', 'serialNumber'])
  })

  test('$count counts what the filter left, as a path and as an option', () => {
    const { ask } = scene()
    const filter = "$filter=contains(groupTag,'Library')"
    const counted = ask('GET', `/v1.0${DEVICES}/$count?${filter}`)
    expect([counted.status, counted.headers['content-type'], counted.text]).toEqual([200, 'text/plain', '2'])
    expect(ask('GET', `/v1.0${DEVICES}?${filter}&$count=true&$top=1`).json).toMatchObject({ '@odata.count': 2 })
    expect(ask('GET', `/v1.0${DEVICES}/$count`, undefined, {}).text).toBe('3')
  })

  test('the next page keeps the other options, and is the last when all has been shown', () => {
    const { ask } = scene()
    const filter = encodeURIComponent("contains(groupTag,'Library')")
    const first = ask('GET', `/v1.0${DEVICES}?$filter=${filter}&$top=1&$select=model&$count=true&$skip=0`).json
    const next = new URL(first['@odata.nextLink'])
    expect(Object.fromEntries(next.searchParams)).toEqual({
      $filter: "contains(groupTag,'Library')",
      $top: '1',
      $select: 'model',
      $count: 'true',
      $skiptoken: '1',
    })
    const second = ask('GET', next.pathname + next.search).json
    expect(second.value).toHaveLength(1)
    expect(second.value[0].model).not.toBe(first.value[0].model)
    expect(second['@odata.nextLink']).toBeUndefined()
  })
})

describe('objects of the directory', () => {
  const groups = () => {
    const made = directly({ deploymentProfiles: [], groups: [], statusPages: [] })
    for (const displayName of ['Year one', 'Year two', 'Library']) {
      expect(made.ask('POST', '/v1.0/groups', { displayName, groupTypes: [] }).status).toBe(201)
    }
    const rule = { groupTypes: ['DynamicMembership'], membershipRule: 'device.objectId -ne null' }
    made.ask('POST', '/v1.0/groups', { displayName: 'All', ...rule })
    return made.ask
  }
  const answer = (query: string, headers = {}) => {
    const { status, json } = groups()('GET', `/v1.0/groups?${query}`, undefined, lower(headers))
    return status === 200
      ? json.value.map(({ displayName }: Json) => displayName)
      : [json.error.code, json.error.message]
  }
  const missing = (operator: string) => [
    'Request_UnsupportedQuery',
    `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  ]

  test.each<[string, string[]]>([
    ["$filter=startsWith(displayName,'Year')", ['Year one', 'Year two']],
    ["$filter=groupTypes/any(c:c eq 'DynamicMembership')", ['All']],
    ["$filter=displayName in ('All','Library')", ['Library', 'All']],
    ['$orderby=displayName', ['All', 'Library', 'Year one', 'Year two']],
    ["$filter=displayName ne 'All'", missing('ne')],
    ["$filter=NOT startsWith(displayName,'Year')", missing('not')],
    ["$filter=endswith(displayName,'one')&$count=true", missing('endswith')],
    ["$filter=contains(displayName,'e')", ['Request_UnsupportedQuery', "Filter operator 'Contains' is not supported."]],
    [
      "$filter=startsWith(displayName,'Y')&$orderby=displayName",
      ['Request_UnsupportedQuery', 'Sorting not supported for current query.'],
    ],
    [
      '$search="displayName:one"',
      [
        'Request_UnsupportedQuery',
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      ],
    ],
    ['$top=1000', ['Request_BadRequest', "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."]],
    ['$skip=1', ['Request_BadRequest', "'$skip' is not supported by the service."]],
  ])('%s', (query, expected) => {
    expect(answer(query)).toEqual(expected)
  })

  test.each<[string, string[]]>([
    ["$filter=displayName ne 'All'&$count=true", ['Year one', 'Year two', 'Library']],
    ["$filter=not startsWith(displayName,'Year')&$count=true&$orderby=displayName desc", ['Library', 'All']],
    ["$filter=endswith(displayName,'one')&$count=true", ['Year one']],
    ['$search="displayName:one" OR "displayName:lib"', ['Year one', 'Library']],
    ["$filter=endswith(displayName,'one')", missing('endswith')],
  ])('with the header: %s', (query, expected) => {
    expect(answer(query, EVENTUAL)).toEqual(expected)
  })

  test('are counted with the header alone', () => {
    const ask = groups()
    const count = (headers: object) =>
      ask('GET', '/v1.0/groups/$count', undefined, lower(headers as Record<string, string>))
    expect(count({}).json.error).toMatchObject({
      code: 'Request_BadRequest',
      message: '$count is not currently supported.',
    })
    expect(count(EVENTUAL).text).toBe('4')
    expect(ask('GET', '/v1.0/groups?$count=true').json).not.toHaveProperty('@odata.count')
    expect(ask('GET', '/v1.0/groups?$count=true', undefined, lower(EVENTUAL)).json['@odata.count']).toBe(4)
  })

  test('people are found by their licences', () => {
    const { ask } = directly()
    const path = (filter: string) => `/v1.0/users?$filter=${encodeURIComponent(filter)}`
    const [licensed] = ask('GET', '/v1.0/users').json.value.filter(
      ({ assignedLicenses }: Json) => assignedLicenses.length,
    )
    const { skuId } = licensed.assignedLicenses[0]
    const found = ask('GET', path(`assignedLicenses/any(x:x/skuId eq ${skuId})`)).json.value
    expect(found.map(({ id }: Json) => id)).toContain(licensed.id)
    expect(
      ask('GET', path('assignedLicenses/any(x:x/skuId eq 00000000-0000-0000-0000-000000000000)')).json.value,
    ).toEqual([])
    expect(ask('GET', path(`userPrincipalName eq '${licensed.userPrincipalName}'`)).json.value).toHaveLength(1)
  })
})

test('pages of Intune have 1,000 items, those of the directory 100', () => {
  const { ask, tenant } = directly({ deploymentProfiles: [], groups: [], statusPages: [] }, [
    { device: 'surface-laptop-se' },
  ])
  const [device] = tenant.directory.now.devices.values()
  const ids = Array.from({ length: 1_001 }, (_, index) => `id-${index}`)
  tenant.directory.change(tenant.now(), () => ({
    devices: new Map(ids.map((id) => [id, { ...device!, id }])),
    groups: new Map(ids.map((id) => [id, { id, name: id, description: '', rule: undefined, members: [] }])),
  }))
  const sizes = (path: string) => {
    const { value, '@odata.nextLink': next } = ask('GET', path).json
    return [value.length, next !== undefined]
  }
  expect(sizes(`/v1.0${DEVICES}`)).toEqual([1_000, true])
  expect(sizes(`/v1.0${DEVICES}?$top=5000`)).toEqual([1_000, true])
  expect(sizes('/v1.0/groups')).toEqual([100, true])
  expect(sizes('/v1.0/groups?$top=999')).toEqual([999, true])
})

test('what is not looked into is made for the page alone', () => {
  const { ask, tenant } = directly({}, [{ device: 'surface-laptop-se' }])
  const [device] = tenant.directory.now.devices.values()
  const ids = Array.from({ length: 500 }, (_, index) => `id-${index}`)
  tenant.directory.change(tenant.now(), () => ({ devices: new Map(ids.map((id) => [id, { ...device!, id }])) }))
  const { of } = tenant.contacts
  let made = 0
  tenant.contacts.of = (id) => {
    made++
    return of.call(tenant.contacts, id)
  }
  expect(ask('GET', `/beta${DEVICES}?$top=10`).json.value).toHaveLength(10)
  expect(made).toBeLessThan(20)
})
