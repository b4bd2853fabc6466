import { DEVICE_WORDS } from './words-device.mjs'
import { NETWORK_WORDS } from './words-network.mjs'
import { SCENARIO_WORDS } from './words-scenario.mjs'
import { TENANT_WORDS } from './words-tenant.mjs'

/** Says to the keys of schemas what they mean, and gives examples. Throws for a key that is left without, and for words of no key. */
export function tell(schemas, { behaviour, pages }) {
  const person = {
    thinkTime: ['How long the person looks at each page before an answer.', '20s'],
    ...Object.fromEntries(pages.map((page) => [page, `Answers to the page ${page}, in the order in which it asks.`])),
  }
  const behaviours = Object.fromEntries(
    Object.entries(behaviour).map(([name, row]) => [
      `behaviour.${name}`,
      `${row.about[0].toUpperCase()}${row.about.slice(1)}. Left out: ${row.guess} [${row.tag}].`,
    ]),
  )
  const within = (name, words) =>
    Object.fromEntries(Object.entries(words).map(([key, said]) => [`${name}.${key}`, said]))
  const scenario = {
    ...SCENARIO_WORDS,
    ...within('network', NETWORK_WORDS),
    ...within('person', person),
    ...within('people.<>', { ...person, use: SCENARIO_WORDS['person.use'], with: SCENARIO_WORDS['person.with'] }),
  }
  const tables = {
    scenario: [scenario, (path) => path.replace(/^devices\.\*\./, '').replace(/^expect\.(anyOf\.\*|not)\./, 'expect.')],
    network: [NETWORK_WORDS],
    person: [person],
    device: [{ ...DEVICE_WORDS, ...behaviours }],
    tenant: [TENANT_WORDS, (path) => path.replace(/^(otherAccounts|personalAccounts)\.\*/, 'users.*')],
    fleet: [
      {
        ...Object.fromEntries(Object.entries(SCENARIO_WORDS).filter(([path]) => /^(events|expect)\./.test(path))),
        ...FLEET_WORDS,
      },
      (path) => path.replace(/^faults\.\*\./, '').replace(/^expect\.(anyOf\.\*|not)\./, 'expect.'),
    ],
    config: [CONFIG_WORDS, (path) => path.replace(/^coverage\.thresholds\..*/, 'coverage.thresholds.*')],
  }
  scenario['devices.*.later'] = ['How long after the device before it this one is switched on.', '2h']
  const left = []
  for (const [name, [words, nameOf = (path) => path]] of Object.entries(tables)) {
    const used = new Set()
    const schema = schemas.get(name)
    for (const { path, node } of keysOf(schema)) {
      const said = [words[path], words[nameOf(path)]].flat().filter((part) => part !== undefined)
      if (Object.hasOwn(words, path)) used.add(path)
      if (Object.hasOwn(words, nameOf(path))) used.add(nameOf(path))
      const [description, ...examples] = Array.isArray(words[path] ?? words[nameOf(path)])
        ? (words[path] ?? words[nameOf(path)])
        : said.slice(0, 1)
      if (node.description === undefined && description !== undefined) node.description = description
      if (node.examples === undefined && examples.length > 0) node.examples = examples
      if (node.description === undefined) left.push(`${name}: ${path}`)
    }
    const unused = Object.keys(words).filter((path) => !used.has(path))
    if (unused.length > 0)
      throw new Error(`scripts/schemas has words for keys of ${name} that are gone: ${unused.join(', ')}`)
  }
  if (left.length > 0)
    throw new Error(`scripts/schemas has no words for ${left.length} keys: ${left.slice(0, 20).join(', ')}`)
}

/** Behind a transformation a schema's words are lost. */
const FLEET_WORDS = {
  'arrival.ramp.over': ['How long the rate changes.', '10m'],
  'arrival.burst.every': ['The time from one burst to the next.', '30s'],
  'arrival.herd.within': ['The time in which all of them start.', '10s'],
}

const CONFIG_WORDS = {
  'limits.deviceTime': ['How long each run may last, in device time.', '12h'],
  'coverage.thresholds.*': ['The least percentage.', 90],
}

/** Every key of a schema with its path, where `*` is an entry of a list and `<>` any name. */
export function* keysOf(schema, root = schema, path = '', seen = new Set()) {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
  seen.add(schema)
  const { $ref, properties = {}, items, additionalProperties } = schema
  if ($ref) yield* keysOf(targetOf(root, $ref), root, path, seen)
  for (const [name, node] of Object.entries(properties)) {
    if (typeof node !== 'object') continue
    yield { path: `${path}${name}`, node, root }
    yield* keysOf(node, root, `${path}${name}.`, seen)
  }
  if (items) yield* keysOf(items, root, `${path}*.`, seen)
  if (typeof additionalProperties === 'object') yield* keysOf(additionalProperties, root, `${path}<>.`, seen)
  for (const part of ['anyOf', 'oneOf'])
    for (const one of schema[part] ?? []) if (!one.required || one.type) yield* keysOf(one, root, path, seen)
}

export const targetOf = (root, ref) =>
  ref
    .split('/')
    .slice(1)
    .reduce((node, key) => node[key], root)
