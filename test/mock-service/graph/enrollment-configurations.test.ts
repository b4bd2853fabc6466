import { describe, expect, test } from 'vitest'
import { HELLO_DEFAULTS } from '../../../src/domain/hello.ts'
import { directly, type Json, TENANT } from './serve.ts'

const PAGES = '/beta/deviceManagement/deviceEnrollmentConfigurations'
const TYPE = '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration'
const SUFFIX = '_Windows10EnrollmentCompletionPageConfiguration'
const NAMESPACE = 'microsoft.management.services.api'

describe('the configurations that each tenant has', () => {
  const DEFAULTS = [
    ['DefaultLimit', 'deviceEnrollmentLimitConfiguration', 'limit'],
    ['DefaultPlatformRestrictions', 'deviceEnrollmentPlatformRestrictionsConfiguration', 'platformRestrictions'],
    [
      'DefaultWindowsHelloForBusiness',
      'deviceEnrollmentWindowsHelloForBusinessConfiguration',
      'windowsHelloForBusiness',
    ],
    [`Default${SUFFIX.slice(1)}`, TYPE.replace('#microsoft.graph.', ''), SUFFIX.slice(1).replace('W', 'w')],
    ['WindowsRestore', 'windowsRestoreDeviceEnrollmentConfiguration', 'windowsRestore'],
  ]

  test.each(DEFAULTS)('have %s', (id, type, kind) => {
    const { ask } = directly({ statusPages: [] })
    const all: Json[] = ask('GET', PAGES).json.value
    expect(all).toHaveLength(DEFAULTS.length)
    const entry = all.find((candidate) => candidate.id === `${TENANT}_${id}`)
    expect(entry).toMatchObject({
      '@odata.type': `#microsoft.graph.${type}`,
      displayName: 'All users and all devices',
      priority: 0,
      version: 0,
      createdDateTime: '0001-01-01T00:00:00Z',
      deviceEnrollmentConfigurationType: kind,
    })
    expect(ask('GET', `${PAGES}/${entry.id}`).json).toMatchObject(entry)
    const [assignment] = ask('GET', `${PAGES}/${entry.id}/assignments`).json.value
    expect(assignment).toMatchObject({
      id: entry.id,
      source: 'direct',
      sourceId: null,
      target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' },
    })
    expect(ask('GET', `${PAGES}/${entry.id}/assignments/${entry.id}`).json).toMatchObject(assignment)
  })

  const HELLO = `${PAGES}/${TENANT}_DefaultWindowsHelloForBusiness`

  test('have a setting of Windows Hello that a script changes, and reads again', () => {
    const { ask, tenant } = directly({ windowsHello: { ...HELLO_DEFAULTS } })
    const before = ask('GET', HELLO).json
    expect(before).toMatchObject({
      state: 'notConfigured',
      pinMinimumLength: 6,
      pinUppercaseCharactersUsage: 'disallowed',
    })
    // A script sends back all that it has read.
    const change = { state: 'enabled', pinMinimumLength: 8, pinLowercaseCharactersUsage: 'required' }
    const { '@odata.context': _, ...whole } = before
    const { status, json } = ask('PATCH', HELLO, { ...whole, ...change })
    expect([status, json]).toEqual([200, expect.objectContaining(change)])
    expect(ask('GET', HELLO).json).toMatchObject(change)
    expect(tenant.hello).toMatchObject(change)
  })

  const RESTORE = `${PAGES}/${TENANT}_WindowsRestore`

  test('have the setting of the restore page, which is off until a script enables it', () => {
    const { ask, tenant } = directly()
    expect(ask('GET', RESTORE).json.state).toBe('notConfigured')
    expect(ask('PATCH', RESTORE, { state: 'enabled' }).json.state).toBe('enabled')
    expect(tenant.restorePage).toBe('enabled')
    expect(ask('PATCH', RESTORE, { state: 'on' }).status).toBe(400)
    expect(ask('GET', RESTORE).json.state).toBe('enabled')
  })

  test.each<[object, string]>([
    [{ pinMinimumLength: 3 }, 'pinMinimumLength and pinMaximumLength are whole numbers from 4 to 127'],
    [{ pinMinimumLength: 20, pinMaximumLength: 10 }, 'pinMinimumLength is greater than pinMaximumLength'],
    [{ pinExpirationInDays: 30 }, 'This simulation does not follow pinExpirationInDays: it stays 0.'],
  ])('have a setting of Windows Hello that does not take %o', (change, message) => {
    const { ask, tenant } = directly()
    const { status, json } = ask('PATCH', HELLO, change)
    expect([status, json.error.message]).toEqual([400, message])
    expect(tenant.hello.state).toBe('disabled')
  })

  test.each(DEFAULTS)('cannot lose or change %s', (id) => {
    const { ask } = directly()
    const path = `${PAGES}/${TENANT}_${id}`
    const refusal = (method: 'PATCH' | 'DELETE' | 'POST', action = '', body: object = {}) => {
      const { status, json } = ask(method, path + action, body)
      return [status, json.error.message]
    }
    expect(refusal('DELETE')).toEqual([400, 'A default configuration cannot be deleted.'])
    if (id !== 'DefaultWindowsHelloForBusiness' && id !== 'WindowsRestore') {
      expect(refusal('PATCH')).toEqual([400, 'A default configuration cannot be changed in this simulation.'])
    }
    const otherPriority = 'A default configuration cannot be given another priority than 0.'
    expect(refusal('POST', '/setPriority', { priority: 1 })).toEqual([400, otherPriority])
    expect(refusal('POST', '/assign', { enrollmentConfigurationAssignments: [] })).toEqual([
      400,
      'A default configuration cannot be assigned to others than all.',
    ])
    expect(ask('GET', path).status).toBe(200)
  })

  test.each(['allow', 'block'])('%s Windows as the tenant does', (windows) => {
    const { ask } = directly({ enrollment: { windows } })
    const { windowsRestriction } = ask('GET', `${PAGES}/${TENANT}_DefaultPlatformRestrictions`).json
    expect(windowsRestriction).toMatchObject({
      platformBlocked: windows === 'block',
      personalDeviceEnrollmentBlocked: false,
    })
  })

  test('show no status page: none is shown to a device that gets no other', () => {
    const { ask, tenant } = directly({ statusPages: [] })
    const { showInstallationProgress } = ask('GET', `${PAGES}/${TENANT}_Default${SUFFIX.slice(1)}`).json
    const { page } = tenant.managementOf({ registered: undefined }, '').statusPage
    expect([showInstallationProgress, page.showInstallationProgress]).toEqual([false, false])
  })
})

