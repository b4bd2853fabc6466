import { expect, test } from 'vitest'
import { foundIn, schoolOf } from './school.ts'

const APP = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
const SCRIPT = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f5b1'
const groups = [
  { id: 'pupils', name: 'Pupils', members: ['alice@contoso.example'] },
  { id: 'prepared', name: 'Prepared' },
]
const policy = { id: 'p', name: 'Students', deviceGroup: 'prepared', assignedTo: ['pupils'] }
const app = { id: APP, name: 'Reader', publisher: 'x', version: '1', assignedTo: ['prepared'] }
const script = { id: SCRIPT, name: 'Zone', assignedTo: ['prepared'] }

const school = (changes: object, others: object = {}) =>
  schoolOf(
    {
      groups,
      apps: [app],
      scripts: [script],
      deploymentProfiles: [],
      statusPages: [],
      devicePreparationPolicies: [{ ...policy, ...changes }],
      ...others,
    },
    [],
  )

test('a school that prepares its devices registers none, and is ready', () => {
  const scene = school({ allowedApps: [APP], allowedScripts: [SCRIPT] })
  const found = (['registrations', 'deviceProfiles', 'assignments'] as const).map((id) => foundIn(scene, id))
  expect(found).toEqual([
    ['ready', '0 devices registered; 1 device preparation policy for devices that are not registered'],
    ['ready', 'no device is registered, and none needs a deployment profile'],
    ['ready', 'profiles and status pages are all assigned'],
  ])
})

test.each<[string, object, object, string]>([
  ['has no device group', { deviceGroup: '' }, {}, 'has no device group, and is not delivered'],
  ['is assigned to nothing', { assignedTo: [] }, {}, 'it is assigned to nothing'],
  [
    'selects an app that its device group does not get',
    { allowedApps: [APP] },
    { apps: [{ ...app, assignedTo: [] }] },
    'selects "Reader", which its device group does not get: it will be skipped',
  ],
  [
    'selects a script that runs as the user',
    { allowedScripts: [SCRIPT] },
    { scripts: [{ ...script, runAsAccount: 'user' }] },
    'selects "Zone", which its device group does not get: it will be skipped',
  ],
])('a policy that %s is found', (_, changes, others, text) => {
  const [status, found] = foundIn(school(changes, others), 'assignments')
  expect([status, found]).toEqual(['notReady', expect.stringContaining(text)])
})
