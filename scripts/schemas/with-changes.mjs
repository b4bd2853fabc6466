import { targetOf } from './keys.mjs'

const KINDS = ['device', 'tenant', 'network', 'person']

/** The scenario's schema, in which `with` knows the facts of the file that it changes, and names and states are completed. */
export function withChanges(scenario, schemas, { names, states }) {
  const out = structuredClone(scenario)
  const defs = {}
  for (const kind of KINDS) defs[`${kind}Changes`] = changesOf(schemas.get(kind), schemas.get(kind))
  for (const [kind, list] of Object.entries(names)) defs[`${kind}Name`] = nameOf(list)
  defs.state = { enum: states }
  const seen = new Set()
  const visit = (schema, kind) => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
    seen.add(schema)
    if (schema.$ref) visit(targetOf(out, schema.$ref), kind)
    for (const part of ['anyOf', 'oneOf']) {
      schema[part] = schema[part]?.map((one) => (kind && isName(one) ? ref(`${kind}Name`) : one))
      if (schema[part] === undefined) delete schema[part]
      for (const one of schema[part] ?? []) visit(one, kind)
    }
    const { properties = {} } = schema
    if (kind && properties.use && properties.with) {
      // Whether it is needed is said where the file is whole.
      delete schema.required
      properties.use = { ...told(properties.use), allOf: [ref(`${kind}Name`)] }
      properties.with = { ...told(properties.with), allOf: [ref(`${kind}Changes`)] }
      return
    }
    for (const [name, node] of Object.entries(properties)) visit(node, KINDS.includes(name) ? name : undefined)
    visit(schema.items)
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties)
  }
  visit(out)
  visit(out.properties.people.additionalProperties ?? {}, 'person')
  const { properties } = out
  properties.extends = { ...told(properties.extends), allOf: [ref('scenarioName')] }
  for (const kind of ['device', 'tenant']) properties.matrix.properties[kind].items = ref(`${kind}Name`)
  const when = [properties, properties.devices.items.properties].map(
    ({ events }) => events.items.properties.when.properties,
  )
  for (const one of when) for (const key of ['state', 'left']) one[key] = { ...told(one[key]), allOf: [ref('state')] }
  return { ...out, $defs: { ...out.$defs, ...defs } }
}

const ref = (name) => ({ $ref: `#/$defs/${name}` })
const isName = ({ type, properties }) => type === 'string' && properties === undefined
const told = ({ description, examples }) => ({
  ...(description ? { description } : {}),
  ...(examples ? { examples } : {}),
})

/** Editors complete the names; a path, and a file that is new, are right too. */
const nameOf = (list) => ({
  anyOf: [...(list.length > 0 ? [{ enum: list }] : []), { type: 'string', minLength: 1 }],
})

/** What `with` may say of a file: any of its facts, a part of them, `null`, a list's entries by their numbers, and paths. */
function changesOf(schema, root, depth = 0) {
  if (schema.$ref) return changesOf(targetOf(root, schema.$ref), root, depth)
  const { properties, description, examples, items } = schema
  if (properties && schema.type === 'object') {
    const inner = Object.entries(properties).map(([name, node]) => [name, changesOf(node, root, depth + 1)])
    const isClosed = schema.additionalProperties === false
    return {
      ...told({ description, examples }),
      type: depth === 0 ? 'object' : ['object', 'null'],
      properties: Object.fromEntries(inner),
      patternProperties: { '\\.': {} },
      additionalProperties: isClosed ? false : (schema.additionalProperties ?? true),
    }
  }
  const { $defs: _, default: __, ...whole } = resolved(schema, root)
  const parts = items ? [{ type: 'object', patternProperties: { '^\\d': {} }, additionalProperties: false }] : []
  return { ...told({ description, examples }), anyOf: [whole, ...parts, { type: 'null' }] }
}

/** Without references: it goes into another schema. */
function resolved(node, root) {
  if (Array.isArray(node)) return node.map((one) => resolved(one, root))
  if (typeof node !== 'object' || node === null) return node
  if (node.$ref) return resolved({ ...targetOf(root, node.$ref), ...told(node) }, root)
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value, root)]))
}
