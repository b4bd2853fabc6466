import { expect, test } from 'vitest'
import { PREREQUISITES, type PrerequisiteId } from '../../../src/mock-service/prerequisites/prerequisite.ts'
import { foundIn, schoolOf } from './school.ts'

type Devices = NonNullable<Parameters<typeof schoolOf>[1]>

const group = (id: string, membershipRule: string) => ({ id, name: id, membershipRule })
const profile = (id: string, changes: object = {}) => ({
  id,
  name: id,
  mode: 'userDriven',
  assignedTo: ['classroom-devices', 'library-devices'],
  ...changes,
})
const page = (changes: object) => ({ id: 'p', name: 'Page', assignedTo: ['allDevices'], ...changes })
const app = (name: string, version: string) => ({
  id: '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501',
  name,
  publisher: 'x',
  version,
})
const APP_2 = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f502'
const devices = (...registered: [device: string, details?: object][]): Devices =>
  registered.map(([device, details]) => ({ device, details: { groupTag: 'Classroom', ...details } }))

test('a school without a fault is ready, but for its network, which no file knows', () => {
  const all = schoolOf().all()
  expect(all.map(({ id }) => id)).toEqual(Object.keys(PREREQUISITES))
  expect(all.filter(({ status }) => status !== 'ready').map(({ id, status }) => [id, status])).toEqual([
    ['network', 'notKnown'],
  ])
  expect(all.flatMap(({ reasons }) => reasons).every(({ text }) => text !== '')).toBe(true)
})

const withUser = (changes: object) => ({
  users: [
    { email: 'alice@contoso.example', password: 'x', name: 'Alice', ...changes },
    { email: 'dana@contoso.example', password: 'x', name: 'Dana', isGlobalAdministrator: true },
  ],
})
const partner = (consentedBy: string) => ({
  partners: [{ id: 'f', name: 'Fabrikam', kind: 'reseller', consentedBy }],
})
const enrollment = (changes: object) => ({ enrollment: changes })
const LIBRARY = '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Library"))'
const CLASSROOM = '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Classroom"))'

interface Fault {
  changes?: Record<string, unknown>
  registered?: Devices
  says: (string | RegExp)[]
}

