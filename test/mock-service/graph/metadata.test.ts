import { expect, test } from 'vitest'
import { ENTITY_TYPES } from '../../../src/mock-service/graph/entity-types.ts'
import { GRAPH_ROUTES } from '../../../src/mock-service/graph/handle-graph.ts'
import { asking, directly } from './serve.ts'

const { XMLParser } = await import('fast-xml-parser')
const read = (version: string) => {
  const answer = asking(directly(), '')('GET', `/${version}/$metadata`)
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/xml'])
  const document = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => /^(EntityType|Property|NavigationProperty|Action|EntitySet|Singleton)$/.test(name),
  }).parse(answer.text)
  return document['edmx:Edmx']['edmx:DataServices'].Schema
}
const names = (list: { Name: string }[] = []) => list.map(({ Name }) => Name)

test('the model is readable without a token, and has types, sets and actions', () => {
  const schema = read('beta')
  expect(schema.Namespace).toBe('microsoft.graph')
  expect(names(schema.EntityType)).toEqual(expect.arrayContaining(['entity', ...ENTITY_TYPES.map(({ name }) => name)]))
  expect(names(schema.EntityContainer.EntitySet)).toEqual(expect.arrayContaining(['groups', 'users', 'organization']))
  expect(names(schema.EntityContainer.Singleton)).toEqual(['deviceManagement', 'deviceAppManagement'])
  expect(names(schema.Action)).toEqual(expect.arrayContaining(['assign', 'import', 'updateDeviceProperties', 'sync']))
})

test('v1.0 has no property of beta', () => {
  const device = (version: string) =>
    names(
      read(version).EntityType.find(({ Name }: { Name: string }) => Name === 'windowsAutopilotDeviceIdentity').Property,
    )
  expect(device('v1.0')).not.toContain('remediationState')
  expect(device('beta')).toContain('remediationState')
  expect(
    names(read('v1.0').EntityType.find(({ Name }: { Name: string }) => Name === 'deviceManagement').NavigationProperty),
  ).not.toContain('windowsAutopilotDeploymentProfiles')
})

test('no name is twice in a type, and what is of beta is a property', () => {
  const lists = (type: (typeof ENTITY_TYPES)[number]) =>
    [type.text, type.texts, type.boolean, type.number, type.dateTime, type.guid, type.complex, type.navigation].flatMap(
      (text) => text?.split(/\s+/).filter(Boolean) ?? [],
    )
  for (const type of ENTITY_TYPES) {
    const all = lists(type)
    expect([type.name, all.filter((name, index) => all.indexOf(name) !== index)]).toEqual([type.name, []])
    expect([type.name, (type.beta ?? '').split(/\s+/).filter((name) => name !== '' && !all.includes(name))]).toEqual([
      type.name,
      [],
    ])
  }
})

test('what a collection shows is in the table of its type', () => {
  const { ask } = directly({}, [{ device: 'surface-laptop-se' }])
  for (const { method, path } of GRAPH_ROUTES) {
    if (method !== 'GET' || path.includes('{id}')) continue
    const [item] = ask('GET', `/beta${path}`).json.value ?? []
    const own = Object.keys(item ?? {}).filter((name) => !name.startsWith('@'))
    const type = ENTITY_TYPES.find(({ sets }) => sets.includes(path.slice(1)))
    expect([path, type?.name]).toEqual([path, expect.any(String)])
    const listed = Object.values(type!).join(' ').split(/\s+/)
    expect([path, own.filter((name) => !listed.includes(name))]).toEqual([path, []])
  }
})
