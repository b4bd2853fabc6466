import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keysOf, targetOf } from '../schemas/keys.mjs'
import { screenControls } from './screen-controls.mjs'
import { table } from './table.mjs'

/** Parts of a scenario with a page section of their own here, and files beside it. */
const PARTS = [
  ['The scenario', /^(?!network\.|person\.|people\.|events|expect\b|devices\.|matrix\.|limits\.)/],
  ['`network`', /^network\./],
  ['`events`', /^events/],
  ['`expect`', /^expect\b/],
  ['`devices`', /^devices\.\*\.(name|later)$/],
  ['`matrix`', /^matrix\./],
  ['`limits`', /^limits\./],
]

/** docs/scenario-reference.md: every key of a scenario, every page with its controls, every event and effect. */
export function scenarioReferencePage(root, pageIds) {
  const schema = JSON.parse(readFileSync(join(root, 'scenarios/scenario.schema.json'), 'utf8'))
  const keys = [...keysOf(schema)].map(({ path, node }) => ({
    path,
    node: node.$ref ? { ...targetOf(schema, node.$ref), ...node } : node,
  }))
  const controls = screenControls(root)
  const missing = pageIds.filter((page) => controls[page] === undefined)
  if (missing.length > 0) throw new Error(`pages without a screen: ${missing.join(', ')}`)
  const rows = (pattern) =>
    unique(keys.filter(({ path }) => pattern.test(path))).map(({ path, node }) => [
      `\`${path}\``,
      kindOf(node, schema),
      cell(node.description ?? ''),
      (node.examples ?? [])
        .slice(0, 1)
        .map((example) => code(example))
        .join(''),
    ])
  return `${[
    '<!-- Written by "npm run docs" from scenarios/scenario.schema.json and src/screens/. Do not edit. -->',
    '# Reference of scenarios',
    'Every key of a scenario, with `*` for an entry of a list and `<>` for a name that you give. How they work together: [docs/scenario.md](scenario.md),',
    '[docs/world.md](world.md).',
    ...PARTS.flatMap(([title, pattern]) => [
      '',
      `## ${title}`,
      '',
      table(['key', 'value', 'meaning', 'example'], rows(pattern)),
    ]),
    '',
    '## `person`, and `people`',
    '',
    'A key is a page, its value an answer: the name of a button or an option, or values by the ids of controls. A page has the controls of its states;',
    'not all of them are there at once. A choice takes the id or the name of an option. Pages without controls are never answered.',
    '',
    table(
      ['page', 'controls'],
      pageIds.map((page) => [`\`${page}\``, controls[page].map(({ id, kind }) => `\`${id}\` (${kind})`).join(', ')]),
    ),
    '',
    'Beside the pages: `thinkTime`, how long the person looks at each page before an answer. Within an answer: `press` (the button), `wait` and `keys`.',
  ].join('\n')}\n`
}

const unique = (keys) => [...new Map(keys.map((key) => [key.path, key])).values()]

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
const code = (value) => cell(`\`${typeof value === 'string' ? value : JSON.stringify(value)}\``)

function kindOf(node, root, depth = 0) {
  if (node.$ref && depth < 4) return kindOf({ ...targetOf(root, node.$ref), $ref: undefined }, root, depth + 1)
  const { type, enum: options, const: only, anyOf, oneOf, allOf, items } = node
  if (options) return options.length > 12 ? 'one of a list' : options.map((one) => `\`${String(one)}\``).join(' ')
  if (only !== undefined) return `\`${String(only)}\``
  if (type === 'array') return `list of ${items ? kindOf(items, root, depth + 1) : 'values'}`
  const parts = anyOf ?? (type ? undefined : (oneOf ?? allOf))
  if (parts && type !== 'object') return [...new Set(parts.map((one) => kindOf(one, root, depth + 1)))].join(', ')
  return (
    { object: 'keys', string: 'text', integer: 'whole number', boolean: 'true, false' }[type] ??
    String(type ?? 'any value')
  )
}
