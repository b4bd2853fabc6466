import { element, type Xml } from '../../protocols/xml/write.ts'
import type { GraphAnswer, GraphRoute } from './contract.ts'
import { ENTITY_TYPES, type Kind, propertiesOf, typeOfSet } from './entity-types.ts'
import type { EntityType } from './types/entity-type.ts'

const EDM: Record<Exclude<Kind, 'navigation'>, string> = {
  text: 'Edm.String',
  texts: 'Collection(Edm.String)',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int64',
  dateTime: 'Edm.DateTimeOffset',
  guid: 'Edm.Guid',
  // Complex types are not described further.
  complex: 'Edm.Untyped',
}

/** Navigation properties that lead to one entity. */
const SINGLE = new Set([
  'branding',
  'createdOnBehalfOf',
  'deploymentProfile',
  'deviceCategory',
  'intendedDeploymentProfile',
  'manager',
  'windowsProtectionState',
])

const ROOTS = { deviceManagement: 'deviceManagement', deviceAppManagement: 'deviceAppManagement' } as const

/** `GET /$metadata`: the model as a CSDL document (OData CSDL XML 4.01), of what the mock serves. */
export function metadata(routes: readonly GraphRoute[], version: 'v1.0' | 'beta'): GraphAnswer {
  const types = ENTITY_TYPES.map((type) => typeElement(type, version))
  const roots = Object.keys(ROOTS).map((root) => {
    const sets = setsBelow(`${root}/`, routes, version)
    const properties = sets.map(([name, type]) =>
      element('NavigationProperty', {
        Name: name,
        Type: `Collection(microsoft.graph.${type.name})`,
        ContainsTarget: 'true',
      }),
    )
    return element('EntityType', { Name: root, BaseType: 'microsoft.graph.entity' }, properties)
  })
  const container = element('EntityContainer', { Name: 'GraphService' }, [
    ...setsBelow('', routes, version).map(([name, type]) =>
      element('EntitySet', { Name: name, EntityType: `microsoft.graph.${type.name}` }),
    ),
    ...Object.entries(ROOTS).map(([name, type]) =>
      element('Singleton', { Name: name, Type: `microsoft.graph.${type}` }),
    ),
  ])
  const schema = element('Schema', { Namespace: 'microsoft.graph', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' }, [
    ENTITY,
    ...types,
    ...roots,
    ...actionsOf(routes),
    container,
  ])
  const document = element(
    'edmx:Edmx',
    { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' },
    element('edmx:DataServices', {}, schema),
  )
  return { status: 200, text: { type: 'application/xml', value: `<?xml version="1.0" encoding="utf-8"?>${document}` } }
}

const ENTITY = element('EntityType', { Name: 'entity', Abstract: 'true' }, [
  element('Key', {}, element('PropertyRef', { Name: 'id' })),
  element('Property', { Name: 'id', Type: 'Edm.String', Nullable: 'false' }),
])

function typeElement(type: EntityType, version: 'v1.0' | 'beta'): Xml {
  const own = propertiesOf(type).filter(({ name, isBeta }) => name !== 'id' && (version === 'beta' || !isBeta))
  const seen = new Set<string>()
  const properties = own.flatMap(({ name, kind }) => {
    if (seen.has(name)) return []
    seen.add(name)
    if (kind !== 'navigation') return [element('Property', { Name: name, Type: EDM[kind] })]
    const target = SINGLE.has(name) ? 'microsoft.graph.entity' : 'Collection(microsoft.graph.entity)'
    return [element('NavigationProperty', { Name: name, Type: target })]
  })
  return element('EntityType', { Name: type.name, BaseType: 'microsoft.graph.entity', OpenType: 'true' }, properties)
}

/** Sets one step below a path that some route serves. */
function setsBelow(
  before: string,
  routes: readonly GraphRoute[],
  version: 'v1.0' | 'beta',
): [name: string, type: EntityType][] {
  const served = new Set(
    routes
      .filter(({ isBeta }) => version === 'beta' || !isBeta)
      .map(({ path }) => path.slice(1))
      .filter((path) => path.startsWith(before) && !path.slice(before.length).includes('/')),
  )
  return [...served].flatMap((path) => {
    const type = typeOfSet(path)
    return type ? [[path.slice(before.length), type] as [string, EntityType]] : []
  })
}

/** What is posted to an entity or a set, and is no set itself. */
function actionsOf(routes: readonly GraphRoute[]): Xml[] {
  const gets = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))
  return routes.flatMap(({ method, path }) => {
    const segments = path.slice(1).split('/')
    const name = segments.at(-1)!
    if (method !== 'POST' || gets.has(path) || name.startsWith('$') || name === '{id}') return []
    const isOfOne = segments.at(-2) === '{id}'
    const type = typeOfSet(
      segments
        .filter((segment) => segment !== '{id}')
        .slice(0, -1)
        .join('/'),
    )
    if (!type) return []
    const bound = isOfOne ? `microsoft.graph.${type.name}` : `Collection(microsoft.graph.${type.name})`
    return [
      element(
        'Action',
        { Name: name, IsBound: 'true' },
        element('Parameter', { Name: 'bindingParameter', Type: bound }),
      ),
    ]
  })
}

/** `GET /v1.0`: the service document, which names the sets. */
export const serviceDocument = (
  origin: string,
  routes: readonly GraphRoute[],
  version: 'v1.0' | 'beta',
): GraphAnswer => ({
  status: 200,
  body: {
    '@odata.context': `${origin}/${version}/$metadata`,
    value: [
      ...setsBelow('', routes, version).map(([name]) => ({ name, kind: 'EntitySet', url: name })),
      ...Object.keys(ROOTS).map((name) => ({ name, kind: 'Singleton', url: name })),
    ],
  },
})
