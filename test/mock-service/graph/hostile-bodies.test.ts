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
