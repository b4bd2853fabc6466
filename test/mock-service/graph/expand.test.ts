import { expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const DM = '/beta/deviceManagement'

test.each([
  [`${DM}/windowsAutopilotDeploymentProfiles`, 'assignments'],
  [`${DM}/deviceEnrollmentConfigurations`, 'assignments'],
  ['/beta/deviceAppManagement/mobileApps', 'assignments'],
  ['/v1.0/groups', 'members'],
  ['/v1.0/users', 'memberOf'],
])('%s with %s has what its own path has', (path, name) => {
  const { ask, wait } = directly({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
  wait(20)
  const listed = ask('POST', '/v1.0/groups', { displayName: 'People', groupTypes: [] }).json.id
  const alice = 'https://graph.microsoft.com/v1.0/users/alice@contoso.example'
  expect(ask('POST', `/v1.0/groups/${listed}/members/$ref`, { '@odata.id': alice }).status).toBe(204)
  const plain = ask('GET', path).json.value
  expect(plain.length).toBeGreaterThan(0)
  expect(plain[0]).not.toHaveProperty(name)
  const all = ask('GET', `${path}?$expand=${name}`).json.value
  for (const item of all) {
    // The default Enrollment Status Page is not one that can be asked for.
    if (item.id === 'default') continue
    const { status, json } = ask('GET', `${path}/${item.id}/${name}`)
    expect([status, item[name]]).toEqual([200, json.value])
    expect(ask('GET', `${path}/${item.id}?$expand=${name.toUpperCase()}`).json[name]).toEqual(json.value)
  }
  expect(all.some((item: Json) => item[name].length > 0)).toBe(true)
})

test('a device shows its profile, and null where it has none', () => {
  const { ask, wait } = directly({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
  const devices = `${DM}/windowsAutopilotDeviceIdentities`
  const [{ id }] = ask('GET', devices).json.value
  const profiles = () => {
    const { json } = ask('GET', `${devices}/${id}?$expand=deploymentProfile,intendedDeploymentProfile`)
    return [json.deploymentProfile?.displayName, json.intendedDeploymentProfile?.displayName]
  }
  wait(20)
  expect(profiles()).toEqual(['Classroom laptops', 'Classroom laptops'])
  ask('POST', `${devices}/${id}/updateDeviceProperties`, { groupTag: 'Nothing' })
  wait(21)
  const { json } = ask('GET', `${devices}/${id}?$expand=*`)
  expect([json.deploymentProfile, json.intendedDeploymentProfile]).toEqual([null, null])
})

test('an expansion selects, beside the selection of its entity', () => {
  const { ask } = directly()
  const path = `${DM}/windowsAutopilotDeploymentProfiles?$select=displayName&$expand=assignments($select=target)`
  const [profile] = ask('GET', path).json.value
  expect(Object.keys(profile)).toEqual(['@odata.type', 'displayName', 'assignments'])
  expect(Object.keys(profile.assignments[0])).toEqual(['@odata.type', 'target'])
})