/** Each fault of the good school, and what is said of it. The good school is the other half of each pair. */
const FAULTS: [PrerequisiteId, string, Fault][] = [
  [
    'licences',
    'a user without a licence',
    { changes: withUser({ licensed: false }), says: [/^alice@contoso\.example has no Intune licence: .* 0x80180018$/] },
  ],
  [
    'licences',
    'no licence at all',
    {
      changes: { users: [{ email: 'a@contoso.example', password: 'x', name: 'A', licensed: false }], partners: [] },
      says: [/^no user has an Intune licence/, /^a@contoso\.example has no/],
    },
  ],
  ['licences', 'no user', { changes: { users: [], partners: [] }, says: [/^no user has an Intune licence/] }],
  [
    'directoryLicence',
    'a free directory',
    {
      changes: { directoryLicence: 'free' },
      says: [/automatic enrolment/, /^dynamic groups .*: "Classroom devices", "Library devices"$/, /^the branding/],
    },
  ],
  ['mdmScope', 'None', { changes: enrollment({ mdmUserScope: 'none' }), says: [/^the MDM user scope is None/] }],
  ['mdmScope', 'no group', { changes: enrollment({ mdmUserScope: [] }), says: [/^the MDM user scope is None/] }],
  [
    'mdmScope',
    'a group without one of the users',
    {
      changes: {
        groups: [
          group('classroom-devices', CLASSROOM),
          group('library-devices', LIBRARY),
          { id: 'staff', name: 'Staff', members: ['Dana@contoso.example'] },
        ],
        ...enrollment({ mdmUserScope: ['staff'] }),
      },
      says: [/^alice@contoso\.example is in no group of the MDM user scope/],
    },
  ],
  ['mdmApplications', 'none', { changes: enrollment({ mdmApplications: [] }), says: ['there is no MDM application'] }],
  [
    'mdmApplications',
    'two',
    { changes: enrollment({ mdmApplications: ['Intune', 'Other'] }), says: ['there are several: Intune, Other'] },
  ],
  ['joining', 'not allowed', { changes: enrollment({ join: 'none' }), says: [/0x801c0003$/] }],
  ['enrollment', 'blocked', { changes: enrollment({ windows: 'block' }), says: [/0x80180014$/] }],
  ['deviceLimit', 'zero', { changes: enrollment({ deviceLimit: 0 }), says: [/the limit is 0$/] }],
  [
    'deviceLimit',
    'more devices for a user than that',
    {
      changes: enrollment({ deviceLimit: 1 }),
      registered: devices(
        ['surface-laptop-se', { assignedUser: 'Alice@contoso.example' }],
        ['dell-latitude-3120', { assignedUser: 'alice@contoso.example' }],
      ),
      says: ['alice@contoso.example has 2 devices assigned, and may join 1'],
    },
  ],
  ['consent', 'none yet', { changes: partner(''), says: [/^"Fabrikam" asks to register devices, and no Global/] }],
  [
    'consent',
    'of a teacher',
    { changes: partner('alice@contoso.example'), says: [/alice@contoso\.example, who is not a Global Administrator/] },
  ],
  [
    'consent',
    'devices of a reseller that is not there',
    {
      changes: { partners: [] },
      registered: devices(['surface-laptop-se', { path: 'reseller' }]),
      says: ['SIM-SLSE-000001 came from the reseller, and the school has none'],
    },
  ],
  [
    'surfaceRequests',
    'an open one',
    {
      changes: { surfaceRequests: [{ device: 'surface-laptop-se', proof: 'invoice.pdf' }] },
      says: [/^Microsoft has not answered the request for "surface-laptop-se"/],
    },
  ],
  ['registrations', 'none', { registered: [], says: ['no device is registered'] }],
  [
    'groupTags',
    'a tag with a typing mistake',
    {
      registered: devices(['surface-laptop-se', { groupTag: 'Clasroom' }], ['asus-br1100fka', { groupTag: 'Library' }]),
      says: ['no group takes the tag "Clasroom" of SIM-SLSE-000001'],
    },
  ],
  [
    'groupTags',
    'a tag, and no rule at all',
    { changes: { groups: [], deploymentProfiles: [], statusPages: [] }, says: [/"Classroom"/, /"Library"/] },
  ],
  [
    'groupRules',
    'a rule for no device',
    {
      registered: devices(['surface-laptop-se']),
      says: ['no registered device fulfils the rule of "Library devices"'],
    },
  ],
  [
    'ruleAttributes',
    'what comes with the enrolment, and what never comes',
    {
      changes: {
        groups: [
          group('classroom-devices', '(device.deviceModel -eq "x") or (device.extensionAttribute1 -eq "y")'),
          group('library-devices', 'device.systemLabels -any (_ -eq "z")'),
        ],
      },
      says: [
        /deviceModel: .* too late/,
        /extensionAttribute1: no registered device has it$/,
        /systemLabels: no registered device has it$/,
      ],
    },
  ],
  [
    'deviceProfiles',
    'no profile at all',
    { changes: { deploymentProfiles: [] }, says: [/^the school has no deployment profile/] },
  ],
  [
    'deviceProfiles',
    'a device in no group, one whose group has none, one that is left out',
    {
      changes: {
        groups: [
          group('classroom-devices', CLASSROOM),
          group('library-devices', LIBRARY),
          group('lab', '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Lab"))'),
        ],
        deploymentProfiles: [profile('a', { assignedTo: ['library-devices'], excluded: ['library-devices'] })],
      },
      registered: devices(
        ['surface-laptop-se', { groupTag: '' }],
        ['dell-latitude-3120'],
        ['asus-br1100fka', { groupTag: 'Library' }],
      ),
      says: [
        'SIM-SLSE-000001 gets no deployment profile: it is in no group',
        'SIM-3120-000001 gets no deployment profile: none is assigned to its group "classroom-devices"',
        'SIM-BR11-000001 gets no deployment profile: "a" leaves out its group "library-devices"',
      ],
    },
  ],
  [
    'profileConflicts',
    'two for one device',
    {
      changes: {
        deploymentProfiles: [
          profile('young', { createdDateTime: '2024-09-01T00:00:00Z' }),
          profile('old', { assignedTo: ['classroom-devices'] }),
        ],
      },
      says: ['SIM-SLSE-000001: "old" is the oldest profile and wins over "young"'],
    },
  ],
  [
    'assignments',
    'a profile and a page that reach no device',
    {
      changes: {
        deploymentProfiles: [profile('a'), profile('idle', { assignedTo: [] })],
        statusPages: [page({ assignedTo: [] })],
      },
      says: [
        'no device gets the deployment profile "idle": it is assigned to nothing',
        'no device shows the Enrollment Status Page "Page": it is assigned to nothing',
      ],
    },
  ],
  [
    'hardware',
    'self-deploying without TPM 2.0',
    {
      registered: devices(['contoso-desktop-no-tpm', { groupTag: 'Library' }]),
      says: [/^SIM-DESK-000001: "Library shared devices" is self-deploying, and needs TPM 2\.0/],
    },
  ],
  [
    'hardware',
    'pre-provisioning without TPM 2.0',
    {
      changes: { deploymentProfiles: [profile('a', { preprovisioningAllowed: true })] },
      registered: devices(['contoso-laptop-tpm-1-2']),
      says: ['SIM-TPM1-000001: "a" allows pre-provisioning, which needs TPM 2.0'],
    },
  ],
  [
    'approvedApps',
    'an app that is not on the list',
    {
      changes: { apps: [app('Gradebook', '2')], statusPages: [page({})] },
      says: [/^"Page" waits for "Gradebook 2", which is not on the list/],
    },
  ],
  [
    'approvedApps',
    'an app that is too old',
    {
      changes: { apps: [app('PaperCut', '1.0')], statusPages: [page({})] },
      says: [/^"Page" waits for "PaperCut 1\.0", which is older than the 22\.0\.6/],
    },
  ],
  [
    'objects',
    'users that are not there',
    {
      changes: partner('ghost@contoso.example'),
      registered: devices(['surface-laptop-se', { assignedUser: 'lost@contoso.example' }]),
      says: [/^SIM-SLSE-000001 is assigned to lost@contoso\.example/, /^ghost@contoso\.example, who consented/],
    },
  ],
  ['branding', 'none', { changes: { branding: null }, says: [/no colour/, /no text/, /no hint/] }],
]

