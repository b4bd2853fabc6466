import { describe, expect, test } from 'vitest'
import { GRAPH_ROUTES } from '../../../src/mock-service/graph/handle-graph.ts'
import { directly } from './serve.ts'

const WRONG = [null, 1, 'x'.repeat(2000), true, [], {}, [null], [[]]]

/** Every member that any route reads, each with a value of the wrong type. */
const MEMBERS = [
  'userPrincipalName',
  'displayName',
  'membershipRule',
  'membershipRuleProcessingState',
  'groupTypes',
  'hardwareIdentifier',
  'importedWindowsAutopilotDeviceIdentities',
  'outOfBoxExperienceSetting',
  'selectedMobileAppIds',
  'installProgressTimeoutInMinutes',
  'enrollmentConfigurationAssignments',
  'mobileAppAssignments',
  'target',
  'serialNumbers',
  'priority',
  'passwordProfile',
  'addLicenses',
  'removeLicenses',
  'backgroundColor',
  'signInPageText',
  '@odata.type',
  '@odata.id',
  'members@odata.bind',
  'requests',
  'size',
  'productVersion',
  'groupTag',
  'locale',
]

describe('a body of the wrong shape', () => {
  const writing = GRAPH_ROUTES.filter(({ method }) => method === 'POST' || method === 'PATCH')

  test.each(writing.map((route) => [route.method, route.path] as const))('to %s %s is answered', (method, path) => {
    const { ask, tenant } = directly({}, [{ device: 'surface-laptop-se' }])
    const { devices, groups, profiles, statusPages, apps } = tenant.directory.now
    const ids: Record<string, Iterable<string>> = {
      windowsAutopilotDeviceIdentities: devices.keys(),
      groups: groups.keys(),
      windowsAutopilotDeploymentProfiles: profiles.keys(),
      deviceEnrollmentConfigurations: statusPages.keys(),
      mobileApps: apps.keys(),
      organization: [tenant.definition.tenantId],
      users: ['alice@contoso.example'],
    }
    const [id] = Object.entries(ids).find(([set]) => path.includes(`/${set}/`))?.[1] ?? []
    const url = `/beta${path.replaceAll('{id}', id ?? 'x')}`
    const bodies = [{}, ...MEMBERS.flatMap((member) => WRONG.map((value) => ({ displayName: 'x', [member]: value })))]
    for (const body of bodies) {
      const { status } = ask(method, url, body)
      expect({ body, isAnswered: status >= 200 && status < 500 }).toEqual({ body, isAnswered: true })
    }
  })
})

test('a batch of the wrong shape is answered', () => {
  const { ask } = directly()
  const part = { id: '1', method: 'POST', url: '/groups', headers: { 'Content-Type': 'application/json' }, body: {} }
  const wrong = [...WRONG, 'a', '%zz', '//', '\ud800', ['1']]
  for (const member of [...Object.keys(part), 'dependsOn']) {
    for (const value of wrong) {
      const { status } = ask('POST', '/beta/$batch', { requests: [{ ...part, [member]: value }] })
      expect({ member, value, isAnswered: status < 500 }).toEqual({ member, value, isAnswered: true })
    }
  }
})

test('a query of the wrong shape is answered', () => {
  const { ask } = directly({}, [{ device: 'surface-laptop-se' }])
  const sets = GRAPH_ROUTES.filter(({ method, path }) => method === 'GET' && !path.includes('{id}')).map(
    ({ path }) => path,
  )
  const values = [
    '',
    "'",
    '(',
    ')',
    ',',
    '*',
    '@',
    '$count',
    '__proto__ eq null',
    'constructor',
    'a/b/c',
    '%00',
    '-1',
    '1e9',
    'x'.repeat(9_000),
  ]
  for (const path of sets) {
    for (const option of [
      'filter',
      'select',
      'expand',
      'orderby',
      'top',
      'skip',
      'skiptoken',
      'search',
      'count',
      'format',
    ]) {
      for (const value of values) {
        const { status } = ask('GET', `/beta${path}?$${option}=${encodeURIComponent(value)}`)
        expect({ path, option, value, isAnswered: status < 500 }).toEqual({ path, option, value, isAnswered: true })
      }
    }
  }
})
