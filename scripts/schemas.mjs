// Writes the JSON Schemas of the data files, for editors. With `--check` it writes nothing and exits 1 on drift.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { toJsonSchema } from '@valibot/to-json-schema'
import { build } from 'esbuild'
import { shared } from './schemas/shared.mjs'
import { tell } from './schemas/tell.mjs'
import { withChanges } from './schemas/with-changes.mjs'

const SCHEMAS = [
  {
    name: 'scenario',
    file: 'scenarios/scenario.schema.json',
    title: 'A scenario: scenarios/**/*.yaml',
    schema: 'scenarioKeys',
  },
  { name: 'tenant', file: 'scenarios/tenant.schema.json', title: 'A tenant: scenarios/tenants/*.yaml' },
  { name: 'network', file: 'scenarios/network.schema.json', title: 'A network: scenarios/networks/*.yaml' },
  { name: 'person', file: 'scenarios/person.schema.json', title: 'A person: scenarios/persons/*.yaml' },
  { name: 'device', file: 'devices/device.schema.json', title: 'A device: devices/*.yaml' },
  { name: 'config', file: 'scenarios/oobe.config.schema.json', title: 'The settings of a project: oobe.config.yaml' },
  {
    name: 'fleet',
    file: 'scenarios/fleet.schema.json',
    title: 'The plan of a fleet: oobe fleet PLAN.yaml',
    from: 'src/fleet/plan-schema.ts',
  },
  {
    name: 'journal',
    file: 'docs/journal.schema.json',
    title: 'An entry of a journal: one line of journal.ndjson',
    from: 'src/journal/schema.ts',
  },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const isCheck = process.argv.includes('--check')
let drifted = 0
const made = new Map()
const files = []
for (const { name, file, title, from = `src/scenario/schema/${name}.ts`, schema: key = `${name}Schema` } of SCHEMAS) {
  const module = await importTypeScript(join(root, from))
  // Checks and transformations that JSON Schema cannot say are left out: the loader makes them.
  const schema = toJsonSchema(module[key], { typeMode: 'input', errorMode: 'ignore', target: 'draft-07' })
  const { $schema, ...rest } = schema
  made.set(name, rest)
  files.push({ name, file, from, head: { $schema, title } })
}
const { known, telling } = await forEditors()
tell(made, telling)
made.set('scenario', withChanges(made.get('scenario'), made, known))
for (const { name, file, from, head } of files) {
  const text = `${JSON.stringify({ ...head, ...(name === 'journal' ? made.get(name) : shared(made.get(name))) }, null, 2)}\n`
  if (readOrNothing(file) === text) continue
  if (isCheck) {
    console.error(`${file} is not what ${from} says: run "npm run schemas"`)
    drifted++
  } else {
    writeFileSync(join(root, file), text)
    console.log(`${file} written`)
  }
}
process.exitCode = drifted > 0 ? 1 : 0

/** Names of what is shipped, and tables that say what keys mean. */
async function forEditors() {
  const [states, behaviour, pages] = await Promise.all(
    ['src/run/state-addresses.ts', 'src/domain/device-behaviour.ts', 'src/domain/pages.ts'].map((file) =>
      importTypeScript(join(root, file)),
    ),
  )
  const named = (folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace(/\.yaml$/, ''))
      .sort()
  const known = {
    states: states.everyState(),
    names: {
      device: named('devices'),
      tenant: named('scenarios/tenants'),
      network: named('scenarios/networks'),
      person: named('scenarios/persons'),
      scenario: [],
    },
  }
  return { known, telling: { behaviour: behaviour.DEVICE_BEHAVIOUR, pages: pages.PAGE_IDS } }
}

function readOrNothing(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

/** Node 20 does not strip types. */
async function importTypeScript(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-sim-'))
  try {
    const outfile = join(folder, 'bundle.mjs')
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