test.each(FAULTS)('%s: %s', (id, _, { changes, registered, says }) => {
  const [status, ...texts] = foundIn(schoolOf(changes, registered), id)
  expect(status).toBe('notReady')
  expect(texts).toEqual(says.map((text) => (typeof text === 'string' ? text : expect.stringMatching(text))))
  expect(
    schoolOf(changes, registered)
      .of(id)
      .reasons.every(({ remedy }) => remedy !== ''),
  ).toBe(true)
})

test('MSI and Win32 apps that are both required are warned of, and fail nothing', () => {
  const both = { apps: [app('PaperCut', '22.0.6'), { ...app('Browser', '3'), id: APP_2, kind: 'win32' }] }
  const [status, ...texts] = foundIn(schoolOf(both), 'appKinds')
  expect(status).toBe('notKnown')
  expect(texts).toEqual([expect.stringMatching(/\("PaperCut"\).*\("Browser"\).*0x80070652$/)])
})

test('every prerequisite can fail, but for those that no file knows', () => {
  // Of files that a school cannot be made of: test/cli/tenant-show.test.ts.
  const elsewhere = ['serialNumbers', 'windows', 'deviceNames', 'values']
  const failing = new Set<string>([...FAULTS.map(([id]) => id), ...elsewhere, 'network', 'appKinds'])
  expect(Object.keys(PREREQUISITES).filter((id) => !failing.has(id))).toEqual([])
})
