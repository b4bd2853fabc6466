import { exampleOf, isValueList } from './examples.mjs'
import { CONFIG_EXAMPLES, DEVICE_EXAMPLES, NETWORK_EXAMPLES, TENANT_EXAMPLES } from './examples-facts.mjs'
import { personExamples } from './examples-person.mjs'
import { EXPECT_EXAMPLES, FLEET_EXAMPLES, SCENARIO_EXAMPLES } from './examples-scenario.mjs'
import { keysOf } from './keys.mjs'
import { DEVICE_WORDS } from './words-device.mjs'
import { NETWORK_WORDS } from './words-network.mjs'
import { SCENARIO_WORDS } from './words-scenario.mjs'
import { TENANT_WORDS } from './words-tenant.mjs'

/**
 * Says to the keys of schemas what they mean, and gives examples. Throws for a key that is left without, and for words of no key.
 * The rule for examples: a key whose values are a closed list (words, true and false) needs none, the list is the example. Any
 * other key has one: written here, or made of the examples of the keys that it must have.
 */
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
  const answers = personExamples(pages)
  const examples = {
    scenario: {
      ...SCENARIO_EXAMPLES,
      ...EXPECT_EXAMPLES,
      ...within('network', NETWORK_EXAMPLES),
      ...within('person', answers),
      ...within('people.<>', answers),
    },
    network: NETWORK_EXAMPLES,
    person: answers,
    device: DEVICE_EXAMPLES,
    tenant: TENANT_EXAMPLES,
    fleet: FLEET_EXAMPLES,
    config: CONFIG_EXAMPLES,
  }
  const left = []
  const withoutExample = []
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
    const written = examples[name]
    const nodes = [...keysOf(schema)]
    for (const { path, node } of nodes) {
      const key = [path, nameOf(path)].find((one) => Object.hasOwn(written, one))
      if (key === undefined) continue
      used.add(key)
      if (node.examples !== undefined && key === path)
        throw new Error(`scripts/schemas has two examples for ${name}: ${path}`)
      node.examples ??= written[key]
    }
    for (const { path, node } of nodes) {
      if (node.examples !== undefined || isValueList(node, schema)) continue
      const made = exampleOf(node, schema)
      if (made === undefined) withoutExample.push(`${name}: ${path}`)
      else node.examples = [made]
    }
    const unused = [...Object.keys(words), ...Object.keys(written)].filter((path) => !used.has(path))
    if (unused.length > 0)
      throw new Error(`scripts/schemas has words for keys of ${name} that are gone: ${unused.join(', ')}`)
  }
  if (left.length > 0)
    throw new Error(`scripts/schemas has no words for ${left.length} keys: ${left.slice(0, 20).join(', ')}`)
  if (withoutExample.length > 0)
    throw new Error(
      `scripts/schemas has no example for ${withoutExample.length} keys: ${withoutExample.slice(0, 20).join(', ')}`,
    )
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