describe('an Enrollment Status Page', () => {
  const ALL = {
    displayName: 'Setup',
    description: 'For all',
    showInstallationProgress: true,
    blockDeviceSetupRetryByUser: true,
    allowDeviceResetOnInstallFailure: true,
    allowLogCollectionOnInstallFailure: true,
    customErrorMessage: 'Ask in room 5.',
    installProgressTimeoutInMinutes: 45,
    allowDeviceUseOnInstallFailure: true,
    selectedMobileAppIds: [],
    trackInstallProgressForAutopilotOnly: true,
    disableUserStatusTrackingAfterFirstUser: true,
    allowNonBlockingAppInstallation: true,
    installQualityUpdates: true,
  }

  test('keeps all that its type has, and has an id that says what it is', () => {
    const { ask, wait } = directly({ statusPages: [] })
    // As the portal sends it: with an id that the service does not take.
    const made = ask('POST', PAGES, { '@odata.type': TYPE, id: 'mine', roleScopeTagIds: ['0'], ...ALL })
    expect(made).toMatchObject({ status: 201, json: { ...ALL, '@odata.type': TYPE, priority: 1 } })
    const { id } = made.json
    expect(id).toMatch(/^[0-9a-f-]{36}_Windows10EnrollmentCompletionPageConfiguration$/)
    wait(5)
    const patched = ask('PATCH', `${PAGES}/${id}`, { '@odata.type': TYPE, customErrorMessage: null }).json
    expect(patched).toMatchObject({ ...ALL, customErrorMessage: '', id })
    expect([patched.createdDateTime, patched.lastModifiedDateTime]).toEqual([
      '2024-11-04T08:00:00Z',
      '2024-11-04T08:05:00Z',
    ])
    expect(ask('GET', `${PAGES}/${id.replace(SUFFIX, '')}`).status).toBe(404)
    expect(ask('DELETE', `${PAGES}/${id}`).status).toBe(204)
    expect(ask('GET', `${PAGES}/${id}`).status).toBe(404)
  })

  test.each<[string, object, string]>([
    [
      'a name that it does not have',
      { allowReset: true },
      `The property 'allowReset' does not exist on type '${NAMESPACE}.windows10EnrollmentCompletionPageConfiguration'. Make sure to only use property names that are defined by the type.`,
    ],
    [
      'minutes that are no number',
      { installProgressTimeoutInMinutes: '60' },
      "Cannot convert the literal '60' to the expected type 'Edm.Int32'.",
    ],
    [
      'half a minute',
      { installProgressTimeoutInMinutes: 1.5 },
      "Cannot convert the literal '1.5' to the expected type 'Edm.Int32'.",
    ],
    [
      'no time',
      { installProgressTimeoutInMinutes: 0 },
      'installProgressTimeoutInMinutes is a whole number from 1 to 1440',
    ],
    [
      'an app that is no text',
      { selectedMobileAppIds: [5] },
      "Cannot convert the literal '5' to the expected type 'Edm.String'.",
    ],
    ['an app that is not there', { selectedMobileAppIds: ['x'] }, 'there is no app "x"'],
    ['no name', { displayName: ' ' }, 'displayName is missing'],
    [
      'a message without end',
      { customErrorMessage: 'x'.repeat(10_001) },
      'customErrorMessage has at most 10000 characters',
    ],
    [
      'another type',
      { '@odata.type': '#microsoft.graph.deviceEnrollmentLimitConfiguration', limit: 3 },
      'This simulation makes no deviceEnrollmentLimitConfiguration: a tenant has its default, and Enrollment Status Pages.',
    ],
    ['its assignments', { assignments: [] }, 'assignments cannot be set in this request: it has other paths'],
  ])('with %s is refused', (_, body, message) => {
    const { ask, tenant } = directly({ statusPages: [] })
    const { status, json } = ask('POST', PAGES, { '@odata.type': TYPE, ...ALL, ...body })
    expect([status, json.error.message]).toEqual([400, message])
    expect(tenant.directory.now.statusPages.size).toBe(0)
  })

  test('moves by its priority, which is a number and alone in the body', () => {
    const { ask } = directly()
    const { id } = ask('POST', PAGES, { displayName: 'New' }).json
    const message = (body: object) => ask('POST', `${PAGES}/${id}/setPriority`, body).json.error?.message
    expect(message({})).toBe("The operation 'setPriority' requires the parameter 'priority'.")
    expect(message({ priority: '1' })).toBe("Cannot convert the literal '1' to the expected type 'Edm.Int32'.")
    expect(message({ priority: 0 })).toBe('priority is a whole number from 1')
    expect(message({ priority: 1, force: true })).toMatch(/^The parameter 'force'/)
    expect(message({ priority: 1 })).toBeUndefined()
    const priorities: Json[] = ask('GET', PAGES).json.value.filter((entry: Json) => entry.priority > 0)
    expect(priorities.map(({ displayName, priority }) => [displayName, priority])).toEqual([
      ['New', 1],
      ['School devices', 2],
    ])
  })
})
